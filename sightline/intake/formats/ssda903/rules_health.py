"""Checks of OC2: health, strengths and difficulties, convictions and substance misuse."""

from sightline.intake.formats.ssda903 import tables
from sightline.intake.formats.ssda903.checks import YEAR, Check, each
from sightline.intake.formats.ssda903.periods import is_continuous
from sightline.intake.formats.ssda903.rows import Child, Row

_FOUR = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
_AFTER_CARE = ("oc3", "ad1")


def _lacks_any(row: Row) -> bool:
    return not all(row[name] for name in _FOUR)


def _has_flags(row: Row) -> bool:
    return row.says(*tables.OC2_FLAGS)


def _has_sdq(row: Row) -> bool:
    return row.says("SDQ_SCORE", "SDQ_REASON")


def _excused_by_age_wrongly(row: Row, child: Child) -> bool:
    if child.year is None or row["SDQ_REASON"] != "SDQ1":
        return False
    return row.is_at_least(4, child.year.start) and row.is_under(17, child.year.end)


def _unscored_at_edge(row: Row, child: Child) -> bool:
    year = child.year
    if year is None or _has_sdq(row) or not _has_flags(row):
        return False
    return any(row.is_under(age, year.start) and row.is_at_least(age, year.end) for age in (4, 17))


def _too_young_for_sdq(row: Row, child: Child) -> bool:
    return bool(child.year and _has_sdq(row) and row.is_under(4, child.year.end))


def _too_old_for_sdq(row: Row, child: Child) -> bool:
    return bool(child.year and _has_sdq(row) and row.is_at_least(17, child.year.start))


def _at_end(age: int, row: Row, child: Child, *, under: bool) -> bool:
    if child.year is None:
        return False
    return row.is_under(age, child.year.end) if under else row.is_at_least(age, child.year.end)


def _score_missing(row: Row, child: Child) -> bool:
    year = child.year
    if year is None or row["SDQ_SCORE"] or row["SDQ_REASON"] or is_continuous(child) is not True:
        return False
    return row.is_at_least(4, year.start) and row.is_under(17, year.end)


def _not_continuous(child: Child) -> bool:
    return is_continuous(child) is False


def _is_continuous_with_gaps(row: Row, child: Child) -> bool:
    return is_continuous(child) is True and _lacks_any(row)


def _has_left(row: Row, child: Child) -> bool:
    return (_has_flags(row) or _has_sdq(row)) and any(child.all(table) for table in _AFTER_CARE)


