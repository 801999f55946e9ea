"""Annex A workbooks of invented people, as tidy or as untidy as a test wants them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from sightline.intake.formats.annex_a.columns import LISTS

Cell = str | int | float | date | None

CHILD = {
    "Child Unique ID": "100001",
    "Gender": "b) Female",
    "Ethnicity": "a) WBRI",
    "Date of Birth": date(2012, 3, 4),
    "Age of Child (Years)": 12.4,
}
ADOPTER = {
    "Individual adopter identifier": "100001",
    "Family identifier": "F1",
    "Gender": "a) Male",
    "Ethnicity": "a) WBRI",
    "Disability": "b) No",
}
EMERGENCY = "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)"
TYPICAL: Mapping[int, Mapping[str, Cell]] = {
    1: {**CHILD, "Date of Contact": date(2024, 5, 1), "Contact Source": "q) 6: Police"},
    2: {
        **CHILD,
        "Assessment start date": date(2024, 2, 1),
        "Assessment completion date": date(2024, 3, 1),
        "Organisation completing assessment": "Invented Infants",
    },
    3: {
        **CHILD,
        "Date of referral": date(2024, 5, 2),
        "Referral Source": "e) 2A: Schools",
        "Referral NFA?": "No",
        "Number of Referrals in Last 12 Months": 1,
        "Allocated Team": "Team",
        "Allocated Worker": "Somebody",
    },
    4: {
        **CHILD,
        "Does the Child have a Disability": "b) No",
        "Continuous Assessment Start Date": date(2024, 5, 3),
        "Child Seen During Continuous Assessment": "a) Yes",
        "Continuous Assessment Date of Authorisation": date(2024, 6, 10),
        "Was the child assessed as requiring LA children's social care support?": "a) Yes",
    },
    5: {
        **CHILD,
        "Strategy discussion initiating Section 47 Enquiry Start Date": date(2024, 5, 5),
        "Was an Initial Child Protection Conference deemed unnecessary?": "No",
        "Date of Initial Child Protection Conference": date(2024, 5, 20),
        "Did the Initial Child Protection Conference Result in a Child Protection Plan": "Yes",
        "Number of Section 47 Enquiries in the last 12 months": 1,
        "Number of ICPCs in the last 12 months": 1,
    },
    6: {
        **CHILD,
        "CIN Start Date": date(2024, 5, 2),
        "Primary Need Code": "N1 - Abuse or neglect",
        "Date Child Was Last Seen": date(2024, 8, 1),
        "Case Status": "b) Child protection plan",
    },
    7: {
        **CHILD,
        "Child Protection Plan Start Date": date(2024, 5, 20),
        "Initial Category of Abuse": "Neglect",
        "Latest Category of Abuse": "c) Sexual abuse",
        "Date of the Last Statutory Visit": date(2024, 8, 1),
        "Was the Child Seen Alone?": "a) Yes",
        "Date of latest review conference": date(2024, 8, 15),
        EMERGENCY: "a) Yes",
        "Number of Previous Child Protection Plans": 2,
    },
    8: {
        **CHILD,
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)": "b) No",
        "Date Started to be Looked After": date(2024, 8, 20),
        "Child's Category of Need": "N1",
        "Start date of current legal status": date(2024, 8, 22),
        "Child's Legal Status": "C1: ICO",
        "Date of Latest Statutory Review": date(2024, 9, 10),
        "Date of Last Health Assessment": date(2024, 9, 1),
        "Number of Placements in the Last 12 months": 1,
        "Start Date of Most Recent Placement": date(2024, 8, 20),
        "Placement Type": "f) U6: Foster placement - not FFA",
        "Placement Provider": "e) PR4 - Private provision",
        "Placement postcode": "ZZ1 1ZZ",
        "Placement Location": "b) Out",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months": 3,
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months": 0,
        "Was the child offered a Return Interview after their last missing episode (Y/N)?": "a) Yes",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?": "b) No",
    },
    9: {
        **CHILD,
        "Child Unique ID": "100009",
        "Date of Birth": date(2005, 7, 7),
        "Age of Child (Years)": 19,
        "Eligibility Category": "b) Former relevant child",
        "Latest Pathway Plan Review Date": date(2024, 7, 1),
        "LA in Touch": "a) Yes",
        "Latest Date of Contact": date(2024, 8, 8),
        "Type of Accommodation": "U: Independent living",
        "Suitability of Accommodation": "a) Suitable",
        "Activity Status": "F2: Full time in education other than higher",
    },
    10: {
        **CHILD,
        "Child Unique ID": "100010",
        "Date of Birth": date(2022, 1, 9),
        "Age of Child (Years)": 2,
        "Family identifier": "F1",
        "Date the Child Entered Care": date(2022, 2, 1),
        "Date of Decision that Child Should be Placed for Adoption": date(2022, 9, 1),
        "Date of Placement Order": date(2022, 10, 1),
        "Date of Matching Child and Prospective Adopters": date(2023, 1, 5),
        "Date Placed for Adoption": date(2023, 2, 1),
        "Date of Adoption Order": date(2023, 8, 1),
    },
    11: {
        **ADOPTER,
        "Is the (prospective) adopter fostering for adoption?": "No",
        "Date enquiry received": date(2021, 9, 1),
        "Date Stage 1 started": date(2021, 10, 1),
        "Date Stage 1 ended": date(2021, 12, 1),
        "Date application approved": date(2022, 5, 1),
        "Date child/children placed with adopter(s)": date(2023, 2, 1),
        "No. of children placed": 1,
    },
}
"""One row for each list that no check finds fault with."""


def typical(number: int, **changes: Cell) -> dict[str, Cell]:
    return {**TYPICAL[number], **changes}


def row(number: int, changes: Mapping[str, Cell]) -> dict[str, Cell]:
    return {**TYPICAL[number], **changes}


def workbook(
    path: Path,
    sheets: Mapping[str, Sequence[Mapping[str, Cell]]],
    *,
    headings: Mapping[str, Sequence[str]] | None = None,
    above: int = 0,
    below: int = 0,
) -> Path:
    """A workbook with these rows; the headings are those of the rows, `above` title rows over them."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            names = list((headings or {}).get(name) or dict.fromkeys(key for each in rows for key in each))
            for place in range(above):
                sheet.write_string(place, 0, "Invented County Council" if place == 0 else "Run in confidence")
            for column, heading in enumerate(names):
                sheet.write_string(above, column, heading)
            for number, each in enumerate(rows, start=above + 1):
                for column, heading in enumerate(names):
                    _write(sheet, number, column, each.get(heading))
            for number in range(below):
                sheet.write_string(above + 1 + len(rows) + number, 0, " ")
    return path


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        sheet.write_number(row, column, cell)


def whole(path: Path) -> Path:
    """All eleven lists under Annex A's own headings, one faultless row each."""
    sheets = {f"List {number}": [TYPICAL[number]] for number in range(1, 12)}
    names = {f"List {each.number}": _own_headings(each.number) for each in LISTS}
    return workbook(path, sheets, headings=names)


def _own_headings(number: int) -> list[str]:
    asked = [each.name for each in LISTS[number - 1].asked if not each.is_local]
    given = list(TYPICAL[number])
    plain = {name.replace("‘", "'").replace("’", "'"): name for name in given}
    return [plain.get(name, name) for name in asked]
