"""What every format is read into: who a record is about, and what it says happened.

A record is known by its agency and the agency's own number for the person (`record_id`): a census, a
looked-after return and a case extract of one authority that give one number speak of one record. The
agency is added when the record is stored, so it does not stand here.

These values are made by the million. Python takes five times as long to make one that it keeps from being
changed, so nothing but this sentence says it: nobody changes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, StatementType


@dataclass(slots=True, repr=False)
class PersonRecord:
    """What one record says about who a person is. Names are as given: `identity` standardises them.

    Identifiers are normal forms that passed their check, or empty (the format reports those that did not).
    `postcode` is without a space, or empty. An unborn child has `expected_on` and no `born_on`.
    """

    record_id: str
    surname: str = ""
    forenames: str = ""  # all given names, in the source's order, middle names last
    aliases: tuple[str, ...] = ()  # whole other names: known as, former, in brackets; “FORENAMES SURNAME”
    preferred_forename: str = ""
    former_surname: str = ""
    born_on: date | None = None
    expected_on: date | None = None
    died_on: date | None = None
    sex: Sex | None = None
    ethnicity: str = ""  # the department's code (“WBRI”), or empty
    nhs_number: str = ""
    upn: str = ""
    former_upn: str = ""
    other_ids: tuple[tuple[str, str], ...] = ()  # (scheme, number): ("ULN", …), ("LAchildID", …)
    postcode: str = ""
    address: str = ""
    former_postcodes: tuple[str, ...] = ()
    la_code: str = ""  # E-code of the authority, where the source says it
    school: str = ""  # URN
    gp_practice: str = ""
    is_adult: bool = False  # kept for the chronology; never joined with children
    is_restricted: bool = False  # closed at adoption: never part of another identity
    is_address_protected: bool = False


@dataclass(slots=True, repr=False)
class SourceEvent:
    """One thing that a source says happened to the person of `record_id`.

    `on` is the first day of what `precision` allows; None where no date is known. `until` is the last day
    of a period; None with `is_open` means that it still went on when the extract was made. `summary` is one
    sentence in plain words made by the format from codes (“Referred by school; outcome: no further
    action.”); `details` holds the coded values by name, as the source has them; `text` is what a person
    wrote, word for word.
    """

    record_id: str
    event_id: str  # unique in this source for this record; the same in the next extract
    kind: EventKind
    on: date | None
    summary: str
    precision: DatePrecision = DatePrecision.DAY
    until: date | None = None
    is_open: bool = False
    time: str = ""  # “14:05”, for order within a day
    statement: StatementType = StatementType.FACT
    sensitivity: EventSensitivity = EventSensitivity.ORDINARY
    text: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
