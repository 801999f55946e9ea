"""The levels at which two records can agree, field by field, and what each is called.

The order is the order of the columns of every weight table. Level 0 always means that one side is silent.
"""

from enum import IntEnum


class Forename(IntEnum):
    MISSING = 0
    SAME = 1  # the first (or preferred) forenames are one token
    SOUND = 2  # they sound the same: Aisha, Ayesha
    RELATIVE = 3  # one person may go by both: Olivia, Livvy
    SLIP = 4  # one slip of the keyboard apart: Gloden, Golden
    PART = 5  # one begins or ends the other: Oluwaseun, Seun
    OTHER_NAME = 6  # one's first is among the other's further names
    OTHER_NEAR = 7  # the same, but near; or both have a further name in common
    NEAR = 8  # two slips apart, or the same consonants
    DIFFERENT = 9


class Middle(IntEnum):
    SILENT = 0
    SHARED = 1
    DIFFERENT = 2


class Surname(IntEnum):
    MISSING = 0
    SAME = 1
    PART = 2  # double or chain names with one token in common
    SOUND = 3
    SLIP = 4
    NEAR = 5
    IN_FORENAMES = 6  # one's surname is among the other's further names: a father's name, a chain
    DIFFERENT = 7
    TITLE = 8  # different, but one is a title borne instead of a surname (Begum, Kaur), which says little


class Order(IntEnum):
    STRAIGHT = 0
    SWAPPED = 1  # forename and surname stand in each other's place


class Born(IntEnum):
    MISSING = 0
    SAME = 1
    SWAPPED = 2  # day and month
    DEFAULT = 3  # one is the first of the other's month or year, as systems fill in
    ONE_PART = 4  # day, month or year differs, by one digit or by one
    ONE_PART_FAR = 5  # day, month or year differs otherwise
    NEAR_EXPECTED = 6  # within weeks of an expected date
    FAR_EXPECTED = 7
    DIFFERENT = 8


class Sex(IntEnum):
    MISSING = 0
    SAME = 1
    DIFFERENT = 2


class Place(IntEnum):
    MISSING = 0
    SAME = 1
    SLIP = 2  # one character of the postcode
    SECTOR = 3
    DISTRICT = 4
    AREA = 5
    DIFFERENT = 6
    TOLD_SAME = 7  # one has no postcode; school, practice or authority tell the same area
    TOLD_DIFFERENT = 8


class Number(IntEnum):
    """An NHS number or a UPN."""

    MISSING = 0
    SAME = 1
    DIFFERENT_WITHIN = 2  # in one agency: it may hold a child twice
    DIFFERENT_BETWEEN = 3  # between agencies: a conflict for a person


FIELDS = (Forename, Middle, Surname, Order, Born, Sex, Place, Number, Number)
"""In the order of the columns of a comparison."""

FIELD_NAMES = (
    *("forename", "further forenames", "surname", "order of the names", "date of birth", "sex", "postcode"),
    *("NHS number", "UPN"),
)
FORENAME, MIDDLE, SURNAME, ORDER, BORN, SEX, PLACE, NHS_NUMBER, UPN = range(len(FIELDS))
MOST_LEVELS = max(len(field) for field in FIELDS)
