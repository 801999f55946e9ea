"""England's regions and its upper-tier and unitary local authorities: those of today and those they replaced.

Authorities change, so each has the dates it operated, and a date decides which codes are right. Names and
codes are the department's (`tables/SOURCES.md`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Self

from sightline.vocabulary.codes import Code
from sightline.vocabulary.shipped import shipped_rows


class Region(Code):
    """The nine regions in the order in which the department publishes them."""

    ons_code: str

    def __new__(cls, code: str, label: str = "", ons_code: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.ons_code = ons_code
        return member

    NORTH_EAST = "north_east", "North East", "E12000001"
    NORTH_WEST = "north_west", "North West", "E12000002"
    YORKSHIRE_AND_THE_HUMBER = "yorkshire_and_the_humber", "Yorkshire and The Humber", "E12000003"
    EAST_MIDLANDS = "east_midlands", "East Midlands", "E12000004"
    WEST_MIDLANDS = "west_midlands", "West Midlands", "E12000005"
    EAST_OF_ENGLAND = "east_of_england", "East of England", "E12000006"
    LONDON = "london", "London", "E12000007"
    SOUTH_EAST = "south_east", "South East", "E12000008"
    SOUTH_WEST = "south_west", "South West", "E12000009"


class AuthorityKind(Code):
    UNITARY = "unitary", "Unitary authority"
    METROPOLITAN_DISTRICT = "metropolitan_district", "Metropolitan district"
    LONDON_BOROUGH = "london_borough", "London borough"
    COUNTY = "county", "County"


class NoSuchAuthority(LookupError):
    """A code is not that of any local authority in England, past or present."""


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """One authority under one code.

    `code` is the nine-character code, `old_code` the department's three digits (“x” where it gives none).
    It operated from the first to the last day given, both counted; `operated_to` is None while it does.
    `succeeded_by` holds the code of every authority that took over a part of its area.
    """

    code: str
    old_code: str
    name: str
    region: Region
    police_force: str
    police_force_code: str
    operated_from: date
    operated_to: date | None
    succeeded_by: tuple[str, ...]
    kind: AuthorityKind

    def operated_on(self, day: date) -> bool:
        return self.operated_from <= day and (self.operated_to is None or day <= self.operated_to)


def authority(code: str) -> LocalAuthority:
    """The authority of this nine-character code, whenever it operated; raises `NoSuchAuthority`."""
    try:
        return AUTHORITIES[code]
    except KeyError:
        raise NoSuchAuthority(
            "No local authority in England has or had this code; use the nine characters that start with E."
        ) from None


def authorities_on(day: date) -> tuple[LocalAuthority, ...]:
    """Those in operation on that day, in the order of their codes."""
    return tuple(each for each in AUTHORITIES.values() if each.operated_on(day))


def _read_authorities() -> Mapping[str, LocalAuthority]:
    force_names = {row["code"]: row["name"] for row in shipped_rows("police_forces")}
    rows = shipped_rows("authorities")
    return MappingProxyType({row["code"]: _authority_from(row, force_names) for row in rows})


def _authority_from(row: Mapping[str, str], force_names: Mapping[str, str]) -> LocalAuthority:
    return LocalAuthority(
        code=row["code"],
        old_code=row["old_code"],
        name=row["name"],
        region=Region(row["region"]),
        police_force=force_names[row["police_force_code"]],
        police_force_code=row["police_force_code"],
        operated_from=date.fromisoformat(row["operated_from"]),
        operated_to=date.fromisoformat(row["operated_to"]) if row["operated_to"] else None,
        succeeded_by=tuple(row["succeeded_by"].split()),
        kind=AuthorityKind(row["kind"]),
    )


AUTHORITIES: Mapping[str, LocalAuthority] = _read_authorities()
"""By nine-character code, all of them: live and replaced."""
