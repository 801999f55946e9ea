"""One hash for the rows of each population, so that a figure can be traced to what it was counted from.

The hash is published. Rows without identifiers are few different ones, so a plain hash could be guessed back:
two columns of two values are a handful of numbers. Each is therefore keyed, by a key that only the whole
register gives (`register_key`): who has the register can check a hash, and nobody else can try a guess.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from hmac import digest

import polars as pl

from sightline.register.tables import Register
from sightline.statistics.facts import build_facts
from sightline.statistics.tables import Population
from sightline.vocabulary.periods import Period


def population_name(population: Population) -> str:
    """“panel incidents 2022-04-01/2023-03-31”."""
    period = f" {population.period}" if population.period else ""
    return f"{population.way} {population.rows}{period}"


def register_key(register: Register) -> bytes:
    """32 bytes that the content of all eight files decides, whatever its order. Never published or stored."""
    key = sha256()
    for name, frame in register:
        key.update(name.encode() + b"\0" + sha256(_rows(frame).encode()).digest())
    return key.digest()


def file_hashes(files: Mapping[str, str], *, key: bytes) -> dict[str, str]:
    """HMAC-SHA-256 of each file's text, by the file's name.

    A plain hash of a small file could be guessed back too: its references are often numbered through.
    """
    return {name: _keyed(text, key=key) for name, text in files.items()}


def row_hashes(
    register: Register, *, counting: str, period: Period, key: bytes, data_from: date | None = None
) -> Mapping[str, str]:
    """HMAC-SHA-256 of each population's rows, in an order of their own, by its name.

    Raises as `build_facts`.
    """
    facts = build_facts(register, counting=counting, period=period, data_from=data_from)
    return {
        # The name is hashed too: equal hashes would say that two populations hold the same rows.
        name: _keyed(f"{name}\n{_rows(frame)}", key=key)
        for name, frame in ((population_name(each), frame) for each, frame in facts.frames.items())
    }


def _keyed(text: str, *, key: bytes) -> str:
    return digest(key, text.encode(), "sha256").hex()


def _rows(frame: pl.DataFrame) -> str:
    cells = pl.all().cast(pl.String).fill_null("\0")
    rows = frame.select(pl.concat_str(cells, separator="\x1f")).to_series().sort()
    return "\n".join(("\x1f".join(frame.columns), *rows))
