"""The CSV that a reviewer of links fills in, and what the answers come to."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from sightline.cli.database import NothingHere
from sightline.cli.files import write_for_owner

ESTIMATE_COLUMNS = (
    *("measure", "value", "low", "high", "if_unsettled_are_wrong", "if_unsettled_are_right"),
    *("judged", "unsettled"),
)


def write(path: Path, sample: int, *, reviewer: str) -> int:
    """The pairs that this reviewer has yet to answer, for the reviewer alone; returns how many."""
    from sightline.identity.review.lookups import SHOWN, to_review

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    sides = [f"{name}_{side}" for side in ("a", "b") for name in ("agency", *SHOWN)]
    writer.writerow(("sample", "pair", "verdict", *sides))
    pairs = to_review(sample, reviewer=reviewer)
    if not pairs:
        raise NothingHere(f"{reviewer} has no pair of sample {sample} left to answer.")
    for each in pairs:
        cells = [
            cell
            for record, told in zip(each.pair, each.told, strict=True)
            for cell in (record[0], *(_inert(told[name]) for name in SHOWN))
        ]
        writer.writerow((each.sample, each.place, "", *cells))
    write_for_owner(path, text.getvalue().encode("utf-8-sig"))  # the mark lets Excel read it as UTF-8
    return len(pairs)


def _inert(text: str) -> str:
    """Nothing that a spreadsheet would run."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def keep(path: Path, *, reviewer: str) -> tuple[int, list[str]]:
    """Keep the verdicts of a file, or none of them with what is wrong; lines without one are left out."""
    from django.db import transaction

    from sightline.identity.review.actions import label_pair
    from sightline.identity.review.models import Verdict
    from sightline.vocabulary.decisions import Refusal

    kept, wrong = 0, []
    with transaction.atomic():
        for line, sample, place, verdict in _answers(path):
            try:
                answer = Verdict(verdict)
                label_pair(by=reviewer, sample=int(sample), place=int(place), verdict=answer)
                kept += 1
            except ValueError:
                codes = ", ".join(each.value for each in Verdict)
                wrong.append(
                    f"{path.name}, line {line}: the verdict is one of {codes}; sample and pair are numbers."
                )
            except Refusal as refused:
                wrong.append(f"{path.name}, line {line}: {refused}")
        if wrong:
            transaction.set_rollback(True)
    return (0, wrong) if wrong else (kept, [])


def _answers(path: Path) -> Iterator[tuple[int, str, str, str]]:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        verdict = (row.get("verdict") or "").strip()
        if verdict:
            yield line, row.get("sample") or "", row.get("pair") or "", verdict


def estimate_rows(sample: int | None) -> list[dict[str, object]]:
    from sightline.identity.review.lookups import estimate_from, last_sample
    from sightline.identity.review.models import ReviewSample

    number = sample or last_sample()
    if number is None or not ReviewSample.objects.filter(pk=number).exists():
        raise NothingHere("There is no such sample. “sightline identity sample --out FILE” draws one.")
    found = estimate_from(number)
    rows: list[dict[str, object]] = []
    for name, rate in (("precision", found.precision), ("recall of the pairs compared", found.recall)):
        told = [rate.value, rate.low, rate.high, rate.lowest, rate.highest] if rate else [None] * 5
        rounded = [None if each is None else round(each, 4) for each in told]
        rows.append(dict(zip(ESTIMATE_COLUMNS, (name, *rounded, found.judged, found.unsettled), strict=True)))
    return rows
