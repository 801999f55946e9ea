"""Writing the record of every act."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils import timezone

from sightline.access.models import Act
from sightline.vocabulary.decisions import Decision, require


def record_act(
    act: str,
    *,
    by: str,
    thing_kind: str,
    thing_id: str,
    fields: Iterable[str] = (),
    why: str = "",
    at: datetime | None = None,
) -> Act:
    """Record that `by` did `act` (“casework.withdraw_notification”) to a thing, in its change's transaction.

    `fields` names what changed. `why` is shown to whoever reads the record and must not repeat what is in
    the case. Raises `Refusal` where nobody is named.
    """
    assert connection.in_atomic_block, f"{act} is recorded outside the transaction of its change"
    require(_names_somebody(by))
    _queue_behind_other_acts()
    return Act.objects.create(
        by=by.strip(),
        act=act,
        thing_kind=thing_kind,
        thing_id=thing_id,
        fields=sorted(fields),
        why=why,
        at=at or timezone.now(),
    )


def _names_somebody(by: str) -> Decision:
    return Decision(
        allowed=bool(by.strip()),
        reason="Say who is doing this: nothing is changed by nobody.",
        basis="record",
    )


def _queue_behind_other_acts() -> None:
    """Let acts become visible in the order of their numbers, so that `last_act_number` misses none.

    SQLite has one writer at a time; PostgreSQL gives out numbers before it commits.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('access_act'))")
