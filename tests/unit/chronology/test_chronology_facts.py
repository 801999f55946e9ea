"""Facts are yes, no or not known, with reasons: silence is never a no by itself."""

from datetime import date

import pytest
from stories import (
    AS_OF,
    COUNCIL,
    FORCE,
    NAMES,
    SCHOOLS,
    TRUST,
    a_childs_records,
    a_story,
    answered,
    everybodys_answers,
    held,
    told,
)

from sightline.chronology.composing import compose
from sightline.chronology.entries import Question
from sightline.chronology.told import Tells
from sightline.vocabulary.codes import YesNoNotKnown as Answer
from sightline.vocabulary.events import DatePrecision, Nothing
from sightline.vocabulary.events import EventKind as E

YES, NO, NOT_KNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN


def facts(*accounts, records=None, answers=None, as_of=AS_OF):
    whole = compose(
        "C000123",
        told=accounts,
        records=a_childs_records() if records is None else records,
        answers=everybodys_answers() if answers is None else answers,
        names=NAMES,
        as_of=as_of,
    )
    return {fact.question: fact for fact in whole.facts}


def test_every_question_is_answered_once_and_names_entries_that_are_there():
    whole = compose(
        "C1", told=a_story(), records=a_childs_records(), answers=everybodys_answers(), as_of=AS_OF
    )
    assert [fact.question for fact in whole.facts] == list(Question)
    numbers = {entry.number for entry in whole.entries}
    assert all(set(fact.rests_on) <= numbers and fact.because and fact.as_of == AS_OF for fact in whole.facts)


def test_an_open_plan_is_now_and_ever():
    found = facts(told(COUNCIL, E.CHILD_PROTECTION_PLAN, date(2024, 4, 2), is_open=True))
    assert found[Question.PLAN_NOW].answer is YES and found[Question.PLAN_EVER].answer is YES
    assert found[Question.KNOWN_NOW].answer is YES and found[Question.LOOKED_AFTER_NOW].answer is NO
    assert "County Durham council" in found[Question.PLAN_NOW].because


@pytest.mark.parametrize(("ended", "now"), [(date(2025, 6, 29), NO), (AS_OF, YES)])
def test_a_plan_runs_on_its_last_day_and_not_the_day_after(ended, now):
    found = facts(told(COUNCIL, E.CHILD_PROTECTION_PLAN, date(2024, 4, 2), until=ended))
    assert (found[Question.PLAN_NOW].answer, found[Question.PLAN_EVER].answer) == (now, YES)


def test_the_newer_extract_knows_that_a_plan_has_ended():
    found = facts(
        told(COUNCIL, E.CHILD_PROTECTION_PLAN, date(2024, 4, 2), is_open=True, made_on=date(2024, 5, 1)),
        told(COUNCIL, E.CHILD_PROTECTION_PLAN, date(2024, 4, 2), until=date(2025, 1, 9), source="annex-a"),
    )
    assert found[Question.PLAN_NOW].answer is NO


def test_a_plan_whose_end_is_not_told_is_not_known_now():
    found = facts(told(COUNCIL, E.CHILD_PROTECTION_PLAN, date(2024, 4, 2)))
    assert (found[Question.PLAN_NOW].answer, found[Question.PLAN_EVER].answer) == (NOT_KNOWN, YES)


@pytest.mark.parametrize("nothing", [Nothing.NOT_ANSWERED, Nothing.NOT_ALLOWED, Nothing.FAILED])
def test_an_agency_that_would_know_and_did_not_tell_makes_it_not_known(nothing):
    answers = [answered(COUNCIL, nothing), answered(TRUST), answered(SCHOOLS), answered(FORCE)]
    found = facts(records=[held(TRUST)], answers=answers)
    assert found[Question.PLAN_EVER].answer is NOT_KNOWN
    assert nothing.label.casefold() in found[Question.PLAN_EVER].because.casefold()


def test_nobody_asked_makes_everything_not_known():
    found = facts(records=[held(TRUST)], answers=[])
    silent = {
        question: fact.answer for question, fact in found.items() if question is not Question.NOT_IN_SCHOOL
    }
    assert set(silent.values()) == {NOT_KNOWN}


def test_no_is_said_where_whoever_would_know_holds_nothing():
    found = facts(records=[held(TRUST)], answers=[answered(COUNCIL, Nothing.NONE_HELD)])
    assert found[Question.PLAN_EVER].answer is NO and found[Question.KNOWN_EVER].answer is NO


