"""Our levels of agreement as conditions in SQL over the columns of `splink_columns`, in Splink's order.

Splink takes the first condition that holds, so each may rely on those before it having failed. Where ours
takes a value's own frequency as the chance that strangers agree, the level names the column whose frequency
that is; a level of ours then stands here twice, once for the name or postcode that a frequency can be given
for, and once for the others a person has, which Splink cannot weigh by frequency.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from sightline.identity.levels import Born, Forename, Middle, Number, Order, Place, Sex, Surname

CALLED = ("forename", "preferred")
FURTHER = ("further_1", "further_2", "further_3")
SURNAMES = ("surname_1", "surname_2", "surname_3", "surname_4")
POSTCODES = ("postcode", "former_postcode")
ELSE = "ELSE"


@dataclass(frozen=True, slots=True)
class LevelInSql:
    level: IntEnum
    sql: str
    frequency_of: str = ""  # the column whose frequencies take the place of u
    note: str = ""  # what sets it apart from another condition for the same level

    @property
    def label(self) -> str:
        return name_of(self.level) + (f" ({self.note})" if self.note else "")


def name_of(level: IntEnum) -> str:
    return level.name.lower().replace("_", " ")


def _any(conditions: Iterable[str]) -> str:
    return " OR ".join(f"({each})" for each in conditions)


def _of_pairs(condition: str, left: Sequence[str], right: Sequence[str] | None = None) -> str:
    """The condition between any name of one record and any of the other; `{x}`, `{y}` stand for them."""
    return _any(condition.format(x=x, y=y) for x in left for y in (left if right is None else right))


def _said(condition: str) -> str:
    """False, and not unknown, where one side is silent."""
    return f"coalesce({condition}, false)"


_SAME = "{x}_l = {y}_r"
_SOUND = "{x}_sound_l = {y}_sound_r"
_RELATIVE = "contains({x}_relatives_l, '|' || {y}_r || '|')"
_SHORTER = "least(length({x}_l), length({y}_r))"
_SLIP = f"damerau_levenshtein({{x}}_l, {{y}}_r) = 1 AND {_SHORTER} >= 3"
_CLOSE = f"({_SOUND}) OR ({_RELATIVE}) OR ({_SLIP})"


def _part_of(ending: str) -> str:
    left, right = f"{{x}}{ending}_l", f"{{y}}{ending}_r"
    begins = f"starts_with({left}, {right}) OR starts_with({right}, {left})"
    ends = f"ends_with({left}, {right}) OR ends_with({right}, {left})"
    shorter = f"least(length({left}), length({right}))"
    return (
        f"length({left}) <> length({right}) AND "
        f"(({shorter} >= 2 AND ({begins})) OR ({shorter} >= 3 AND ({ends})))"
    )


_INITIAL = f"{_SHORTER} = 1 AND substr({{x}}_l, 1, 1) = substr({{y}}_r, 1, 1)"
_PART = f"({_part_of('')}) OR ({_part_of('_sound')}) OR ({_INITIAL})"
_NEAR = f"(damerau_levenshtein({{x}}_l, {{y}}_r) = 2 AND {_SHORTER} >= 5) OR ({{x}}_bones_l = {{y}}_bones_r)"

_ONE_SURNAME_EACH = "surname_2_l IS NULL AND surname_2_r IS NULL"
_EXCHANGED = (
    f"{_said('forename_l = surname_1_r AND surname_1_l = forename_r')} AND {_ONE_SURNAME_EACH} "
    f"AND NOT {_said(_of_pairs(_CLOSE, CALLED))}"
)
"""Forename and surname stand in each other's place, letter for letter."""
_IN_PLACE = "in each other's place"
_OTHER = "another of their names"


def _silent(*columns: str) -> str:
    return " OR ".join(f"{column}_l IS NULL OR {column}_r IS NULL" for column in columns)


def _first_and_others(level: Forename, condition: str, column: str) -> tuple[LevelInSql, LevelInSql]:
    """The first forenames, where nobody is called by another that may be rarer; then any of both."""
    alone = "preferred_l IS NULL AND preferred_r IS NULL"
    if level is Forename.SAME:
        alone = "(preferred_l IS NULL OR preferred_r IS NULL)"
    first = f"({condition.format(x='forename', y='forename')}) AND {alone}"
    return (
        LevelInSql(level, first, frequency_of=column),
        LevelInSql(level, _of_pairs(condition, CALLED), note=_OTHER),
    )


