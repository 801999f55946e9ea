"""A register's tables as the eight files of layout 1, written whole or not at all."""

import shutil
import tempfile
from pathlib import Path

import polars as pl

from sightline.register.layout import LAYOUT_1
from sightline.register.tables import Register


def csv_bytes(table: pl.DataFrame) -> bytes:
    """UTF-8, LF, quotes only where they are needed: what a clean file is made of."""
    return table.write_csv(line_terminator="\n", quote_style="necessary", date_format="%Y-%m-%d").encode()


def write_files(register: Register, folder: Path) -> None:
    """Write beside `folder`, absent or empty, and rename, so that nobody ever sees it half full."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.part-", dir=folder.parent))
    try:
        for name, table in register:
            (beside / LAYOUT_1[name].file_name).write_bytes(csv_bytes(table))
        beside.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
