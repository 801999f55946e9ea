"""Drawing pairs for review, and answering them."""

from dataclasses import asdict

import numpy as np
import polars as pl
from django.db import transaction
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.identity.learnt.lookups import weights_in_force
from sightline.identity.lookups import export_rows, last_run, people_for_linking
from sightline.identity.models import LinkRun
from sightline.identity.pairing import pairs_worth_deciding
from sightline.identity.permitting import names_somebody
from sightline.identity.reading import population
from sightline.identity.review import blind
from sightline.identity.review.lookups import answers_to
from sightline.identity.review.models import ReviewLabel, ReviewPair, ReviewSample, Verdict
from sightline.identity.review.sampling import Plan, planned
from sightline.identity.runs import pairs_of_rows
from sightline.identity.storing import PAIR
from sightline.identity.weights import Weights, children_about
from sightline.vocabulary.decisions import Decision, require
from sightline.vocabulary.progress import Progress, silent

LOWEST = -12.0
"""Odds in bits below which a pair is not drawn: of so many so unlikely none would ever be found right."""


def draw_sample(
    *, by: str, size: int, seed: int, weights: Weights | None = None, progress: Progress = silent
) -> int:
    """Draw pairs of records for a blind review of the links as they stand; returns the sample's number.

    Raises `Refusal` where nobody is named or nothing has been linked, `CannotSample` where no pair is there.
    """
    require(names_somebody(by))
    weights = weights or weights_in_force()
    run = last_run()
    require(_is_linked(run))
    assert run is not None
    pairs = _compared(weights, progress)
    plan = planned(pairs, threshold=weights.link_bits, size=size, seed=seed)
    return _stored(run, plan, by=by, seed=seed, threshold=weights.link_bits)


def _is_linked(run: LinkRun | None) -> Decision:
    return Decision(
        allowed=run is not None,
        reason="Nothing has been linked yet, so there is nothing to review.",
        basis="review of links",
    )


def _compared(weights: Weights, progress: Progress) -> pl.DataFrame:
    """Every pair that was compared and is not hopeless, its odds, and whether it is of one identity."""
    people = people_for_linking()
    everybody = population(people, people["agency"].unique().sort().to_list())
    before = float(np.log2(children_about(everybody)))
    found = pairs_worth_deciding(everybody, weights, least=before + LOWEST, progress=progress)
    numbers = people.join(export_rows(), on=("agency", "record_id"), how="left", maintain_order="left")
    of_row = numbers["cluster_id"].fill_null("").rank("dense").to_numpy()
    rows = pl.DataFrame({"row_a": found.first, "row_b": found.second, "bits": found.bits - before})
    rows = rows.with_columns(is_linked=of_row[found.first] == of_row[found.second])
    return pairs_of_rows(rows, people).select(
        *PAIR, pl.col("bits").cast(pl.Float64), "is_linked", pl.concat_str(PAIR, separator="\t").alias("key")
    )


@transaction.atomic
def _stored(run: LinkRun, plan: Plan, *, by: str, seed: int, threshold: float) -> int:
    sample = ReviewSample.objects.create(
        run=run,
        by=by.strip(),
        at=timezone.now(),
        seed=seed,
        threshold=threshold,
        strata=[{**asdict(each), "low": str(each.low), "high": str(each.high)} for each in plan.strata],
    )
    chances = {each.number: each.chance for each in plan.strata}
    ReviewPair.objects.bulk_create(
        [
            ReviewPair(sample=sample, place=place, chance=chances[row["stratum"]], **row)
            for place, row in enumerate(plan.sample.drop("key").iter_rows(named=True), start=1)
        ],
        batch_size=1_000,
    )
    record_act("identity.draw_sample", by=by, thing_kind="review_sample", thing_id=str(sample.pk))
    return sample.pk


@transaction.atomic
def label_pair(*, by: str, sample: int, place: int, verdict: Verdict) -> None:
    """Keep a reviewer's answer to one pair. Raises `Refusal`."""
    pair = ReviewPair.objects.filter(sample_id=sample, place=place).first()
    require(_is_drawn(pair, sample, place))
    assert pair is not None
    require(blind.may_label(answers_to(pair), reviewer=by.strip()))
    ReviewLabel.objects.create(
        pair=pair, reviewer=by.strip(), verdict=Verdict(verdict).value, at=timezone.now()
    )
    record_act(
        "identity.label_pair",
        by=by,
        thing_kind="review_pair",
        thing_id=f"{sample}/{place}",
        fields=["verdict"],
    )


def _is_drawn(pair: ReviewPair | None, sample: int, place: int) -> Decision:
    return Decision(
        allowed=pair is not None,
        reason=f"There is no pair {place} in sample {sample}.",
        basis="review of links",
    )
