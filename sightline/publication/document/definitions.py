"""Numbers that a rule fixes and words that the release brings, for wording to refer to."""

from collections.abc import Mapping
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from sightline.disclosure_control.safe import SafeRelease, Symbol
from sightline.publication.document.binding import Defined
from sightline.publication.document.content import ReportContext
from sightline.statistics.tables import Statistic
from sightline.statistics.timeliness import NOTIFY_WITHIN, REVIEW_WITHIN
from sightline.vocabulary.codes import AGE_BAND_STARTS_AT_MONTHS, SCHOOL_AGE_MONTHS, AgeBand
from sightline.vocabulary.periods import Period, in_words

_WORKING_TOGETHER = "Working Together to Safeguard Children 2023, chapter 5"
_LAYOUT = "Register layout 1"
_CODEBOOK = "Codebook 1"

DEFINED: Mapping[str, Defined] = {
    "rule.notify_within": Defined(NOTIFY_WITHIN, "working days", _WORKING_TOGETHER),
    "rule.review_within": Defined(REVIEW_WITHIN, "working days", _WORKING_TOGETHER),
    "rule.local_review_within": Defined(6, "months", _WORKING_TOGETHER),
    "rule.school_age_from": Defined(SCHOOL_AGE_MONTHS[0] // 12, "", _LAYOUT),
    "rule.school_age_to": Defined(SCHOOL_AGE_MONTHS[1] // 12, "years", _LAYOUT),
    "rule.child_under": Defined(18, "", "Children Act 1989, section 105"),
    "rule.aged_1_to_5_from": Defined(AGE_BAND_STARTS_AT_MONTHS[AgeBand.AGE_1_TO_5] // 12, "", _LAYOUT),
    "rule.aged_1_to_5_to": Defined(
        AGE_BAND_STARTS_AT_MONTHS[AgeBand.AGE_6_TO_10] // 12 - 1, "years", _LAYOUT
    ),
    "rule.aged_11_to_17_from": Defined(11, "", _CODEBOOK),
    "rule.aged_11_to_17_to": Defined(17, "years", _CODEBOOK),
    "rule.regions_to_nearest": Defined(10, "", "Disclosure policy"),
    "rule.confidence_percent": Defined(95, "% confidence", "Wilson (1927)"),
}


def defined_numbers(safe: SafeRelease, previous: SafeRelease | None = None) -> dict[str, Defined]:
    """The numbers of rules, and those that disclosure control gives about its own work."""
    checks = safe.checks
    counted = {
        "cells_printed": checks.cells_printed,
        "cells_hidden": checks.cells_hidden,
        "cells_attacked": checks.cells_attacked,
        "withheld_in_one_version": len(withheld_in_one(safe, previous)) if previous else 0,
    }
    about = {f"rule.{name}": Defined(count, "", "Disclosure control") for name, count in counted.items()}
    return {**DEFINED, **about}


def is_a_year(period: Period) -> bool:
    return period.first + relativedelta(years=1) == period.last + timedelta(days=1)


def _window(period: Period) -> str:
    """“The 15 months to 31 March 2023”, or both days where it is not whole months."""
    length = relativedelta(period.last + timedelta(days=1), period.first)
    if length.days:
        return f"The time from {period.label}"
    return f"The {length.years * 12 + length.months} months to {in_words(period.last)}"


def withheld_in_one(safe: SafeRelease, previous: SafeRelease) -> tuple[str, ...]:
    """The counts that one of the two releases withholds and the other one does not."""
    return tuple(
        ref
        for ref, now in safe.figures.items()
        if now.statistic is Statistic.COUNT and ref in previous.figures
        # Of what both show or neither shows there is nothing to say.
        if (now.symbol is Symbol.SUPPRESSED) != (previous.figures[ref].symbol is Symbol.SUPPRESSED)
    )


def slots(context: ReportContext, safe: SafeRelease) -> dict[str, str]:
    """The words a release brings, by the name that wording uses: `{=period}`."""
    longer = Period(context.data_from or context.period.first, context.period.last)
    body = context.national_body_short
    policy = safe.policy
    return {
        "period": context.period.label,
        "year": context.period.year_label,
        "span": "year" if is_a_year(context.period) else "period",
        "longer_period": longer.label,
        "Longer_window": _window(longer),
        "body_in_full": context.national_body,
        "body": body,
        "Body": body[0].upper() + body[1:],
        "policy_name": policy.name,
        "policy_title": policy.title[0].lower() + policy.title[1:],
        "policy_source": policy.source.rstrip("."),
        "policy_status": policy.status,
        "policy_date": in_words(policy.in_force_from),
    }
