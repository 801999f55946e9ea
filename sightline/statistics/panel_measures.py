"""The Panel's measures: incidents of the period that have a rapid review."""

from functools import partial

from sightline.statistics.measures import CODEBOOK, PANEL_REPORT, Declaration, Measure, breakdown
from sightline.statistics.tables import Statistic, Where, where
from sightline.statistics.variables import THEMES, theme_variable
from sightline.vocabulary.codes import NOT_IN_SCHOOL, ON_ROLL_ANY
from sightline.vocabulary.units import Unit

_INCIDENTS = "Incidents in the period that have a rapid review"
_SCHOOL_AGE = "Index children of school age (5 to 15 years at the incident)"
_CHILD = " (the first listed child of the incident)"

OF_SCHOOL_AGE: Where = where(school_age="yes")
DEATHS: Where = where(nature="death")
SERIOUS_HARM: Where = where(nature="serious_harm")

_incident = partial(
    Measure, unit=Unit.INCIDENT, way="panel", rows="incidents", base_sentence=_INCIDENTS, source=PANEL_REPORT
)
_review = partial(
    Measure, unit=Unit.REVIEW, way="panel", rows="incidents", base_sentence=_INCIDENTS, source=PANEL_REPORT
)
_index_child = partial(
    Measure, unit=Unit.CHILD, way="panel", rows="incidents", base_sentence=_INCIDENTS, source=PANEL_REPORT
)
_all_children = partial(
    Measure,
    unit=Unit.CHILD,
    way="panel",
    rows="children",
    base_sentence="All children in the incidents of the period that have a rapid review",
    source=CODEBOOK,
)
_by = partial(breakdown, way="panel", rows="incidents", base_sentence=_INCIDENTS)
_of_incidents = partial(_by, unit=Unit.INCIDENT)
_of_reviews = partial(_by, unit=Unit.REVIEW, source=CODEBOOK)
_of_index_children = partial(_by, unit=Unit.CHILD)
_of_pupils = partial(_index_child, base=OF_SCHOOL_AGE, base_sentence=_SCHOOL_AGE, variable="education_status")

_SIZE: tuple[Declaration, ...] = (
    _incident(name="incidents_total", sentence="Incidents in the period that have a rapid review"),
    _of_incidents(
        "nature",
        "nature",
        source=PANEL_REPORT,
        sentence="Incidents by nature as coded on the rapid review: {label}",
    ),
    _all_children(
        name="children_total", sentence="All children in these incidents", base=None, base_sentence=""
    ),
    _all_children(
        name="children_who_are_not_the_index_child",
        sentence="Children in these incidents who are not the first listed child",
        variable="index_child",
        counted=("no",),
    ),
    Measure(
        name="notifications_of_these_incidents",
        sentence="Notifications of these incidents, whenever notified, withdrawn ones included",
        unit=Unit.NOTIFICATION,
        way="panel",
        rows="notifications",
        base=None,
    ),
    Measure(
        name="notifications_of_these_incidents_not_withdrawn",
        sentence="Notifications of these incidents, whenever notified, that were not withdrawn",
        unit=Unit.NOTIFICATION,
        way="panel",
        rows="notifications",
        variable="withdrawn",
        counted=("no",),
        base=None,
    ),
    _incident(
        name="incidents_notified_only_after_the_year",
        sentence="Incidents of the period that were first notified after its last day",
        variable="first_notified",
        counted=("after_the_period",),
    ),
)

