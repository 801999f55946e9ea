"""Sets up whatever is missing and runs one command. Standard library only; reached through ./run.

./run                 set up, then the main job on the shipped example (an invented year)
./run sightline …     the command line (./run sightline --help)
./run population DIR  write four agencies' extracts about invented children (--children 20000 --seed 7)
./run test …          the tests (arguments go to pytest)
./run check           format, lint, types, directions, dependencies, licences, generated pages
./run bench …         the benchmarks
./run reference       write the generated pages of docs/reference anew
./run lock            lock the dependencies anew from requirements/*.in
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
LAUNCHER_TOOLS = VENV / "launcher"  # uv lives beside the environment it fills, not in it
UV = LAUNCHER_TOOLS / "bin" / "uv"
REQUIREMENTS = ROOT / "requirements"
INSTALLED_FROM = (ROOT / "pyproject.toml", ROOT / "hatch_build.py")


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("demo", [])
    if command in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if command not in COMMANDS:
        print(f"./run knows no “{command}”.\n\n{__doc__}", file=sys.stderr)
        return 2
    lock, action = COMMANDS[command]
    set_up(lock)
    return action(rest)


# Setting up


def set_up(lock: str) -> None:
    """Make the environment hold what `lock` (run or dev) names; do nothing if it does already."""
    need_venv()
    with one_at_a_time():
        if is_current(lock):
            return
        say("Setting up: this happens once, and again only when the dependencies change.")
        if not PYTHON.exists():
            venv.create(VENV, with_pip=True, clear=VENV.exists())
        for stamp in VENV.glob("installed-*"):
            stamp.unlink()
        install(REQUIREMENTS / f"{lock}.txt")
        say("Compiling the matching of children (half a minute to two minutes, once)…")
        call([PYTHON, "-m", "sightline.identity.warming"])
        stamp_of(lock).write_text(fingerprint(lock))
        say("Set up.")


def need_venv() -> None:
    if find_spec("ensurepip") is None:
        stop("Python's venv module is incomplete. On Debian or Ubuntu: sudo apt-get install python3-venv")


def install(lock: Path) -> None:
    count = sum(1 for line in lock.read_text().splitlines() if "==" in line)
    say(f"Installing {count} packages, each checked against its hash…")
    if have_uv():
        call(
            [UV, "pip", "sync", "--quiet", "--compile-bytecode", "--python", PYTHON, "--require-hashes", lock]
        )
        call([UV, "pip", "install", "--quiet", "--python", PYTHON, *PROJECT_ITSELF])
    else:
        say("uv could not be installed; pip does the same more slowly (about a minute).")
        call([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock])
        call([PYTHON, "-m", "pip", "install", "--quiet", *PROJECT_ITSELF])
    # Where a machine forbids Python to keep bytecode as it goes, every start would compile everything anew.
    call([PYTHON, "-m", "compileall", "-q", ROOT / "sightline"])


PROJECT_ITSELF = ["--no-deps", "--no-build-isolation", "--editable", ROOT]


def have_uv() -> bool:
    if not UV.exists():
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        wanted = ["--target", LAUNCHER_TOOLS, "--require-hashes", "-r", REQUIREMENTS / "uv.txt"]
        done = subprocess.run([*pip, *wanted], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode:
            shutil.rmtree(LAUNCHER_TOOLS, ignore_errors=True)
    return UV.exists()


def is_current(lock: str) -> bool:
    """The developer's environment holds everything that the user's does."""
    stamps = [stamp_of("dev"), stamp_of("run")] if lock == "run" else [stamp_of("dev")]
    return any(
        stamp.exists() and stamp.read_text() == fingerprint(stamp.name.removeprefix("installed-"))
        for stamp in stamps
    )


def stamp_of(lock: str) -> Path:
    return VENV / f"installed-{lock}"


def fingerprint(lock: str) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (REQUIREMENTS / f"{lock}.txt", *INSTALLED_FROM):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two ./run at once must not fill one environment together."""
    with (ROOT / ".setup.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def call(command: list[object]) -> None:
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run([str(part) for part in command], env=environment)
    if done.returncode:
        stop(f"Setting up failed at: {' '.join(str(part) for part in command)}")


# Commands


def demo(rest: list[str]) -> int:
    return become([BIN / "sightline", "demo", *rest])


def sightline(rest: list[str]) -> int:
    return become([BIN / "sightline", *rest])


def population(rest: list[str]) -> int:
    """The folder comes first, as it does for every command that writes one."""
    folder = ["--out"] if rest and not rest[0].startswith("-") else []
    return become([PYTHON, "-m", "synthetic", *folder, *rest])


def test(rest: list[str]) -> int:
    os.chdir(ROOT)
    return become([BIN / "pytest", *rest])


def check(rest: list[str]) -> int:
    """Every check runs even when an earlier one fails, so that one run shows everything."""
    os.chdir(ROOT)
    failed = []
    for name, command in CHECKS.items():
        say(f"check: {name}")
        program, *arguments = command
        done = subprocess.run(
            [str(BIN / program), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode:
            print(done.stdout, end="", flush=True)
            failed.append(name)
    say(f"failed: {', '.join(failed)}" if failed else f"all {len(CHECKS)} checks passed")
    return 1 if failed else 0


CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet"],
    "lint": ["ruff", "check", "--quiet"],
    "types": ["mypy", "--no-error-summary"],
    "directions of the rooms": ["lint-imports"],
    "dependencies": ["deptry", "sightline", "--config", "requirements/deptry.toml"],
    "migrations": [
        "python",
        "-W",
        "ignore",  # it would like to ask a database whether the migrations fit, and there is none
        "-m",
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
        "--settings",
        "sightline.config.settings",
    ],
    "generated pages": ["python", "docs/generate.py", "--check"],
    "licences": ["pip-licenses", "--format=json", "--output-file=/dev/null"],
}


def bench(rest: list[str]) -> int:
    os.chdir(ROOT)
    return become([PYTHON, "-m", "benchmarks", *rest])


def reference(rest: list[str]) -> int:
    os.chdir(ROOT)
    return become([PYTHON, "docs/generate.py", *rest])


def lock(rest: list[str]) -> int:
    """The developer's list is locked first; the user's is that lock's part of it, so both agree."""
    if not have_uv():
        stop("Locking needs uv, and pip could not install it.")
    options = ["--universal", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"]
    compiled = [UV, "pip", "compile", "--quiet", *options, "--python-version", "3.11", *rest]
    os.chdir(REQUIREMENTS)
    call([*compiled, "dev.in", "--output-file", "dev.txt"])
    call([*compiled, "run.in", "--constraint", "dev.txt", "--output-file", "run.txt"])
    call([*compiled, "uv.in", "--output-file", "uv.txt"])
    return 0


COMMANDS = {
    "demo": ("run", demo),
    "sightline": ("run", sightline),
    "population": ("run", population),
    "test": ("dev", test),
    "check": ("dev", check),
    "bench": ("dev", bench),
    "reference": ("dev", reference),
    "lock": ("run", lock),
}


def become(command: list[object]) -> int:
    """Replace this process, so that signals and the exit code are the command's own."""
    words = [str(part) for part in command]
    sys.stdout.flush()
    os.execv(words[0], words)  # noqa: S606 - the path is inside our own environment


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> None:
    say(sentence)
    sys.exit(2)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\nStopped. Nothing is half-done: run the same command again.")
        sys.exit(130)