_FORENAME = (
    LevelInSql(Forename.MISSING, _silent("forename")),
    *_first_and_others(Forename.SAME, _SAME, "forename"),
    *_first_and_others(Forename.SOUND, _SOUND, "forename_sound"),
    *_first_and_others(Forename.RELATIVE, _RELATIVE, "forename_as_relative"),
    *_first_and_others(Forename.SLIP, _SLIP, "forename_as_slip"),
    LevelInSql(Forename.SAME, _EXCHANGED, note=_IN_PLACE),
    LevelInSql(
        Forename.OTHER_NAME,
        _any((_of_pairs(_SOUND, CALLED, FURTHER), _of_pairs(_SOUND, FURTHER, CALLED))),
    ),
    LevelInSql(Forename.PART, _of_pairs(_PART, CALLED)),
    LevelInSql(
        Forename.OTHER_NEAR,
        _any((_of_pairs(_CLOSE, CALLED, FURTHER), _of_pairs(_CLOSE, FURTHER, (*CALLED, *FURTHER)))),
    ),
    LevelInSql(Forename.NEAR, _of_pairs(_NEAR, CALLED)),
    LevelInSql(Forename.DIFFERENT, ELSE),
)
_MIDDLE = (
    LevelInSql(Middle.SILENT, f"{_silent('further_1')} OR ({_EXCHANGED})"),
    LevelInSql(
        Middle.SHARED,
        "further_1_l = further_1_r AND further_2_l IS NULL AND further_2_r IS NULL",
        frequency_of="further_1",
    ),
    LevelInSql(Middle.SHARED, _of_pairs(_CLOSE, FURTHER), note=_OTHER),
    LevelInSql(Middle.DIFFERENT, ELSE),
)

_SHARED = " + ".join(
    f"CASE WHEN {_SOUND.format(x=x, y=y)} THEN 1 ELSE 0 END" for x in SURNAMES for y in SURNAMES
)
_WHOLE = f"{_SHARED} >= greatest(surnames_l, surnames_r)"


def _single(condition: str) -> str:
    return f"({condition.format(x='surname_1', y='surname_1')}) AND {_ONE_SURNAME_EACH}"


_SURNAME = (
    LevelInSql(Surname.MISSING, _silent("surname_1")),
    LevelInSql(Surname.SAME, "surname_l = surname_r", frequency_of="surname"),
    LevelInSql(Surname.SAME, f"({_of_pairs(_SAME, SURNAMES)}) AND {_WHOLE}", note=_OTHER),
    LevelInSql(Surname.PART, _of_pairs(_SAME, SURNAMES)),
    LevelInSql(Surname.SOUND, _single(_SOUND), frequency_of="surname_1_sound"),
    LevelInSql(
        Surname.SOUND,
        f"({_single(_RELATIVE)})",
        frequency_of="surname_as_relative",
        note="one goes by both",
    ),
    LevelInSql(Surname.SOUND, _of_pairs(f"({_SOUND}) OR ({_RELATIVE})", SURNAMES), note=_OTHER),
    LevelInSql(Surname.SLIP, _single(_SLIP), frequency_of="surname_as_slip"),
    LevelInSql(Surname.SLIP, _of_pairs(_SLIP, SURNAMES), note=_OTHER),
    LevelInSql(Surname.SAME, _EXCHANGED, note=_IN_PLACE),
    LevelInSql(
        Surname.IN_FORENAMES,
        _any((_of_pairs(_SOUND, SURNAMES, FURTHER), _of_pairs(_SOUND, FURTHER, SURNAMES))),
    ),
    LevelInSql(Surname.NEAR, _of_pairs(f"({_PART}) OR ({_NEAR})", SURNAMES)),
    LevelInSql(Surname.TITLE, "surname_is_title_l OR surname_is_title_r"),
    LevelInSql(Surname.DIFFERENT, ELSE),
)
_ORDER = (LevelInSql(Order.SWAPPED, _EXCHANGED), LevelInSql(Order.STRAIGHT, ELSE))


def _piece(of: str, side: str) -> str:
    start, length = {"year": (1, 4), "month": (6, 2), "day": (9, 2)}[of]
    return f"substr(born_{side}, {start}, {length})"


def _agree(*pieces: str) -> str:
    return " AND ".join(f"{_piece(of, 'l')} = {_piece(of, 'r')}" for of in pieces)


def _one_off(piece: str) -> str:
    left, right = _piece(piece, "l"), _piece(piece, "r")
    return f"hamming({left}, {right}) = 1 OR abs(CAST({left} AS INTEGER) - CAST({right} AS INTEGER)) = 1"


def _default(side: str) -> str:
    day, month = _piece("day", side), _piece("month", side)
    return f"{day} = '01' AND ({month} = '01' OR {_agree('month')})"