_CHILDREN: tuple[Declaration, ...] = (
    _index_child(
        name="index_child_under_12_months",
        sentence="Index children under 12 months old at the incident",
        variable="age_band",
        counted=("under_1",),
    ),
    _of_index_children("age", "age_band"),
    _of_index_children("sex", "sex"),
    _of_index_children("ethnicity", "ethnicity"),
    _review(
        name="reviews_neglect_experienced",
        sentence="Rapid reviews in which at least one child was coded as having experienced neglect",
        variable="neglect_experienced_by_any_child",
        counted=("yes",),
    ),
    _index_child(
        name="index_children_neglect_experienced",
        sentence=f"Children coded as having experienced neglect{_CHILD}",
        variable="neglect_experienced",
        counted=("yes",),
    ),
    _of_index_children("looked_after_ever", "looked_after_ever", source=CODEBOOK),
    _of_index_children("child_protection_plan_ever", "child_protection_plan_ever", source=CODEBOOK),
    # The year's 21% is printed both as “a mental health condition” and as “one or more health
    # conditions”. These are two questions, so both families exist and each sentence says which it is.
    _of_index_children(
        "child_mental_health_condition",
        "child_mental_health_condition",
        source=PANEL_REPORT,
        sentence=f"Children by whether a mental health condition is recorded{_CHILD}: {{label}}. "
        "This is the reading “a mental health condition” of the published 21%",
    ),
    _of_index_children(
        "child_health_condition",
        "child_health_condition",
        source=PANEL_REPORT,
        sentence=f"Children by whether a health condition is recorded{_CHILD}: {{label}}. "
        "This is the reading “one or more health conditions” of the published 21%",
    ),
    _all_children(
        name="all_children_mental_health_condition",
        sentence="Children in these incidents, not only the first listed, with a mental health condition",
        variable="child_mental_health_condition",
        counted=("yes",),
    ),
    _all_children(
        name="all_children_mental_health_condition_aged_11_to_17",
        sentence="Children with a mental health condition who were 11 to 17 at the incident",
        variable="aged_11_to_17",
        counted=("yes",),
        base=where(child_mental_health_condition="yes"),
        base_sentence="All children in these incidents with a mental health condition",
    ),
    _all_children(
        name="youngest_with_mental_health_condition_years",
        sentence="Age in completed years of the youngest child with a mental health condition",
        unit=Unit.YEAR,
        statistic=Statistic.MINIMUM,
        column="months",
        base=where(child_mental_health_condition="yes"),
        base_sentence="All children in these incidents with a mental health condition whose age is known",
    ),
)

_SCHOOL: tuple[Declaration, ...] = (
    _index_child(
        name="school_age_index_children",
        sentence="Index children of school age (5 to 15 years at the incident)",
        variable="school_age",
        counted=("yes",),
    ),
    _of_pupils(
        name="school_age_not_in_school",
        sentence="School-age children not in school: home educated, missing education, excluded, awaiting a "
        "place or not in education",
        counted=tuple(map(str, NOT_IN_SCHOOL)),
    ),
    _of_pupils(
        name="school_age_regularly_absent",
        sentence="School-age children on a school's roll and reported as regularly absent",
        counted=("on_roll_regularly_absent",),
    ),
    _of_pupils(
        name="school_age_on_roll_any",
        sentence="School-age children on a school's roll, the regularly absent and those on a part-time "
        "timetable included",
        counted=tuple(map(str, ON_ROLL_ANY)),
    ),
    _of_index_children(
        "school_age_education",
        "education_status",
        base=OF_SCHOOL_AGE,
        base_sentence=_SCHOOL_AGE,
        source=CODEBOOK,
    ),
)

_FAMILY_AND_CAUSE: tuple[Declaration, ...] = (
    *(
        _of_reviews(name, name)
        for name in (
            "family_known_to_social_care",
            "domestic_abuse",
            "parental_mental_health",
            "parental_substance_misuse",
        )
    ),
    _of_incidents(
        "likely_cause",
        "likely_cause_primary",
        base=DEATHS,
        base_sentence="Incidents coded as a child's death",
        source=CODEBOOK,
    ),
    _of_incidents(
        "harm",
        "harm_primary",
        base=SERIOUS_HARM,
        base_sentence="Incidents coded as serious harm",
        source=CODEBOOK,
    ),
    _index_child(
        name="suicide_with_mental_health_condition",
        sentence="Children whose death was coded as a likely suicide and who had a mental health condition",
        variable="child_mental_health_condition",
        counted=("yes",),
        base=where(nature="death", likely_cause_primary="suicide"),
        base_sentence="Index children whose death was coded as a likely suicide",
    ),
    _review(
        name="parental_mental_health_yes_where_a_child_is_1_to_5",
        sentence="Rapid reviews that record a parent's mental health condition where a child in the incident "
        "was 1 to 5 years old",
        variable="parental_mental_health",
        counted=("yes",),
        base=where(a_child_is_1_to_5="yes"),
        base_sentence="Rapid reviews of incidents in which a child was 1 to 5 years old",
    ),
    *(
        _review(
            name=theme_variable(theme),
            sentence=f"Rapid reviews by practice theme raised: {label}",
            variable=theme_variable(theme),
            counted=("yes",),
            source=CODEBOOK,
        )
        for theme, label in sorted(THEMES.items())
    ),
)

