"""How far long work has come: a bar in a terminal, a plain line a stage everywhere else."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sightline.vocabulary.progress import Progress

SHOWN_AFTER_SECONDS = 0.7


@contextmanager
def shown() -> Iterator[Progress]:
    """Progress on standard error, so that standard output stays what was asked for."""
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
    else:
        yield _plain_lines()


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for earlier in tasks.values():
                    bars.update(earlier, visible=False)
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield report


def _plain_lines() -> Progress:
    """A line a stage, and none for stages that are over before anybody could wait for them."""
    told: set[str] = set()
    last = time.monotonic()

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last
        if stage not in told and (now := time.monotonic()) - last > SHOWN_AFTER_SECONDS:
            last = now
            told.add(stage)
            print(f"{stage}…", file=sys.stderr, flush=True)  # noqa: T201

    return report
