"""Closing records to everybody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.intake.models import Restriction
from sightline.intake.restrictions import Restricted
from sightline.vocabulary.decisions import allowed, refused, require
from sightline.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictResult:
    """What a list did: nothing at all where it `was_refused`, for a line left out leaves a record open."""

    closed: int = 0
    closed_already: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def was_refused(self) -> bool:
        return any(each.is_error for each in self.findings)


def restrict_records(
    restricted: Iterable[Restricted], *, by: str, at: datetime | None = None
) -> RestrictResult:
    """Close every record of a list, or none where one of its lines is refused.

    A record stays closed whether or not later lists name it: to leave a child out of a list must never be
    what opens the life before the adoption. The record need not have been loaded yet. Raises `Refusal`.
    """
    require(
        allowed(basis="record") if by.strip() else refused("Say who closes these records.", basis="record")
    )
    at = at or timezone.now()
    lines = list(restricted)
    findings = tuple(found for line in lines for found in line.findings)
    if any(line.is_refused for line in lines):
        return RestrictResult(findings=findings)
    with transaction.atomic():
        wanted = {(line.agency, line.record_id): line.reason for line in reversed(lines)}
        held = set(Restriction.objects.values_list("agency", "record_id"))
        new = [
            Restriction(agency=agency, record_id=record_id, reason=reason, by=by.strip(), at=at)
            for (agency, record_id), reason in wanted.items()
            if (agency, record_id) not in held
        ]
        if new:
            Restriction.objects.bulk_create(new, batch_size=1_000)
            record_act(
                "intake.restrict_records",
                by=by,
                thing_kind="restriction",
                thing_id=f"{len(new)} records",
                fields=("agency", "record_id", "reason"),
                at=at,
            )
    return RestrictResult(closed=len(new), closed_already=len(wanted) - len(new), findings=findings)


def closed_records() -> frozenset[tuple[str, str]]:
    """Agency and record_id of every closed record, for whoever joins records."""
    return frozenset(Restriction.objects.values_list("agency", "record_id"))
