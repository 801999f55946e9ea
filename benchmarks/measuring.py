"""One command as a whole process: seconds on the wall and the largest memory of it and its children."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SIGHTLINE = Path(sys.executable).parent / "sightline"


@dataclass(frozen=True)
class Measured:
    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} s {self.megabytes:8.0f} MB"


def measure(command: list[str], *, data: Path | None = None) -> Measured:
    """Run the command to its end. Its output goes to a log beside the data, shown if it fails."""
    environment = os.environ | ({"SIGHTLINE_DATA": str(data)} if data else {})
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True
    )
    output, peak = _watch(process)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{output[-3000:]}")
    return Measured(seconds, peak / 1e6)


def _watch(process: subprocess.Popen[str]) -> tuple[str, int]:
    """What it printed, and the peak of the memory of the whole family, sampled fifty times a second."""
    import threading

    peak = 0
    done = threading.Event()

    def sample() -> None:
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, sum(_resident(pid) for pid in _family(process.pid)))

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    output, _ = process.communicate()
    done.set()
    sampler.join()
    return output, peak


def _family(pid: int) -> list[int]:
    members = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            members += [child for text in task.read_text().split() for child in _family(int(text))]
        except OSError:  # it ended between the look and the read
            continue
    return members


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def sightline(*words: str, data: Path | None = None) -> Measured:
    return measure([str(SIGHTLINE), *words], data=data)
