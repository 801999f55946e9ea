"""Checks of single cells: codes that the column takes, dates of the calendar, identifiers in their form."""

import re
from collections.abc import Iterator

from sightline.intake.cells import postcode_of, upn_of
from sightline.intake.formats.ssda903 import codes, tables
from sightline.intake.formats.ssda903.checks import YEAR, Check, each
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.vocabulary.areas import AUTHORITIES

_CODES = (
    ("101", "header", "SEX"),
    ("103", "header", "ETHNIC"),
    ("105", "header", "UASC"),
    ("114", "ad1", "FOSTER_CARE"),
    ("120", "placed_for_adoption", "REASON_PLACED_CEASED"),
    ("131", "oc3", "IN_TOUCH"),
    ("132", "oc3", "ACTIV"),
    ("133", "oc3", "ACCOM"),
    ("143", "episodes", "RNE"),
    ("144", "episodes", "LS"),
    ("145", "episodes", "CIN"),
    ("146", "episodes", "PLACE"),
    ("149", "episodes", "REC"),
    ("165", "header", "MOTHER"),
    ("167", "reviews", "REVIEW_CODE"),
    ("175", "ad1", "NB_ADOPTR"),
    ("176", "ad1", "SEX_ADOPTR"),
    ("177", "ad1", "LS_ADOPTR"),
    ("178", "episodes", "PLACE_PROVIDER"),
    ("196", "oc2", "SDQ_REASON"),
    ("631", "previous_permanence", "PREV_PERM"),
    ("1006", "missing", "MISSING"),
    ("1009", "episodes", "REASON_PLACE_CHANGE"),
    ("SW13STG1", "social_worker", "SW_REASON"),
)
_DATES = (
    ("104", "uasc", "DUC"),
    ("112", "ad1", "DATE_INT"),
    ("113", "ad1", "DATE_MATCH"),
    ("115", "placed_for_adoption", "DATE_PLACED"),
    ("116", "placed_for_adoption", "DATE_PLACED_CEASED"),
    ("141", "episodes", "DECOM"),
    ("147", "episodes", "DEC"),
    ("166", "reviews", "REVIEW"),
    ("171", "header", "MC_DOB"),
    ("1004", "missing", "MIS_START"),
    ("1005", "missing", "MIS_END"),
    ("SW04STG1", "social_worker", "SW_DECOM"),
    ("SW05STG1", "social_worker", "SW_DEC"),
    ("700", "dolo", "DOLO_START"),
    ("701", "dolo", "DOLO_END"),
)
_ZZ_DATE = re.compile(r"zz[/.\-](zz|\d{1,2})[/.\-](zzzz|\d{4})", re.IGNORECASE)
_OLD_CODES = frozenset(authority.old_code for authority in AUTHORITIES.values())


def _code_check(number: str, table: str, name: str) -> Check:
    column = tables.column(table, name)

    def breaks(row: Row, child: Child) -> bool:
        if name not in row.cells:
            return False
        if not row[name]:
            return column.is_required
        return not tables.is_taken(column, row[name], child.year.ends_in if child.year else None)

    must = "It must be one of" if column.is_required else "Leave it empty or give one of"
    listed = ", ".join(column.codes) if len(column.codes) <= 24 else "the codes of the department's list"
    sentence = (
        f"{column.meaning}: this code is missing or not one that the year's return takes. {must} {listed}."
    )
    since = 2024 if number.startswith("SW") else 2023
    return each(number, table, name, sentence, breaks, since=since)


def _date_check(number: str, table: str, name: str) -> Check:
    column = tables.column(table, name)

    def breaks(row: Row, _: Child) -> bool:
        if name not in row.cells:
            return False
        return not date_in(row[name]) if row[name] else column.is_required

    optional = "" if column.is_required else ", or leave it empty"
    sentence = f"{column.meaning}: this is no date. Write it as day/month/year{optional}."
    since = 2024 if number.startswith("SW") else 2027 if table == "dolo" else 2023
    return each(number, table, name, sentence, breaks, since=since)


