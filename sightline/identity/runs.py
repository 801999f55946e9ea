"""One deciding of every record, from the folded people to what is to be stored."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from sightline.identity.folding import RECORD
from sightline.identity.linking import Linking, Rulings, link
from sightline.identity.models import LinkKind, Reason
from sightline.identity.standing import Pair, Record, Standing
from sightline.identity.storing import PAIR
from sightline.identity.weights import Weights
from sightline.vocabulary.progress import Progress

ROWS_HASHED_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """`clusters`: agency, record_id, cluster. `links`: pair, bits, kind. `questions`: pair, bits, reason."""

    clusters: pl.DataFrame
    links: pl.DataFrame
    questions: pl.DataFrame
    identities: int


def decided(people: pl.DataFrame, *, rulings: Standing, weights: Weights, progress: Progress) -> Decided:
    """Link the people under the rulings that stand. A record closed at adoption stays by itself."""
    rows = _rows_of(people, [record for pair in (*rulings.same, *rulings.never) for record in pair])
    same = [pair for pair in rulings.same if all(each in rows for each in pair)]
    never = [pair for pair in rulings.never if all(each in rows for each in pair)]
    restricted = people["is_restricted"]
    open_same = [pair for pair in same if not any(restricted[rows[each]] for each in pair)]
    linking = link(
        people,
        agencies=people["agency"].unique().sort().to_list(),
        weights=weights,
        rulings=Rulings(same=_numbers(open_same, rows), never=_numbers(never, rows)),
        progress=progress,
    )
    check_closed_stay_alone(linking.cluster, restricted)
    cluster = linking.cluster
    kept = [pair for pair in open_same if cluster[rows[pair[0]]] == cluster[rows[pair[1]]]]
    contradicted = [pair for pair in open_same if pair not in set(kept)]
    contradicted += [pair for pair in never if cluster[rows[pair[0]]] == cluster[rows[pair[1]]]]
    records = people.select(RECORD)
    return Decided(
        clusters=records.with_columns(pl.Series("cluster", cluster)),
        links=_links(linking, records, kept),
        questions=_questions(linking, records, rulings, contradicted),
        identities=len(np.unique(cluster)),
    )


def check_closed_stay_alone(cluster: np.ndarray, restricted: pl.Series) -> None:
    """A promise that no weight and no ruling may break, so it is asked of every answer."""
    closed = restricted.to_numpy()
    sizes = np.unique(cluster, return_inverse=True, return_counts=True)
    assert not (sizes[2][sizes[1]][closed] > 1).any(), "a record closed at adoption was joined"


def _rows_of(people: pl.DataFrame, records: Iterable[Record]) -> dict[Record, int]:
    wanted = pl.DataFrame(sorted(set(records)), schema=dict.fromkeys(RECORD, pl.String), orient="row")
    found = people.select(RECORD).with_row_index("row").join(wanted, on=RECORD)
    return {(agency, record_id): row for row, agency, record_id in found.iter_rows()}


def _numbers(pairs: Iterable[Pair], rows: dict[Record, int]) -> tuple[tuple[int, int], ...]:
    return tuple((rows[one], rows[other]) for one, other in pairs)


def _links(linking: Linking, records: pl.DataFrame, ruled: Iterable[Pair]) -> pl.DataFrame:
    model = pairs_of_rows(linking.joined, records).select(
        *PAIR, "bits", pl.lit(LinkKind.MODEL.value).alias("kind")
    )
    by_ruling = pairs_frame(ruled).with_columns(
        pl.lit(0.0).alias("bits"), pl.lit(LinkKind.RULING.value).alias("kind")
    )
    return pl.concat([model, by_ruling])


def _questions(
    linking: Linking, records: pl.DataFrame, rulings: Standing, contradicted: Iterable[Pair]
) -> pl.DataFrame:
    asked = pairs_of_rows(linking.asked, records).select(*PAIR, "bits", "reason")
    asked = asked.join(pairs_frame(rulings.settled), on=PAIR, how="anti")
    against = pairs_frame(contradicted).with_columns(
        pl.lit(0.0).alias("bits"), pl.lit(Reason.RULING_CONTRADICTED.value).alias("reason")
    )
    return pl.concat([asked, against]).unique(PAIR, keep="last", maintain_order=True)


def pairs_frame(pairs: Iterable[Pair]) -> pl.DataFrame:
    rows = [(*one, *other) for one, other in sorted(pairs)]
    return pl.DataFrame(rows, schema=dict.fromkeys(PAIR, pl.String), orient="row")


def pairs_of_rows(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Row numbers made records, the lesser of each two first. Rows come ordered as their records do."""
    first, second = pl.min_horizontal("row_a", "row_b"), pl.max_horizontal("row_a", "row_b")
    ordered = pairs.with_columns(first.alias("first"), second.alias("second"))
    return ordered.with_columns(
        records["agency"].gather(ordered["first"]).alias("agency_a"),
        records["record_id"].gather(ordered["first"]).alias("record_a"),
        records["agency"].gather(ordered["second"]).alias("agency_b"),
        records["record_id"].gather(ordered["second"]).alias("record_b"),
    )


def digest_of(frame: pl.DataFrame) -> str:
    """SHA-256 of the frame's rows as JSON lines: the same rows, the same digest, on every machine."""
    digest = hashlib.sha256()
    for start in range(0, frame.height, ROWS_HASHED_AT_ONCE):
        text = io.BytesIO()
        frame.slice(start, ROWS_HASHED_AT_ONCE).write_ndjson(text)
        digest.update(text.getbuffer())
    return digest.hexdigest()


@cache
def code_version() -> str:
    """A word that changes with the code and the tables that decide."""
    digest = hashlib.sha256()
    room = Path(__file__).parent
    tables = room.parent / "vocabulary" / "tables"
    shipped = [*tables.glob("name_*.csv"), *tables.glob("identity_*.csv")]
    for path in sorted([*room.glob("*.py"), *shipped]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
