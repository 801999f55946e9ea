"""Which stored rows a later extract replaces or withdraws, and the way back.

Each statement starts from the rows of the new extract and finds the old ones by agency and record, so that a
day's changes do not walk through years of records. Its join is written as a cross join because SQLite then
keeps the order of the tables; left to itself, it starts from everything that the agency ever sent.
"""

from collections.abc import Sequence

from django.db import connection

from sightline.intake.models import Extract, ExtractState, HeldEvent, HeldPerson, Withdrawal
from sightline.intake.storing import table_of


def replace_rows(extract: Extract) -> int:
    """Rows of earlier extracts of one delivery that this one names again: a person by record, an event by its
    number too. Returns how many."""
    earlier = _loaded_before(extract, collection=extract.collection)
    people, events = table_of(HeldPerson), table_of(HeldEvent)
    return _supersede(extract, HeldPerson, f"{people} new", "", earlier) + _supersede(
        extract, HeldEvent, f"{events} new", "AND old.event_id = new.event_id", earlier
    )


def withdraw_rows(extract: Extract) -> int:
    """Rows of earlier extracts whose removal the sender asks for in this one. Returns how many."""
    earlier = _loaded_before(extract)
    asked = f"{table_of(Withdrawal)} new"
    return _supersede(extract, HeldPerson, asked, "AND new.event_id = ''", earlier) + _supersede(
        extract, HeldEvent, asked, "AND (new.event_id = '' OR new.event_id = old.event_id)", earlier
    )


def restore_rows(extract: Extract) -> None:
    """Take back what this extract replaced and withdrew."""
    with connection.cursor() as cursor:
        for model in (HeldPerson, HeldEvent):
            cursor.execute(
                f"UPDATE {table_of(model)} SET superseded_by_id = NULL WHERE superseded_by_id = %s",  # noqa: S608
                [extract.pk],
            )


def _loaded_before(extract: Extract, **more: str) -> list[int]:
    same = Extract.objects.filter(
        agency=extract.agency, format=extract.format, state=ExtractState.LOADED, **more
    )
    return list(same.exclude(pk=extract.pk).filter(pk__lt=extract.pk).values_list("pk", flat=True))


def _supersede(
    extract: Extract,
    model: type[HeldPerson] | type[HeldEvent],
    new: str,
    same: str,
    earlier: Sequence[int],
) -> int:
    if not earlier:
        return 0
    table = table_of(model)
    listed = ", ".join(str(number) for number in earlier)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {table} SET superseded_by_id = %s WHERE id IN (
                SELECT old.id FROM {new}
                CROSS JOIN {table} old
                WHERE old.agency = %s AND old.record_id = new.record_id
                AND new.extract_id = %s {same}
                AND old.superseded_by_id IS NULL AND old.extract_id IN ({listed})
            )""",  # noqa: S608
            [extract.pk, extract.agency_id, extract.pk],
        )
        return int(cursor.rowcount)
