"""How long work tells whoever waits for it where it stands, without knowing what shows it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called as `progress(stage, done, total)`; total 0 means that the stage cannot count its steps."""


def silent(stage: str, done: int, total: int) -> None:
    """Shows nothing."""