def test_a_return_of_one_year_cannot_say_never():
    census = Tells(now=frozenset({E.CHILD_PROTECTION_PLAN, E.CHILD_IN_NEED}))
    found = facts(records=[held(COUNCIL)], answers=[answered(COUNCIL, tells=census)])
    assert (found[Question.PLAN_NOW].answer, found[Question.PLAN_EVER].answer) == (NO, NOT_KNOWN)


@pytest.mark.parametrize(("day", "answer"), [(date(2025, 3, 30), NO), (date(2025, 3, 29), NOT_KNOWN)])
def test_an_old_extract_cannot_say_not_now(day, answer):
    found = facts(records=[held(COUNCIL)], answers=[answered(COUNCIL, told_to=day)])
    assert found[Question.PLAN_NOW].answer is answer
    assert found[Question.PLAN_EVER].answer is NO


def test_missing_needs_police_and_social_care_to_say_no():
    assert facts(answers=[answered(COUNCIL)])[Question.MISSING].answer is NOT_KNOWN
    assert facts(answers=[answered(COUNCIL), answered(FORCE)])[Question.MISSING].answer is NO


def test_contacts_alone_are_known_as_contacts_alone():
    found = facts(told(COUNCIL, E.CONTACT, date(2025, 1, 1)))
    assert (found[Question.KNOWN_EVER].answer, found[Question.KNOWN_EVER].value) == (YES, "contacts only")


def test_a_plan_that_starts_after_the_day_is_not_told_yet():
    assert (
        facts(told(COUNCIL, E.CHILD_PROTECTION_PLAN, date(2025, 7, 1), is_open=True))[
            Question.PLAN_EVER
        ].answer
        is NO
    )


def attended(possible, missed, on=date(2024, 9, 1), until=date(2024, 12, 20), **more):
    details = {"sessions_possible": str(possible), "sessions_absent": str(missed)} | more.pop("details", {})
    return told(SCHOOLS, E.ATTENDANCE, on, until=until, details=details, **more)


@pytest.mark.parametrize(
    ("missed", "persistent", "severe"), [(13, NO, NO), (14, YES, NO), (69, YES, NO), (70, YES, YES)]
)
def test_ten_per_cent_of_sessions_is_persistent_and_half_is_severe(missed, persistent, severe):
    found = facts(attended(140, missed))
    assert (found[Question.PERSISTENTLY_ABSENT].answer, found[Question.SEVERELY_ABSENT].answer) == (
        persistent,
        severe,
    )
    assert "From sessions" in found[Question.PERSISTENTLY_ABSENT].because


def test_terms_of_the_newest_school_year_are_added_and_older_years_left_out():
    spring = attended(100, 2, date(2025, 1, 6), date(2025, 4, 4))
    old = attended(300, 300, date(2023, 9, 1), date(2024, 7, 20))
    found = facts(attended(100, 17), spring, old)[Question.PERSISTENTLY_ABSENT]
    assert (found.answer, found.value) == (NO, "9.5% missed")
    assert "19 of 200" in found.because


def test_a_year_that_holds_its_terms_is_counted_once():
    year = attended(380, 50, date(2024, 9, 1), date(2025, 5, 30), source="annual")
    assert "50 of 380" in facts(attended(140, 22), year)[Question.PERSISTENTLY_ABSENT].because


def test_a_percentage_without_sessions_says_so():
    given = told(
        SCHOOLS, E.ATTENDANCE, None, precision=DatePrecision.UNKNOWN, details={"attendance_pct": "90"}
    )
    found = facts(given)[Question.PERSISTENTLY_ABSENT]
    assert found.answer is YES and "without sessions" in found.because


def test_no_attendance_told_is_not_known():
    assert facts()[Question.PERSISTENTLY_ABSENT].answer is NOT_KNOWN


def test_on_a_roll_is_in_school_and_home_education_since_is_not():
    roll = told(SCHOOLS, E.SCHOOL_ROLL, date(2020, 9, 1), is_open=True)
    assert facts(roll)[Question.NOT_IN_SCHOOL].answer is NO
    home = told(SCHOOLS, E.HOME_EDUCATION, date(2025, 2, 1), is_open=True)
    assert facts(roll, home)[Question.NOT_IN_SCHOOL].answer is YES
    later = told(SCHOOLS, E.SCHOOL_ROLL, date(2025, 3, 1), is_open=True)
    assert facts(roll, home, later)[Question.NOT_IN_SCHOOL].answer is NO


