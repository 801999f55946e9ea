"""Small registers of every odd shape, counted fast and counted plainly; and what no order of rows changes."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_counts import FILES, plain_figures
from register_frames import as_register

from sightline.statistics.figures import count_figures
from sightline.statistics.releases import count_release
from sightline.vocabulary import codes
from sightline.vocabulary.periods import financial_year
from sightline.vocabulary.units import Unit

YEAR = financial_year(2022)
DATA_FROM = date(2022, 1, 1)
AUTHORITIES = ("E06000001", "E08000003", "E09000007", "E10000006", "E10000015")
DAYS = st.one_of(
    st.dates(date(2021, 12, 25), date(2023, 4, 12)),
    st.sampled_from(
        [
            date(2021, 12, 31),
            date(2022, 1, 1),
            date(2022, 2, 28),
            date(2022, 3, 31),
            date(2022, 4, 1),
            date(2022, 4, 14),
            date(2022, 9, 30),
            date(2022, 12, 23),
            date(2022, 12, 31),
            date(2023, 3, 31),
            date(2023, 4, 1),
        ]
    ),
)
BIRTHDAYS = st.one_of(
    st.dates(date(2004, 1, 1), date(2021, 12, 24)),
    st.sampled_from([date(2020, 2, 29), date(2016, 2, 29), date(2021, 3, 31), date(2017, 4, 1)]),
)
SILENT = codes.NoAnswer.codes()


def one_of(code_set, *, or_empty=False):
    return st.sampled_from([*code_set.codes(), *([""] if or_empty else [])])


@st.composite
def registers(draw):
    rows = {name: [] for name in FILES}
    for number in range(draw(st.integers(0, 5))):
        _an_incident(draw, rows, f"I{number}")
    return rows


def _an_incident(draw, rows, incident_id):
    precision = draw(one_of(codes.OccurredPrecision))
    happened = "" if precision == "unknown" else draw(DAYS).isoformat()
    rows["incidents"].append(
        {
            "incident_id": incident_id,
            "occurred_on": happened,
            "occurred_precision": precision,
            "incident_la_code": draw(st.sampled_from([*AUTHORITIES, ""])),
            "outside_england": draw(one_of(codes.YesNo)),
            "abuse_or_neglect": draw(one_of(codes.AbuseOrNeglect, or_empty=True)),
        }
    )
    children = [_a_child(draw, rows, incident_id, position) for position in range(1, draw(st.integers(2, 4)))]
    for number in range(draw(st.integers(0, 3))):
        notification = _a_notification(draw, rows, incident_id, number, children)
        if draw(st.booleans()):
            _a_review(draw, rows, notification, children)


def _a_child(draw, rows, incident_id, position):
    child_ref = f"{incident_id}-C{position}"
    rows["children"].append(
        {
            "child_ref": child_ref,
            "incident_id": incident_id,
            "position": str(position),
            "role": "other",
            "date_of_birth": draw(st.one_of(st.just(""), BIRTHDAYS.map(str))),
            "age_in_months": draw(st.one_of(st.just(""), st.integers(0, 230).map(str))),
            "sex": draw(one_of(codes.Sex, or_empty=True)),
            "ethnicity_code": draw(one_of(codes.Ethnicity, or_empty=True)),
            "disability": draw(one_of(codes.YesNoNotKnown, or_empty=True)),
            "residence_la_code": draw(st.sampled_from([*AUTHORITIES, ""])),
            "placement_type": draw(one_of(codes.PlacementType, or_empty=True)),
            "looked_after": draw(one_of(codes.PlanStatus, or_empty=True)),
            "child_protection_plan": draw(one_of(codes.PlanStatus, or_empty=True)),
            "child_in_need_plan": draw(one_of(codes.PlanStatus, or_empty=True)),
            "known_to_agencies": draw(one_of(codes.YesNoNotKnown, or_empty=True)),
        }
    )
    return child_ref


def _a_notification(draw, rows, incident_id, number, children):
    notified = draw(DAYS)
    rows["notifications"].append(
        {
            "notification_id": f"{incident_id}-N{number}",
            "incident_id": incident_id,
            "index_child_ref": draw(st.sampled_from(children)),
            "route": draw(one_of(codes.Route)),
            "nature": draw(one_of(codes.Nature)),
            "notifying_la_code": draw(st.sampled_from(AUTHORITIES)),
            "aware_on": draw(
                st.one_of(st.just(""), st.integers(0, 12).map(lambda n: str(notified - timedelta(n))))
            ),
            "notified_on": notified.isoformat(),
            "withdrawn_on": draw(st.sampled_from(["", "", (notified + timedelta(3)).isoformat()])),
        }
    )
    return rows["notifications"][-1]


def _a_review(draw, rows, notification, children):
    review_id = notification["notification_id"].replace("N", "R")
    notified = date.fromisoformat(notification["notified_on"])
    received = notified + timedelta(draw(st.integers(0, 40)))
    rows["rapid_reviews"].append(
        {
            "review_id": review_id,
            "notification_id": notification["notification_id"],
            "received_on": received.isoformat(),
            "nature": draw(one_of(codes.Nature)),
            "lcspr_decision": draw(one_of(codes.LcsprDecision)),
            "national_review_potential": "no",
        }
    )
    if draw(st.booleans()):
        rows["panel_responses"].append(
            {
                "review_id": review_id,
                "responded_on": received.isoformat(),
                "outcome": draw(one_of(codes.PanelOutcome)),
                "agrees_with_lcspr_decision": draw(one_of(codes.YesNo, or_empty=True)),
            }
        )
    if draw(st.booleans()):
        _a_local_review(draw, rows, review_id, received)
    for coder in draw(st.sampled_from([(), ("A",), ("B", "A"), ("C", "A", "B")])):
        _codings(draw, rows, review_id, children, coder)


def _a_local_review(draw, rows, review_id, received):
    decided = draw(st.one_of(st.just(date(2022, 8, 31)), st.just(received)))
    published = draw(
        st.sampled_from([None, decided + timedelta(181), decided + timedelta(184), date(2023, 2, 28)])
    )
    local_review_id = review_id.replace("R", "L")
    rows["local_reviews"].append(
        {
            "local_review_id": local_review_id,
            "review_id": review_id,
            "decided_on": decided.isoformat(),
            "published_on": "" if published is None else published.isoformat(),
            "publication": draw(one_of(codes.Publication)),
            "delay_cause": "none",
        }
    )
    rows["recommendations"].append(
        {
            "recommendation_id": f"{local_review_id}-1",
            "source_review_id": local_review_id,
            "status": draw(one_of(codes.RecommendationStatus)),
        }
    )


ABOUT_CHILDREN = {
    "neglect_experienced": codes.YesNo,
    "education_status": codes.EducationStatus,
    "looked_after_ever": codes.YesNo,
    "child_mental_health_condition": codes.YesNo,
    "likely_cause_primary": codes.LikelyCause,
    "harm_primary": codes.HarmType,
}
ABOUT_REVIEWS = {"domestic_abuse": codes.YesNo, "parental_mental_health": codes.YesNo}


def _codings(draw, rows, review_id, children, coder):
    def code(child_ref, variable, value):
        rows["codings"].append(
            {
                "review_id": review_id,
                "child_ref": child_ref,
                "variable": variable,
                "value": value,
                "coder": coder,
                "codebook_version": "1",
            }
        )

    for child_ref in children:
        for variable, code_set in ABOUT_CHILDREN.items():
            if draw(st.integers(0, 3)):
                code(child_ref, variable, draw(st.sampled_from([*code_set.codes(), *SILENT])))
    for variable, code_set in ABOUT_REVIEWS.items():
        if draw(st.integers(0, 3)):
            code("", variable, draw(st.sampled_from([*code_set.codes(), *SILENT])))
    for theme in draw(st.sets(one_of(codes.PracticeTheme), max_size=3)):
        code("", "practice_theme", theme)


def counted(register, **more):
    figures = count_figures(register, counting="all", period=YEAR, data_from=DATA_FROM, **more)
    return {(each.name, each.way): each for each in figures}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=registers())
def test_the_fast_and_the_plain_count_agree(rows):
    plain = plain_figures(rows, first=YEAR.first, last=YEAR.last, data_from=DATA_FROM)
    fast = counted(as_register(rows))

    for key, (count, base) in plain.items():
        found = fast[key]
        assert (found.value, found.base) == (
            count if count is None else pytest.approx(count, abs=0.0005),
            base,
        ), key
    about_agreement = (Unit.AGREEMENT, Unit.PAIR_OF_ANSWERS)
    beyond = {key for key, each in fast.items() if each.value and each.unit not in about_agreement}
    assert beyond <= set(plain)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=registers(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance):
    shuffled = {name: chance.sample(each, len(each)) for name, each in rows.items()}
    assert counted(as_register(shuffled)) == counted(as_register(rows))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=registers(), counting=st.sampled_from(["panel", "department", "all"]))
def test_parts_sum_to_wholes_in_every_equation_of_a_release(rows, counting):
    release = count_release(as_register(rows), counting=counting, period=YEAR, data_from=DATA_FROM)

    for each in release.sums:
        assert release.cells[each.total] == sum(release.cells[part] for part in each.parts), each
    assert release.published <= set(release.cells)
    for figure in release.figures:
        if figure.statistic == "count":
            assert figure.cell is not None and release.cells[figure.cell] == figure.value


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=registers(),
    dimension=st.sampled_from(["region", "sex", "age_band", "quarter", "child_mental_health_condition"]),
)
def test_a_crossed_count_sums_to_the_uncrossed_one(rows, dimension):
    register = as_register(rows)
    whole = counted(register)
    crossed = count_figures(register, counting="all", period=YEAR, data_from=DATA_FROM, by=(dimension,))
    sums = {}
    for each in crossed:
        if each.statistic == "count" and not each.name.endswith("_rounded_to_10"):
            sums[each.name, each.way] = sums.get((each.name, each.way), 0) + each.value

    assert sums == {key: whole[key].value for key in sums}
