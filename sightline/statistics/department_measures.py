"""The department's measures: notifications of the period by the date notified."""

from functools import partial

from sightline.statistics.department_facts import LEFT_OUT_ROUTES
from sightline.statistics.measures import DEPARTMENT_RELEASE, LAYOUT, Declaration, Measure, breakdown
from sightline.statistics.tables import where
from sightline.statistics.variables import VARIABLES
from sightline.vocabulary.areas import Region
from sightline.vocabulary.codes import Nature
from sightline.vocabulary.units import Unit

_NOTIFICATIONS = "Notifications of the period, care leavers' deaths and withdrawn ones left out"
SERIOUS_HARM_AND_OTHER = ("other", "serious_harm")

_notification = partial(
    Measure,
    unit=Unit.NOTIFICATION,
    way="department",
    rows="notifications",
    base_sentence=_NOTIFICATIONS,
    source=DEPARTMENT_RELEASE,
)
_by = partial(
    breakdown,
    way="department",
    rows="notifications",
    unit=Unit.NOTIFICATION,
    source=DEPARTMENT_RELEASE,
)
_of_all = partial(_by, base_sentence=_NOTIFICATIONS)
_left_out = partial(
    Measure,
    unit=Unit.NOTIFICATION,
    way="department",
    rows="notifications_left_out",
    variable="left_out_because",
    base=None,
)

_BREAKDOWNS: tuple[Declaration, ...] = (
    _notification(name="notifications_total", sentence=_NOTIFICATIONS),
    _of_all("nature", "nature", sentence="Notifications by nature as notified: {label}"),
    _of_all("sex", "sex"),
    _of_all("age", "age_band"),
    *(
        _of_all(name, name)
        for name in (
            "ethnicity",
            "looked_after",
            "child_protection_plan",
            "child_in_need_plan",
            "known_to_agencies",
            "disability",
            "placement_type",
            "region",
        )
    ),
    *(
        _notification(
            name=f"region_{region}_rounded_to_10",
            sentence=f"Notifications of the region {region.label}, rounded to the nearest ten",
            variable="region",
            counted=(str(region),),
            base=None,
            base_sentence="",
            rounded_to=10,
        )
        for region in Region
    ),
    _of_all("quarter", "quarter"),
)

_ABUSE_OR_NEGLECT_NOT_RULED_OUT = ("known", "not_known", "not_supplied", "suspected")
_LOOKED_AFTER_DEATHS = "Notifications of the death of a child looked after at the time"


def _by_nature(prefix: str, values: tuple[str, ...], sentence: str) -> tuple[Declaration, ...]:
    base = where(nature=values)
    of_these = partial(_by, base=base, base_sentence=sentence)
    return (
        _notification(
            name=f"{prefix}_looked_after_current",
            sentence=f"{sentence}: the child was looked after at the time",
            variable="looked_after",
            counted=("current",),
            base=base,
            base_sentence=sentence,
        ),
        of_these(f"{prefix}_sex", "sex", sentence=f"{sentence} by sex: {{label}}"),
        of_these(f"{prefix}_age", "age_band", sentence=f"{sentence} by age at the incident: {{label}}"),
    )


_CROSSED: tuple[Declaration, ...] = (
    *_by_nature("death", ("death",), "Notifications of a child's death"),
    *_by_nature(
        "serious_harm_and_other",
        SERIOUS_HARM_AND_OTHER,
        "Notifications of serious harm and of other incidents",
    ),
    _notification(
        name="looked_after_current_death_no_abuse_or_neglect",
        sentence=f"{_LOOKED_AFTER_DEATHS}, abuse and neglect neither known nor suspected",
        variable="abuse_or_neglect",
        counted=("neither",),
        base=where(nature="death", looked_after="current"),
        base_sentence=_LOOKED_AFTER_DEATHS,
    ),
    _notification(
        name="looked_after_current_death_abuse_or_neglect_or_not_known",
        sentence=f"{_LOOKED_AFTER_DEATHS}, abuse or neglect known, suspected or not ruled out",
        variable="abuse_or_neglect",
        counted=_ABUSE_OR_NEGLECT_NOT_RULED_OUT,
        base=where(nature="death", looked_after="current"),
        base_sentence=_LOOKED_AFTER_DEATHS,
    ),
)

_PATH: tuple[Declaration, ...] = (
    _of_all("route", "route", only=VARIABLES["route"].others(*LEFT_OUT_ROUTES)),
    _notification(
        name="notified_within_5_wd",
        sentence="Notifications sent by the 5th working day after the local authority became aware",
        variable="notified_in_time",
        counted=("in_time",),
        left_out=("not_supplied",),
        base_sentence="Notifications that say when the authority became aware",
    ),
    _notification(
        name="notified_late",
        sentence="Notifications sent after the 5th working day",
        variable="notified_in_time",
        counted=("late",),
        left_out=("not_supplied",),
        base_sentence="Notifications that say when the authority became aware",
    ),
    Measure(
        name="incidents_behind_these_notifications",
        sentence="Incidents behind these notifications",
        unit=Unit.INCIDENT,
        way="department",
        rows="incidents",
        base=None,
    ),
    _notification(
        name="notifications_with_rapid_review_on_the_incident",
        sentence="Notifications of an incident that has a rapid review",
        variable="rapid_review",
        counted=("yes",),
    ),
    _notification(
        name="occurred_before_the_year",
        sentence="Notifications of incidents that occurred before the period",
        variable="occurred",
        counted=("before_the_period",),
    ),
    _notification(
        name="occurred_on_not_supplied",
        sentence="Notifications of incidents whose date is not supplied",
        variable="occurred",
        counted=("not_supplied",),
    ),
    _left_out(
        name="left_out_withdrawn",
        sentence="Notifications of the period left out because they were withdrawn",
        counted=("withdrawn",),
        source=LAYOUT,
    ),
    _left_out(
        name="left_out_care_leaver_death",
        sentence="Notifications of the period left out because they are of a care leaver's death",
        counted=("care_leaver_death",),
        source=LAYOUT,
    ),
)


def quarters_by_nature(quarters: tuple[str, ...]) -> tuple[Declaration, ...]:
    """One family a quarter, because the quarter is the base: its shares are of the quarter."""
    return tuple(
        _by(
            f"quarter_{quarter}",
            "nature",
            base=where(quarter=quarter),
            base_sentence=f"Notifications of quarter {quarter} of the period",
            only=Nature.codes(),
            sentence=f"Notifications of quarter {quarter} by nature as notified: {{label}}",
        )
        for quarter in quarters
    )


DEPARTMENT: tuple[Declaration, ...] = (*_BREAKDOWNS, *_CROSSED, *_PATH)
