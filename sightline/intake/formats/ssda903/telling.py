"""A child's rows as a person and events.

A child adopted from care gets a new number that nothing in any return connects with the old one. That is by
design, so nothing here looks for a connection: a record is known by its own number only. Whatever names an
adoption, or a place where an adoptive family lives, is protected. `is_restricted` stays False: the return
says that a child was adopted, not that its record is closed. The list of closed records says that.
"""

from collections.abc import Callable, Iterator, Mapping

from sightline.intake.cells import Problem, sex_of
from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.rows import Child, Row
from sightline.intake.formats.ssda903.rules_values import postcode_in, upn_in
from sightline.intake.formats.ssda903.telling_adoption import from_adoption, from_decision, from_permanence
from sightline.intake.formats.ssda903.telling_care import (
    from_asylum,
    from_episode,
    from_header,
    from_liberty,
    from_missing,
    from_review,
    from_social_worker,
    tells_of_adoption,
)
from sightline.intake.formats.ssda903.telling_years import from_health, from_leaving
from sightline.intake.records import PersonRecord, SourceEvent


def person_of(number: str, child: Child) -> PersonRecord:
    """Who the child is, from every table at hand."""
    header, asylum, episodes = child.one("header"), child.one("uasc"), child.all("episodes")
    sex = sex_of((header and header["SEX"]) or (asylum and asylum["SEX"]) or None)
    ethnicity = header["ETHNIC"] if header and header["ETHNIC"] in codes.ETHNICITY else ""
    died_on = next((row.day("DEC") for row in episodes if row["REC"] == codes.DIED), None)
    return PersonRecord(
        number,
        born_on=next((row.born for rows in child.rows.values() for row in rows if row.born), None),
        died_on=died_on,
        sex=None if isinstance(sex, Problem) else sex,
        ethnicity=ethnicity,
        upn=upn_in(header["UPN"]) if header else "",
        # The postcode from which the child came into care; where a placement is belongs to its event.
        postcode=_home_of(child),
        is_address_protected=any(tells_of_adoption(row) for row in episodes),
    )


def events_of(number: str, child: Child) -> tuple[SourceEvent, ...]:
    return tuple(
        event
        for name, tell in _TELLERS.items()
        for row in child.all(name)
        for event in tell(number, row, child)
    )


def _home_of(child: Child) -> str:
    found = [postcode_in(row["HOME_POST"]) for row in child.episodes]
    return next((postcode for postcode in reversed(found) if postcode), "")


_TELLERS: Mapping[str, Callable[[str, Row, Child], Iterator[SourceEvent]]] = {
    "header": from_header,
    "episodes": from_episode,
    "reviews": from_review,
    "missing": from_missing,
    "oc2": from_health,
    "oc3": from_leaving,
    "uasc": from_asylum,
    "ad1": from_adoption,
    "placed_for_adoption": from_decision,
    "previous_permanence": from_permanence,
    "social_worker": from_social_worker,
    "dolo": from_liberty,
}