def test_no_roll_anywhere_is_not_in_school_only_if_schools_were_asked():
    records = [held(COUNCIL)]
    asked = [answered(SCHOOLS, Nothing.NONE_HELD)]
    assert facts(records=records, answers=asked)[Question.NOT_IN_SCHOOL].answer is YES
    assert facts(records=records, answers=[])[Question.NOT_IN_SCHOOL].answer is NOT_KNOWN


@pytest.mark.parametrize(
    ("born", "as_of", "value"),
    [
        (date(2020, 1, 1), date(2025, 3, 30), "not of school age"),
        (date(2020, 1, 1), date(2025, 3, 31), ""),
        (date(2008, 9, 1), date(2025, 6, 27), ""),
        (date(2008, 9, 1), date(2025, 6, 28), "not of school age"),
    ],
)
def test_school_age_has_a_first_and_a_last_day(born, as_of, value):
    found = facts(records=[held(COUNCIL, born_on=born)], as_of=as_of)[Question.NOT_IN_SCHOOL]
    assert found.value == value


def test_records_that_disagree_on_the_birth_leave_school_age_open():
    records = [held(COUNCIL), held(TRUST, born_on=date(2015, 2, 11))]
    assert facts(records=records)[Question.NOT_IN_SCHOOL].answer is NOT_KNOWN


def test_incidents_are_counted_in_all_and_in_the_twelve_months():
    days = [date(2024, 6, 29), date(2024, 6, 30), date(2025, 6, 30)]
    found = facts(*(told(FORCE, E.DOMESTIC_ABUSE, day) for day in days))[Question.DOMESTIC_ABUSE]
    assert (found.answer, found.value, len(found.rests_on)) == (YES, "3 in all, 2 in 12 months", 3)


def test_a_count_names_who_has_not_told():
    answers = [answered(COUNCIL, Nothing.NOT_ALLOWED), answered(FORCE)]
    found = facts(told(FORCE, E.MISSING_EPISODE, date(2025, 1, 1)), answers=answers, records=[held(FORCE)])
    assert "County Durham council" in found[Question.MISSING].because


def test_a_plan_that_the_next_extract_no_longer_tells_of_is_not_known_to_run():
    plan = told(COUNCIL, E.CHILD_PROTECTION_PLAN, date(2024, 4, 2), is_open=True, made_on=date(2024, 5, 1))
    visit = told(COUNCIL, E.VISIT, date(2025, 4, 2), made_on=date(2025, 5, 1))
    assert facts(plan)[Question.PLAN_NOW].answer is YES
    found = facts(plan, visit)[Question.PLAN_NOW]
    assert found.answer is NOT_KNOWN and "no longer told of on 1 May 2025" in found.because
    other_format = told(COUNCIL, E.VISIT, date(2025, 4, 2), made_on=date(2025, 5, 1), source="annex-a")
    assert facts(plan, other_format)[Question.PLAN_NOW].answer is YES


def test_attendance_told_by_codes_alone_is_told_and_measures_nothing():
    by_code = told(SCHOOLS, E.ATTENDANCE, date(2024, 8, 1), details={"attendance_code": "O", "sessions": "9"})
    fact = facts(by_code)[Question.PERSISTENTLY_ABSENT]
    assert fact.answer is NOT_KNOWN
    assert fact.because == "Attendance is told, but not how much was missed of what was possible."
    assert fact.rests_on


def test_the_autumns_sessions_are_of_the_school_year_that_begins_in_it():
    def term(on: date, missed: int):
        return told(
            SCHOOLS,
            E.ATTENDANCE,
            on,
            precision=DatePrecision.TERM,
            details={"sessions_possible": "100", "sessions_missed": str(missed)},
        )

    summer, autumn = term(date(2024, 4, 2), 0), term(date(2024, 8, 1), 20)
    fact = facts(summer, autumn)[Question.PERSISTENTLY_ABSENT]
    assert (fact.answer, fact.value) == (YES, "20.0% missed")
    assert "school year 2024/25" in fact.because


def test_episodes_told_as_a_number_are_neither_one_nor_added_to_the_others():
    total = told(COUNCIL, E.MISSING_EPISODE, None, details={"missing_episodes": "3"})
    one = told(FORCE, E.MISSING_EPISODE, date(2025, 3, 1))
    fact = facts(total, one)[Question.MISSING]
    assert fact.value == "at least 3 in all, 1 dated in 12 months"
    assert "3 are told of as a number without days" in fact.because
    assert len(fact.rests_on) == 2