_TWO_OF_THREE = (("year", "month", "day"), ("year", "day", "month"), ("month", "day", "year"))
_BORN = (
    LevelInSql(Born.MISSING, _silent("born")),
    LevelInSql(
        Born.NEAR_EXPECTED, "(is_expected_l OR is_expected_r) AND abs(born_number_l - born_number_r) <= 31"
    ),
    LevelInSql(Born.FAR_EXPECTED, "is_expected_l OR is_expected_r"),
    LevelInSql(Born.SAME, "born_l = born_r"),
    LevelInSql(
        Born.SWAPPED,
        f"{_agree('year')} AND {_piece('month', 'l')} = {_piece('day', 'r')} "
        f"AND {_piece('day', 'l')} = {_piece('month', 'r')}",
    ),
    LevelInSql(Born.DEFAULT, f"{_agree('year')} AND ({_any((_default('l'), _default('r')))})"),
    LevelInSql(
        Born.ONE_PART, _any(f"{_agree(one, two)} AND ({_one_off(off)})" for one, two, off in _TWO_OF_THREE)
    ),
    LevelInSql(Born.ONE_PART_FAR, _any(_agree(one, two) for one, two, _ in _TWO_OF_THREE)),
    LevelInSql(Born.DIFFERENT, ELSE),
)
_SEX = (
    LevelInSql(Sex.MISSING, _silent("sex")),
    LevelInSql(Sex.SAME, "sex_l = sex_r"),
    LevelInSql(Sex.DIFFERENT, ELSE),
)

_HAS_POSTCODE = " AND ".join(
    f"coalesce(postcode_{side}, former_postcode_{side}) IS NOT NULL" for side in ("l", "r")
)


def _within(level: Place, ending: str) -> tuple[LevelInSql, LevelInSql]:
    condition = f"{{x}}{ending}_l = {{y}}{ending}_r"
    return (
        LevelInSql(level, condition.format(x="postcode", y="postcode"), frequency_of=f"postcode{ending}"),
        LevelInSql(level, _of_pairs(condition, POSTCODES), note="an earlier postcode"),
    )


_PLACE = (
    LevelInSql(Place.MISSING, f"NOT ({_HAS_POSTCODE}) AND ({_silent('told_area')})"),
    *_within(Place.SAME, ""),
    LevelInSql(
        Place.SLIP,
        _of_pairs(
            "length({x}_l) = length({y}_r) AND damerau_levenshtein({x}_l, {y}_r) = 1 "
            "AND {x}_sector_l <> {y}_sector_r",
            POSTCODES,
        ),
    ),
    *_within(Place.SECTOR, "_sector"),
    *_within(Place.DISTRICT, "_district"),
    *_within(Place.AREA, "_area"),
    LevelInSql(Place.DIFFERENT, _HAS_POSTCODE),
    LevelInSql(Place.TOLD_SAME, "told_area_l = told_area_r"),
    LevelInSql(Place.TOLD_DIFFERENT, ELSE),
)


def _number(column: str) -> tuple[LevelInSql, ...]:
    return (
        LevelInSql(Number.MISSING, _silent(column)),
        LevelInSql(Number.SAME, f"{column}_l = {column}_r"),
        LevelInSql(Number.DIFFERENT_WITHIN, "agency_l = agency_r"),
        LevelInSql(Number.DIFFERENT_BETWEEN, ELSE),
    )


LEVELS_IN_SQL: tuple[tuple[LevelInSql, ...], ...] = (
    *(_FORENAME, _MIDDLE, _SURNAME, _ORDER, _BORN, _SEX, _PLACE),
    *(_number("nhs_number"), _number("upn")),
)
"""Of each field, in the order of `levels.FIELDS`."""

FREQUENCY_COLUMNS = tuple(
    each.frequency_of for levels in LEVELS_IN_SQL for each in levels if each.frequency_of
)

NOT_EXPRESSED = (
    (
        "Another child of the home",
        "Splink knows two explanations, the same child and a stranger. Ours weighs a third, so ours is never "
        "above Splink's weight, and for twins and siblings far below it.",
    ),
    (
        "How rare one of several further names or surnames, a preferred name or an earlier postcode is",
        "Splink takes a frequency from one column. These levels have the average weight of the table.",
    ),
    (
        "Forename and surname in each other's place and also spelt differently",
        "Only letter for letter: Splink scores each comparison by itself.",
    ),
    (
        "The decision over whole identities",
        "Rivals, agencies that hold a child twice, rulings, and records closed at adoption.",
    ),
)
"""What the model file cannot say: (what, why and what follows)."""
