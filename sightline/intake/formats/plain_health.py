"""The plain CSV extract of a health body: one row for each child registered."""

import re
from datetime import date
from functools import partial

from sightline.intake.declaration import Column, Delivery, Format, Header, Judged, RawRecord, Table
from sightline.intake.formats import plain_layout
from sightline.intake.formats.plain_layout import Layout, NumbersOnce, Row
from sightline.intake.records import PersonRecord
from sightline.vocabulary.agencies import AgencyKind

BAD_PRACTICE = plain_layout.warning(
    "gp-practice", "A practice code is a letter and five digits, as the NHS gives it. This one was left out."
)

_PRACTICE = re.compile(r"[A-Z][0-9]{5}", re.ASCII)

LAYOUT = Layout(
    Table(
        "health",
        (
            Column(
                "record_id", "Your own number for this record; the same in every extract.", is_required=True
            ),
            Column("nhs_number", "NHS number.", "NHS number"),
            Column("family_name", "Family name.", is_required=True),
            Column("given_name", "First given name.", is_required=True),
            Column("other_names", "Other given names, in order."),
            Column("date_of_birth", "Date of birth.", "date, YYYY-MM-DD", is_required=True),
            Column(
                "gender",
                "Gender as the NHS codes it.",
                "code",
                codes={"1": "Male", "2": "Female", "0": "Not known", "9": "Not specified"},
            ),
            Column("postcode", "Postcode of the usual address.", "postcode"),
            Column("gp_practice", "Code of the practice that the child is registered with.", "code"),
        ),
        "One row for each child.",
    ),
    known_by=frozenset(("record_id", "nhs_number", "family_name", "given_name")),
)


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row = Row(raw, as_of)
    record_id = row.text("record_id")
    if not record_id:
        return row.refuse(plain_layout.NO_RECORD_ID, "record_id")
    family, given, others = row.name("family_name"), row.name("given_name"), row.text("other_names")
    nhs_number = row.nhs_number("nhs_number")
    born_on = row.born_on("date_of_birth")
    if not (family or given or nhs_number or born_on):
        return row.refuse(plain_layout.NOBODY)
    practice = row.text("gp_practice").upper()
    if practice and not _PRACTICE.fullmatch(practice):
        row.find(BAD_PRACTICE, "gp_practice")
        practice = ""
    person = PersonRecord(
        record_id=record_id,
        surname=family,
        forenames=f"{given} {others}".strip() if others else given,
        born_on=born_on,
        sex=row.sex("gender"),
        nhs_number=nhs_number,
        postcode=row.postcode("postcode"),
        gp_practice=practice,
    )
    return Judged(people=(person,), findings=tuple(row.findings))


FORMAT = Format(
    name="plain-health",
    title="Plain extract: health",
    about=(
        "A CSV file with one row for each child whom a health body knows: an integrated care board, a trust "
        "or a child health information service. It says who the children are; it tells no events."
    ),
    kinds=(AgencyKind.HEALTH,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=(LAYOUT.table,),
    rules=(*plain_layout.RULES, plain_layout.BAD_NHS_NUMBER, plain_layout.NUMBER_TWICE, BAD_PRACTICE),
    recognises=LAYOUT.recognises,
    header=LAYOUT.header,
    records=LAYOUT.records,
    judge=judge,
    across=partial(NumbersOnce, "nhs_number"),
)