CHECKS: tuple[Check, ...] = (
    each(
        "157",
        "oc2",
        "SDQ_REASON",
        "SDQ1 is for children under 4 or over 16; born on {DOB}, this child needs a score or another reason.",
        _excused_by_age_wrongly,
        needs=(YEAR,),
    ),
    each(
        "158",
        "oc2",
        "INTERVENTION_OFFERED",
        "An intervention for substance misuse was received, so whether one was offered is left empty.",
        lambda row, _: row["INTERVENTION_RECEIVED"] == "1" and bool(row["INTERVENTION_OFFERED"]),
    ),
    each(
        "159",
        "oc2",
        "INTERVENTION_OFFERED",
        "Substance misuse was identified and no intervention received: say whether one was offered.",
        lambda row, _: (
            row["SUBSTANCE_MISUSE"] == "1"
            and row["INTERVENTION_RECEIVED"] == "0"
            and not row["INTERVENTION_OFFERED"]
        ),
    ),
    each(
        "182",
        "oc2",
        "HEALTH_ASSESSMENT",
        "Convictions, development checks or interventions are filled in, but not all of "
        "immunisations, teeth check, "
        "health assessment and substance misuse. Complete them.",
        lambda row, _: (
            _lacks_any(row)
            and row.says("CONVICTED", "HEALTH_CHECK", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
        ),
    ),
    each(
        "185",
        "oc2",
        "SDQ_SCORE",
        "A score is given, but the episodes show no twelve months of care up to 31 March.",
        lambda row, child: bool(row["SDQ_SCORE"]) and _not_continuous(child),
        needs=("episodes", YEAR),
    ),
    each(
        "186",
        "oc2",
        "SDQ_SCORE",
        "The child was looked after for the whole year at an age from 4 to 16: give a score, or why "
        "there is none.",
        _score_missing,
        needs=("episodes", YEAR),
    ),
    each(
        "187",
        "oc2",
        "CHILD",
        "Health is given as for a child in care all year, but also adoption or care leaving. Remove "
        "what is wrong.",
        _has_left,
        needs=_AFTER_CARE,
    ),
    each(
        "188",
        "oc2",
        "SDQ_SCORE",
        "Born on {DOB}, the child was under 4 when the year ended: leave score and reason empty.",
        _too_young_for_sdq,
        needs=(YEAR,),
    ),
    each(
        "189",
        "oc2",
        "SDQ_SCORE",
        "Born on {DOB}, the child was 17 or over when the year began: leave score and reason empty.",
        _too_old_for_sdq,
        needs=(YEAR,),
    ),
    each(
        "190",
        "oc2",
        "HEALTH_ASSESSMENT",
        "Health or convictions are filled in, but the episodes show no twelve months of care up to 31 March.",
        lambda row, child: _has_flags(row) and _not_continuous(child),
        needs=("episodes", YEAR),
    ),
    each(
        "191",
        "oc2",
        "HEALTH_ASSESSMENT",
        "The child was looked after for the whole year: complete immunisations, teeth check, health "
        "assessment and "
        "substance misuse.",
        _is_continuous_with_gaps,
        needs=("episodes", YEAR),
    ),
    each(
        "192",
        "oc2",
        "INTERVENTION_RECEIVED",
        "Substance misuse was identified: say whether an intervention was received.",
        lambda row, _: row["SUBSTANCE_MISUSE"] == "1" and not row["INTERVENTION_RECEIVED"],
    ),
    each(
        "193",
        "oc2",
        "INTERVENTION_RECEIVED",
        "No substance misuse was identified, so leave both questions on interventions empty.",
        lambda row, _: (
            row["SUBSTANCE_MISUSE"] != "1" and row.says("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
        ),
    ),
    each(
        "197a",
        "oc2",
        "SDQ_REASON",
        "There is a score, so leave the reason for having none ({SDQ_REASON}) empty.",
        lambda row, _: bool(row["SDQ_SCORE"]) and bool(row["SDQ_REASON"]),
    ),
    each(
        "197B",
        "oc2",
        "SDQ_SCORE",
        "The child turned 4 or 17 in the year: give a score, or why there is none.",
        _unscored_at_edge,
        needs=(YEAR,),
    ),
    each(
        "198",
        "oc2",
        "SDQ_REASON",
        "A reason for having no score is given, but the episodes show no twelve months of care up to "
        "31 March.",
        lambda row, child: bool(row["SDQ_REASON"]) and _not_continuous(child),
        needs=("episodes", YEAR),
    ),
    each(
        "215",
        "oc2",
        "CHILD",
        "Care leaving is filled in, so health and convictions of children in care are left empty.",
        lambda row, child: _has_flags(row) and bool(child.all("oc3")),
        needs=("oc3",),
    ),
    each(
        "542",
        "oc2",
        "CONVICTED",
        "Born on {DOB}, the child was under 10 on 31 March: leave convictions empty.",
        lambda row, child: bool(row["CONVICTED"]) and _at_end(10, row, child, under=True),
        needs=(YEAR,),
    ),
    each(
        "543",
        "oc2",
        "CONVICTED",
        "Born on {DOB}, the child was 10 or over on 31 March: say whether there were convictions.",
        lambda row, child: _has_flags(row) and not row["CONVICTED"] and _at_end(10, row, child, under=False),
        needs=(YEAR,),
    ),
    each(
        "544",
        "oc2",
        "CONVICTED",
        "Convictions are filled in, so immunisations, teeth check, health assessment and substance "
        "misuse must be too.",
        lambda row, _: bool(row["CONVICTED"]) and _lacks_any(row),
    ),
    each(
        "545",
        "oc2",
        "HEALTH_CHECK",
        "Born on {DOB}, the child was under 5 on 31 March: say whether development checks are up to date.",
        lambda row, child: _has_flags(row) and not row["HEALTH_CHECK"] and _at_end(5, row, child, under=True),
        needs=(YEAR,),
    ),
    each(
        "546",
        "oc2",
        "HEALTH_CHECK",
        "Born on {DOB}, the child was 5 or over on 31 March: leave development checks empty.",
        lambda row, child: bool(row["HEALTH_CHECK"]) and _at_end(5, row, child, under=False),
        needs=(YEAR,),
    ),
    each(
        "547",
        "oc2",
        "HEALTH_CHECK",
        "Development checks are filled in, so immunisations, teeth check, health assessment and "
        "substance misuse "
        "must be too.",
        lambda row, _: bool(row["HEALTH_CHECK"]) and _lacks_any(row),
    ),
)
