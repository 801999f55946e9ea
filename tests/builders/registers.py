"""A small register of invented incidents in files, and ways to spoil it."""

import csv
from datetime import date
from pathlib import Path

AS_OF = date(2026, 11, 23)

SMALL = {
    "incidents": """
incident_id,occurred_on,occurred_precision,incident_la_code,outside_england,place_type,abuse_or_neglect
INC-1,2022-05-02,day,E10000006,no,family_home,known
INC-2,2022-06-01,month,E06000001,no,"park, by the lake",suspected
INC-3,,unknown,,yes,,not_known
""",
    "children": """
child_ref,incident_id,position,role,date_of_birth,age_in_months,sex,ethnicity_code,disability,residence_la_code,placement_type,looked_after,child_protection_plan,child_in_need_plan,known_to_agencies
CH-1,INC-1,1,died,2021-11-20,5,female,WBRI,no,E10000006,living_at_home,never,current,never,yes
CH-2,INC-1,2,seriously_harmed,,40,male,WBRI,,E10000006,living_at_home,never,previous,never,yes
CH-3,INC-2,1,seriously_harmed,2010-02-03,,male,BCRB,yes,E06000001,foster_care,current,never,never,no
CH-4,INC-3,1,other,,,not_known,NKNW,not_known,,not_known,not_known,not_known,not_known,not_known
""",
    "notifications": """
notification_id,incident_id,index_child_ref,route,nature,notifying_la_code,aware_on,notified_on,withdrawn_on,withdrawn_reason
SIN-1,INC-1,CH-1,serious_incident,death,E10000006,2022-05-03,2022-05-06,,
SIN-2,INC-2,CH-3,serious_incident,serious_harm,E06000001,,2022-06-20,,
SIN-3,INC-3,CH-4,serious_incident,other,E06000001,2022-07-01,2022-07-04,2022-07-20,notified in error
""",
    "rapid_reviews": """
review_id,notification_id,partnership,received_on,nature,lcspr_decision,national_review_potential
RR-1,SIN-1,Oakshire Partnership,2022-05-27,death,yes,no
RR-2,SIN-2,"Elm, Ash and Beech Partnership",2022-07-11,serious_harm,no,unsure
""",
    "panel_responses": """
review_id,responded_on,outcome,agrees_with_lcspr_decision
RR-1,2022-06-10,agrees,yes
RR-2,2022-08-01,asks_for_more,
""",
    "local_reviews": """
local_review_id,review_id,decided_on,published_on,publication,delay_cause
LR-1,RR-1,2022-05-25,2023-01-09,full_report,trial
""",
    "codings": """
review_id,child_ref,variable,value,certainty,coder,coded_on,codebook_version
RR-1,,domestic_abuse,yes,confirmed,A,2022-06-30,1
RR-1,,practice_theme,information_sharing,likely,A,2022-06-30,1
RR-1,,practice_theme,critical_thinking,confirmed,A,2022-06-30,1
RR-1,CH-1,neglect_experienced,yes,confirmed,A,2022-06-30,1
RR-1,CH-1,neglect_experienced,not_mentioned,,B,2022-07-02,1
RR-1,CH-1,likely_cause_primary,neglect,possible,A,2022-06-30,1
RR-1,CH-2,harm_primary,neglect,likely,A,2022-06-30,1
RR-2,CH-3,harm_primary,self_harm,confirmed,B,2022-08-30,1
RR-2,CH-3,education_status,on_roll,confirmed,B,2022-08-30,1
""",
    "recommendations": """
recommendation_id,source_review_id,level,addressee,theme,made_on,accepted,due_on,status,closed_on
REC-1,LR-1,single_agency,police,information_sharing,2023-01-09,yes,2023-06-30,done,2023-05-02
REC-2,LR-1,national,the department,critical_thinking,2023-01-09,no,,open,
""",
}


def a_register(folder: Path) -> Path:
    """Write the small register; it has no fault, and export gives these bytes back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SMALL.items():
        (folder / f"{name}.csv").write_bytes(text.lstrip("\n").encode())
    return folder


def change(folder: Path, file: str, row: str, column: str, value: str) -> int:
    """Put `value` into the first row whose line starts with `row`; returns that row's line."""
    header, *rows = read_rows(folder, file)
    at = next(number for number, cells in enumerate(rows) if ",".join(cells).startswith(row))
    rows[at][header.index(column)] = value
    write_rows(folder, file, [header, *rows])
    return at + 2


def add_row(folder: Path, file: str, row: str) -> int:
    """Add a line at the end; returns its number."""
    path = folder / f"{file}.csv"
    path.write_bytes(path.read_bytes() + row.encode() + b"\n")
    return path.read_bytes().count(b"\n")


def remove_row(folder: Path, file: str, row: str) -> None:
    rows = read_rows(folder, file)
    write_rows(folder, file, [cells for cells in rows if not ",".join(cells).startswith(row)])


def replace_bytes(folder: Path, file: str, old: bytes, new: bytes) -> None:
    path = folder / f"{file}.csv"
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def read_rows(folder: Path, file: str) -> list[list[str]]:
    with (folder / f"{file}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def write_rows(folder: Path, file: str, rows: list[list[str]]) -> None:
    with (folder / f"{file}.csv").open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows(rows)