def _births() -> Iterator[Check]:
    """One rule for every table that repeats the date of birth."""
    for table in tables.TABLES:
        if any(column.name == "DOB" for column in table.columns):
            yield each(
                "102",
                table.name,
                "DOB",
                "Date of birth: this is no date. Write it as day/month/year.",
                lambda row, _: "DOB" in row.cells and not date_in(row["DOB"]),
            )


def upn_in(cell: str) -> str:
    """The number if it is one; empty otherwise, which a UN code is too."""
    found = upn_of(cell)
    return found if isinstance(found, str) else ""


def postcode_in(cell: str) -> str:
    found = postcode_of(cell)
    return found if isinstance(found, str) else ""


def _has_bad_upn(row: Row, _: Child) -> bool:
    return bool(row["UPN"]) and row["UPN"] not in codes.UNKNOWN_UPN and not upn_in(row["UPN"])


def _has_bad_postcode(row: Row, _: Child) -> bool:
    return any(row[name] and not postcode_in(row[name]) for name in ("HOME_POST", "PL_POST"))


def _has_bad_score(row: Row, _: Child) -> bool:
    score = row["SDQ_SCORE"]
    return bool(score) and not (score.isascii() and score.isdecimal() and int(score[:4]) <= 40)


def _has_bad_flag(row: Row, _: Child) -> bool:
    return any(row[name] and row[name] not in codes.YES_NO for name in tables.OC2_FLAGS)


def _has_bad_place_of_order(row: Row, _: Child) -> bool:
    place = row["LA_PERM"]
    return bool(place) and place not in _OLD_CODES and place not in codes.OUTSIDE_ENGLAND


def _has_bad_date_of_order(row: Row, _: Child) -> bool:
    return (
        bool(row["DATE_PERM"]) and not date_in(row["DATE_PERM"]) and not _ZZ_DATE.fullmatch(row["DATE_PERM"])
    )


def _has_bad_worker(row: Row, _: Child) -> bool:
    return bool(row["SW_ID"]) and not row["SW_ID"].startswith(("SW", "XX"))


CHECKS: tuple[Check, ...] = (
    *(_code_check(*each_one) for each_one in _CODES),
    *(_date_check(*each_one) for each_one in _DATES),
    *_births(),
    each(
        "168",
        "header",
        "UPN",
        "This is not a unique pupil number: its form or its check letter is wrong. Where there is no number "
        "give UN1 to UN5. It is left out here.",
        _has_bad_upn,
    ),
    each(
        "442",
        "header",
        "UPN",
        "There is no unique pupil number. Give it, or one of UN1 to UN5 with the reason why there is none.",
        lambda row, _: "UPN" in row.cells and not row["UPN"],
    ),
    each("180", "oc2", "SDQ_SCORE", "The score must be a whole number from 0 to 40.", _has_bad_score),
    each(
        "181",
        "oc2",
        "HEALTH_ASSESSMENT",
        "Convictions, health checks and substance misuse take 0 for no or 1 for yes; one of them has "
        "something else.",
        _has_bad_flag,
    ),
    each(
        "392c",
        "episodes",
        "PL_POST",
        "The home or the placement postcode of the episode that began on {DECOM} is not a postcode. "
        "It is left "
        "out here.",
        _has_bad_postcode,
    ),
    each(
        "632",
        "previous_permanence",
        "DATE_PERM",
        "Date of the earlier order: this is no date. Write day/month/year, with zz for what is not known.",
        _has_bad_date_of_order,
    ),
    each(
        "633",
        "previous_permanence",
        "LA_PERM",
        "Where the earlier order was arranged must be an authority's three digits, or WAL, SCO, NIR or NUK.",
        _has_bad_place_of_order,
    ),
    each(
        "SW02STG1",
        "social_worker",
        "SW_ID",
        "The social worker's number must begin with SW, or XX where there is none.",
        _has_bad_worker,
        since=2024,
    ),
    each(
        "232",
        "header",
        "SEX",
        "The sex is given as not known (U). Give it if it is known.",
        lambda row, _: row["SEX"] == "U",
        needs=(YEAR,),
        years=(2025, 9999),
        since=2025,
    ),
)
