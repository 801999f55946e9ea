"""`run.log`: when a report was made and approved, and how long each part took. The only file with times.

It names the people who answer for the report, the parts and their times; nothing of a register ever.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter

from sightline.publication.plain_text import one_line


def _now() -> datetime:
    return datetime.now(tz=UTC)


class RunLog:
    """Lines of “moment, event”, added to those of an earlier log."""

    def __init__(self, earlier: str = "", *, clock: Callable[[], datetime] = _now) -> None:
        self._lines = earlier.splitlines()
        self._clock = clock

    def write(self, event: str) -> None:
        self._lines.append(f"{self._clock().isoformat(timespec='seconds')} {one_line(event)}")

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        started = perf_counter()
        yield
        self.write(f"{part}: {perf_counter() - started:.2f} seconds")

    def __bytes__(self) -> bytes:
        return "".join(f"{line}\n" for line in self._lines).encode()
