"""One child's chronology, 500 events out of five million held: from the call to the composed account.

Twenty children of ten thousand are asked for, each once, so that no answer is remembered from the one before.
The events are invented and written by SQL: how they came in is `benchmarks.loading`'s question.
"""

import json
import os
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measuring import measure

TARGET = "500 events out of 5 million: under 0.05 s"
CHILDREN, EVENTS_EACH, ASKED = 10_000, 500, 20
KINDS = ("missing_episode", "referral", "assessment", "attendance", "visit")


def run() -> None:
    print(f"\nA chronology ({TARGET})")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as scratch:
        for children in (CHILDREN // 100, CHILDREN):
            data, told = Path(scratch) / f"data-{children}", Path(scratch) / f"{children}.json"
            measure([sys.executable, "-m", "benchmarks.chronology", str(children), str(told)], data=data)
            seen = json.loads(told.read_text())
            print(
                f"{children * EVENTS_EACH:9,} events held   p50 {seen['p50'] * 1000:6.1f} ms   "
                f"p95 {seen['p95'] * 1000:6.1f} ms   {seen['entries']:,} entries each",
                flush=True,
            )


def one(children: int) -> dict[str, float]:
    """Fill a database and ask for the chronologies of some of its children."""
    _fill(children)
    from sightline.chronology.lookups import chronology_of

    taken, entries = [], 0
    chronology_of(f"police:{1:07}", as_of=date(2026, 1, 1), by="A benchmark")  # imports what it needs
    for child in range(0, children, children // ASKED):
        began = time.perf_counter()
        chronology = chronology_of(f"police:{child:07}", as_of=date(2026, 1, 1), by="A benchmark")
        taken.append(time.perf_counter() - began)
        entries = max(entries, len(chronology.entries))
    taken.sort()
    return {"p50": taken[len(taken) // 2], "p95": taken[int(len(taken) * 0.95)], "entries": entries}


def _fill(children: int) -> None:
    from sightline.cli.database import open_for_writing

    open_for_writing()
    from django.db import connection, transaction
    from django.utils import timezone

    from sightline.intake.models import Agency, Extract, ExtractState

    with transaction.atomic():
        police = Agency.objects.create(code="police", name="Police", kind="police")
        extract = Extract.objects.create(
            agency=police, format="police-notice", file_name="events.json", sha256="0" * 64, size=1,
            received_at=timezone.now(), by="A benchmark", as_of=date(2026, 1, 1), code_version="",
            state=ExtractState.LOADED, change_number=1, people=children, events=children * EVENTS_EACH,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.executemany(_PERSON, ((extract.pk, f"{child:07}") for child in range(children)))
            days = [(date(2008, 1, 1) + timedelta(days=13 * at)).isoformat() for at in range(EVENTS_EACH)]
            rows = (
                (extract.pk, f"{child:07}", f"E{at}", KINDS[(child + at) % len(KINDS)], days[at])
                # An agency's files come by day, so that a child's events lie far from each other.
                for at in range(EVENTS_EACH)
                for child in range(children)
            )
            cursor.executemany(_EVENT, rows)


_PERSON = """INSERT INTO intake_heldperson (extract_id, number, line, agency, record_id, surname, forenames,
    aliases, preferred_forename, former_surname, born_on, sex, ethnicity, nhs_number, upn, former_upn,
    other_ids, postcode, address, former_postcodes, la_code, school, gp_practice, is_adult, is_restricted,
    is_address_protected)
    VALUES (%s, 1, 1, 'police', %s, 'Moss', 'Ada', '[]', '', '', '2008-01-01', 'female', '', '', '', '', '[]',
    '', '', '[]', '', '', '', false, false, false)"""
_EVENT = """INSERT INTO intake_heldevent (extract_id, number, line, agency, record_id, event_id, kind, "on",
    summary, "precision", is_open, time, statement, sensitivity, text, details)
    VALUES (%s, 1, 1, 'police', %s, %s, %s, %s, 'What the source says happened, in a sentence.', 'day', false,
    '', 'fact', 'ordinary', '', '{"outcome": "no further action"}')"""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    Path(sys.argv[2]).write_text(json.dumps(one(int(sys.argv[1]))))
