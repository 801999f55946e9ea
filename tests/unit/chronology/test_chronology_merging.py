"""One event told twice is one entry with two accounts; two events are never one, and nothing is lost."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import COUNCIL, FORCE, SCHOOLS, TRUST, told

from sightline.chronology.merging import merged
from sightline.chronology.same_event import RULES
from sightline.chronology.told import AccountedEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import DatePrecision, EventKind

DAY = date(2024, 3, 5)


def numbers(groups):
    return {frozenset(account.key for account in group.accounts) for group in groups}


def count_of(*accounts: AccountedEvent) -> int:
    return len(merged(accounts))


def test_a_missing_episode_told_by_school_and_police_a_day_apart_is_one_with_two_accounts():
    (group,) = merged(
        [
            told(SCHOOLS, EventKind.MISSING_EPISODE, DAY),
            told(FORCE, EventKind.MISSING_EPISODE, DAY - timedelta(1)),
        ]
    )
    assert {account.agency for account in group.accounts} == {SCHOOLS, FORCE}
    assert group.accounts[0].agency == FORCE, "the earlier day is the entry's"
    assert group.same_by == ("missing.agencies",)


@pytest.mark.parametrize(("days", "entries"), [(0, 1), (1, 1), (2, 2)])
def test_the_day_after_the_tolerance_is_another_episode(days, entries):
    other = told(SCHOOLS, EventKind.MISSING_EPISODE, DAY + timedelta(days))
    assert count_of(told(FORCE, EventKind.MISSING_EPISODE, DAY), other) == entries


def test_two_rows_of_one_collection_of_one_agency_stay_two():
    same = {"time": "21:00", "summary": "Missing."}
    assert count_of(*(told(FORCE, EventKind.MISSING_EPISODE, DAY, **same) for _ in range(2))) == 2


def test_a_police_notice_is_the_referral_that_social_care_says_the_police_made():
    notice = told(FORCE, EventKind.POLICE_NOTICE, DAY)
    referral = told(COUNCIL, EventKind.REFERRAL, DAY + timedelta(3), details={"ReferralSource": "6"})
    (group,) = merged([notice, referral])
    assert group.kind is EventKind.REFERRAL
    assert group.accounts[0] is referral, "the referral's day is the referral's"


def test_a_referral_by_a_school_is_not_the_police_notice_of_the_same_day():
    referral = told(COUNCIL, EventKind.REFERRAL, DAY, details={"ReferralSource": "2A"})
    assert count_of(told(FORCE, EventKind.POLICE_NOTICE, DAY), referral) == 2
    assert count_of(told(SCHOOLS, EventKind.REFERRAL, DAY), referral) == 1
    assert count_of(told(TRUST, EventKind.REFERRAL, DAY), referral) == 2


def test_a_section_47_enquiry_in_two_returns_of_one_authority_is_one():
    census = told(COUNCIL, EventKind.SECTION_47, DAY, source="cin-census")
    assert count_of(census, told(COUNCIL, EventKind.SECTION_47, DAY, source="annex-a")) == 1
    assert count_of(census, told(COUNCIL, EventKind.SECTION_47, DAY + timedelta(1), source="annex-a")) == 2


def test_section_47_enquiries_of_two_authorities_are_two():
    care = AgencyKind.SOCIAL_CARE
    other = told("E08000001", EventKind.SECTION_47, DAY, agency_kind=care, source="cin-census")
    assert count_of(told(COUNCIL, EventKind.SECTION_47, DAY), other) == 2


def test_two_years_deliveries_tell_one_event_by_the_agencys_own_number():
    first = replace(told(COUNCIL, EventKind.CHILD_PROTECTION_PLAN, DAY, event_id="plan-9"), collection="2024")
    second = replace(
        told(COUNCIL, EventKind.CHILD_PROTECTION_PLAN, DAY + timedelta(4), event_id="plan-9"),
        collection="2025",
    )
    assert count_of(first, second) == 1
    assert count_of(first, replace(second, collection="2024")) == 2


def test_an_emergency_attendance_told_by_hospital_and_social_care_is_one_unless_the_hours_are_far_apart():
    hospital = told(TRUST, EventKind.EMERGENCY_ATTENDANCE, DAY, time="23:50")
    assert (
        count_of(hospital, told(COUNCIL, EventKind.EMERGENCY_ATTENDANCE, DAY + timedelta(1), time="00:40"))
        == 1
    )
    assert count_of(hospital, told(COUNCIL, EventKind.EMERGENCY_ATTENDANCE, DAY, time="08:00")) == 2


def test_a_plan_known_to_the_month_meets_the_plan_known_to_the_day_and_a_visit_does_not():
    coarse = {"precision": DatePrecision.MONTH}
    month = date(2024, 3, 1)
    plan = told(COUNCIL, EventKind.CHILD_PROTECTION_PLAN, DAY)
    assert count_of(plan, told(SCHOOLS, EventKind.CHILD_PROTECTION_PLAN, month, **coarse)) == 1
    visit = told(COUNCIL, EventKind.VISIT, DAY)
    assert count_of(visit, told(COUNCIL, EventKind.VISIT, month, source="annex-a", **coarse)) == 2


def test_moves_of_one_month_to_different_postcodes_are_two():
    def move(agency, code):
        return told(agency, EventKind.CHANGE_OF_ADDRESS, DAY, details={"Postcode": code})

    assert count_of(move(COUNCIL, "DH1 1AA"), move(TRUST, "dh11aa")) == 1
    assert count_of(move(COUNCIL, "DH1 1AA"), move(TRUST, "DH1 1AB")) == 2


def test_of_two_episodes_the_nearer_is_joined_and_the_other_named_as_possible():
    first = told(FORCE, EventKind.MISSING_EPISODE, DAY, time="20:00")
    second = told(FORCE, EventKind.MISSING_EPISODE, DAY - timedelta(1), time="20:00")
    school = told(SCHOOLS, EventKind.MISSING_EPISODE, DAY, time="19:30")
    groups = merged([first, second, school])
    joined = next(group for group in groups if len(group.accounts) == 2)
    alone = next(group for group in groups if len(group.accounts) == 1)
    assert first in joined.accounts and school in joined.accounts and alone.accounts == (second,)
    assert alone.may_be and joined.may_be == (second,)


def test_events_without_a_date_are_never_merged():
    undated = [
        told(agency, EventKind.BIRTH, None, precision=DatePrecision.UNKNOWN) for agency in (COUNCIL, TRUST)
    ]
    assert count_of(*undated) == 2


def test_every_rule_has_its_own_name_a_reason_and_kinds():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.why.endswith(".") and rule.kinds and rule.days >= 0 for rule in RULES)


accounts = st.builds(
    lambda agency, kind, day, time, source, precision, number: told(
        agency,
        kind,
        None if precision is DatePrecision.UNKNOWN else date(2024, 3, 1) + timedelta(day),
        time=time,
        source=source,
        precision=precision,
        event_id=f"e{number}",
    ),
    st.sampled_from([COUNCIL, TRUST, SCHOOLS, FORCE]),
    st.sampled_from(
        [
            EventKind.MISSING_EPISODE,
            EventKind.REFERRAL,
            EventKind.POLICE_NOTICE,
            EventKind.CONTACT,
            EventKind.BIRTH,
        ]
    ),
    st.integers(0, 6),
    st.sampled_from(["", "09:00", "23:30"]),
    st.sampled_from(["one", "two"]),
    st.sampled_from(list(DatePrecision)),
    st.integers(0, 40),
)


@given(st.lists(accounts, max_size=25))
def test_no_account_is_lost_or_doubled(listed):
    out = [account for group in merged(listed) for account in group.accounts]
    assert {(each.key, each.content) for each in out} == {(each.key, each.content) for each in listed}
    assert len(out) == len({(each.key, each.content) for each in listed})


@given(st.lists(accounts, max_size=25), st.integers())
def test_order_changes_nothing(listed, seed):
    shuffled = list(listed)
    Random(seed).shuffle(shuffled)  # noqa: S311
    assert sorted(map(repr, described(merged(listed)))) == sorted(map(repr, described(merged(shuffled))))


def described(groups):
    return [
        (
            group.kind,
            [(each.key, each.content) for each in group.accounts],
            group.same_by,
            [each.key for each in group.may_be],
        )
        for group in groups
    ]


@given(st.lists(accounts, max_size=25))
def test_merging_what_was_merged_changes_nothing(listed):
    once = merged(listed)
    again = merged([account for group in once for account in group.accounts])
    assert sorted(map(repr, described(once))) == sorted(map(repr, described(again)))


@given(st.lists(accounts, max_size=25))
def test_no_entry_holds_two_accounts_of_one_collection(listed):
    for group in merged(listed):
        origins = [(each.agency, each.told_in) for each in group.accounts]
        assert len(origins) == len(set(origins))


@pytest.mark.parametrize(
    ("kind", "part"),
    [(EventKind.ATTENDANCE, {"attendance_code": "E"}), (EventKind.SEND, {"sen_type": "SEMH"})],
)
def test_a_part_of_what_another_collection_tells_is_an_entry_of_its_own(kind, part):
    whole = replace(told(SCHOOLS, kind, DAY), collection="pupilonroll")
    other = replace(told(SCHOOLS, kind, DAY, details=part), collection="senneeds")
    assert count_of(whole, other) == 2
    assert count_of(whole, replace(told(SCHOOLS, kind, DAY), collection="other")) == 1
