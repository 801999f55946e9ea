"""Files that hold children's records: for their owner alone, whole or not at all."""

import os
from pathlib import Path


def write_for_owner(path: Path, content: bytes) -> None:
    """Put a file in place in one step; whoever else uses the machine cannot read it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