_TIME_AND_DECISION: tuple[Declaration, ...] = (
    _incident(
        name="notified_within_5_wd",
        sentence="Incidents notified by the 5th working day after the local authority became aware",
        variable="notified_in_time",
        counted=("in_time",),
        left_out=("not_supplied",),
        base_sentence="Incidents whose notification says when the authority became aware",
    ),
    _incident(
        name="notified_late",
        sentence="Incidents notified after the 5th working day",
        variable="notified_in_time",
        counted=("late",),
        left_out=("not_supplied",),
        base_sentence="Incidents whose notification says when the authority became aware",
    ),
    _review(
        name="rapid_review_within_15_wd",
        sentence="Rapid reviews received by the 15th working day after the notification",
        variable="rapid_review_in_time",
        counted=("in_time",),
    ),
    _review(
        name="rapid_review_late",
        sentence="Rapid reviews received after the 15th working day",
        variable="rapid_review_in_time",
        counted=("late",),
    ),
    _review(
        name="rapid_review_late_mean_wd_late",
        sentence="Mean number of working days by which late rapid reviews were late",
        unit=Unit.WORKING_DAY,
        statistic=Statistic.MEAN,
        column="working_days_late",
        base=where(rapid_review_in_time="late"),
        base_sentence="Rapid reviews received after the 15th working day",
    ),
    _of_reviews("lcspr_decision", "lcspr_decision"),
    _of_reviews("panel_outcome", "panel_outcome"),
    _of_reviews("panel_agrees_with_lcspr_decision", "panel_agrees_with_lcspr_decision"),
    _incident(
        name="incident_la_is_not_residence_la",
        sentence="Incidents in an authority other than the one where the first listed child lived",
        variable="incident_la_and_residence_la",
        counted=("different",),
    ),
    _incident(
        name="outside_england",
        sentence="Incidents that happened outside England",
        variable="outside_england",
        counted=("yes",),
    ),
    *(
        Measure(name=name, sentence=sentence, unit=Unit.LOCAL_REVIEW, way="panel", rows=rows, base=None)
        for name, sentence, rows in (
            (
                "lcsprs_considered",
                "Local reviews that reached the Panel in the period, which are those published in it",
                "local_reviews_published",
            ),
            (
                "local_reviews_published_in_year",
                "Local reviews published in the period",
                "local_reviews_published",
            ),
            (
                "local_reviews_decided_in_year",
                "Local reviews that were decided on in the period",
                "local_reviews_decided",
            ),
            (
                "local_reviews_of_rapid_reviews_received_in_year",
                "Local reviews of rapid reviews received in the period",
                "local_reviews_of_rapid_reviews_received",
            ),
        )
    ),
)

_longer = partial(
    Measure,
    unit=Unit.INCIDENT,
    way="panel_15_months",
    rows="incidents",
    base_sentence="Incidents of the longer window that have a rapid review",
    source=PANEL_REPORT,
)
LONGER_WINDOW: tuple[Declaration, ...] = (
    _longer(name="incidents_total", sentence="Incidents of the longer window that have a rapid review"),
    breakdown(
        "nature",
        "nature",
        way="panel_15_months",
        rows="incidents",
        unit=Unit.INCIDENT,
        base_sentence="Incidents of the longer window that have a rapid review",
        source=PANEL_REPORT,
        sentence="Incidents of the longer window by nature as coded on the rapid review: {label}",
    ),
    _longer(
        name="incidents_in_the_quarter_before",
        sentence="Incidents of the longer window that occurred before the year in focus",
        rows="incidents_before",
        base_rows="incidents",
    ),
    _longer(
        name="children_total",
        sentence="All children in the incidents of the longer window",
        unit=Unit.CHILD,
        rows="children",
        base=None,
        base_sentence="",
    ),
)

PANEL: tuple[Declaration, ...] = (
    *_SIZE,
    *_CHILDREN,
    *_SCHOOL,
    *_FAMILY_AND_CAUSE,
    *_TIME_AND_DECISION,
)
