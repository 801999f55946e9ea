"""What is to be reviewed, shown blind, and what the answers say of all links."""

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.identity.lookups import people_for_linking
from sightline.identity.review.blind import may_label, may_see_answers, settled
from sightline.identity.review.models import ReviewPair, ReviewSample, Verdict
from sightline.identity.review.sampling import Estimated, Judged, Stratum, estimated
from sightline.identity.standing import Record

SHOWN = (
    *("surname", "forenames", "preferred_forename", "former_surname", "born_on", "expected_on", "sex"),
    *("postcode", "nhs_number", "upn", "school", "gp_practice"),
)
"""What a reviewer sees of each record. A protected address is not among it."""


def answers_to(pair: ReviewPair) -> dict[str, Verdict]:
    return {each.reviewer: Verdict(each.verdict) for each in pair.labels.order_by("pk")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """A pair as one reviewer may see it: two records, and nothing of bits, decision or another's answer."""

    sample: int
    place: int
    pair: tuple[Record, Record]
    told: tuple[Mapping[str, str], Mapping[str, str]]


def to_review(sample: int, *, reviewer: str) -> list[ToReview]:
    """The pairs that this reviewer has yet to answer, in the order of review."""
    people = people_for_linking()
    place_of = {record: at for at, record in enumerate(people.select("agency", "record_id").iter_rows())}
    listed = []
    for pair in ReviewPair.objects.filter(sample_id=sample).order_by("place").prefetch_related("labels"):
        answers = {each.reviewer: Verdict(each.verdict) for each in pair.labels.all()}
        records = ((pair.agency_a, pair.record_a), (pair.agency_b, pair.record_b))
        if not may_label(answers, reviewer=reviewer) or any(each not in place_of for each in records):
            continue
        first, second = (_told(people.row(place_of[each], named=True)) for each in records)
        listed.append(ToReview(sample=sample, place=pair.place, pair=records, told=(first, second)))
    return listed


def _told(person: Mapping[str, object]) -> dict[str, str]:
    told = {name: "" if person[name] is None else str(person[name]) for name in SHOWN}
    return told | {"postcode": ""} if person["is_address_protected"] else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A pair once two have answered it: everything about it."""

    place: int
    pair: tuple[Record, Record]
    bits: float
    is_linked: bool
    answers: Mapping[str, Verdict]
    settled: Verdict | None


def reviewed(sample: int) -> list[Reviewed]:
    """The pairs that two people have answered; of the others nothing is shown."""
    listed = []
    for pair in ReviewPair.objects.filter(sample_id=sample).order_by("place"):
        answers = answers_to(pair)
        if may_see_answers(answers):
            listed.append(
                Reviewed(
                    place=pair.place,
                    pair=((pair.agency_a, pair.record_a), (pair.agency_b, pair.record_b)),
                    bits=pair.bits,
                    is_linked=pair.is_linked,
                    answers=answers,
                    settled=settled(list(answers.values())),
                )
            )
    return listed


def last_sample() -> int | None:
    return ReviewSample.objects.order_by("-pk").values_list("pk", flat=True).first()


def estimate_from(sample: int) -> Estimated:
    """Precision and recall by the labels that two people have given; others stay out, as if not drawn."""
    drawn = ReviewSample.objects.get(pk=sample)
    counted: dict[int, list[Verdict | None]] = {}
    for pair in drawn.pairs.prefetch_related("labels"):
        verdicts = [Verdict(each.verdict) for each in sorted(pair.labels.all(), key=lambda each: each.pk)]
        if len(verdicts) >= 2:
            counted.setdefault(pair.stratum, []).append(settled(verdicts))
    return estimated([_judged(_stratum(each), counted.get(each["number"], [])) for each in drawn.strata])


def _stratum(kept: Mapping[str, object]) -> Stratum:
    return Stratum(
        number=int(str(kept["number"])),
        is_linked=bool(kept["is_linked"]),
        low=float(str(kept["low"])),
        high=float(str(kept["high"])),
        pairs=int(str(kept["pairs"])),
        drawn=int(str(kept["drawn"])),
    )


def _judged(stratum: Stratum, verdicts: list[Verdict | None]) -> Judged:
    return Judged(
        stratum,
        right=verdicts.count(Verdict.ONE_CHILD),
        wrong=verdicts.count(Verdict.TWO_CHILDREN),
        unsettled=verdicts.count(None),
    )
