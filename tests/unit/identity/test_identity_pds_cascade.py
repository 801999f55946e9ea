"""What is asked of PDS, in which order, when asking stops, and what the answers come to."""

from dataclasses import replace
from datetime import date

import pytest
from fake_pds import InProcess, Patient

from sightline.identity.pds.cascade import recheck, trace
from sightline.identity.pds.dates import DateError
from sightline.identity.pds.outcomes import Answer, Outcome, Reason, Reply, RuleResult
from sightline.identity.pds.rules import RULES
from sightline.intake.records import PersonRecord
from sightline.vocabulary.codes import Sex

AS_OF = date(2026, 9, 1)
WREN = PersonRecord(
    "R1",
    surname="Quillfeather",
    forenames="Wren Ada",
    born_on=date(2015, 3, 7),
    sex=Sex.FEMALE,
    postcode="ZZ993WZ",
)
AT_PDS = Patient("9410000033", "Quillfeather", "Wren Ada", "2015-03-07", gender="female")
OTHER = "9410000041"


def asked(pds: InProcess) -> list[dict[str, str]]:
    return [dict(each.query) for each in pds.fake.asked]


def result_of(traced, rule: str) -> RuleResult:
    return next(each for each in traced.results if each.rule == rule)


def trace_in(person: PersonRecord, *patients: Patient):
    return trace(person, pds=InProcess(*patients), as_of=AS_OF)


def test_a_child_whose_details_agree_is_found_and_every_rule_of_the_first_pass_was_asked():
    traced = trace_in(WREN, AT_PDS)
    assert (traced.outcome, traced.nhs_number, traced.reasons) == (Outcome.FOUND, AT_PDS.number, ())
    assert traced.best.score == 1.0
    assert [each.rule for each in traced.results] == [
        "names-date-postcode",
        "names-date",
        "given-beginning-date-area",
        "family-beginning-date-area",
        "fuzzy-names-date",
        "names-swapped-date",
        "names-near-date-postcode",
    ]
    assert all(each.version == 1 for each in traced.results)


def test_only_what_a_rule_needs_is_sent_and_never_a_middle_name_sex_or_number():
    pds = InProcess(AT_PDS)
    trace(WREN, pds=pds, as_of=AS_OF)
    assert {name for query in asked(pds) for name in query} == {
        *("family", "given", "birthdate", "address-postalcode"),
        *("_history", "_fuzzy-match", "_max-results"),
    }
    assert not any("Ada" in value for query in asked(pds) for value in query.values())


def test_nobody_at_pds_is_not_found_after_both_passes():
    traced = trace_in(WREN)
    assert traced.outcome is Outcome.NOT_FOUND
    assert {each.answer for each in traced.results} == {Answer.NONE}
    assert {"given-beginning-date", "names-near-date"} <= {each.rule for each in traced.results}


def test_a_restricted_child_is_found_although_the_postcode_hides_it():
    traced = trace_in(WREN, replace(AT_PDS, is_restricted=True))
    assert result_of(traced, "names-date-postcode").answer is Answer.NONE
    assert (traced.outcome, traced.nhs_number) == (Outcome.FOUND, AT_PDS.number)
    assert traced.reasons == (Reason.RESTRICTED,)
    assert traced.best.is_restricted


def test_a_restricted_child_spelt_otherwise_is_found_by_the_pass_without_a_postcode():
    spelt = replace(WREN, forenames="Wrennifer")
    traced = trace_in(spelt, replace(AT_PDS, given="Wrenna", is_restricted=True))
    found = [each.rule for each in traced.results if each.answer is Answer.ONE]
    assert found == ["given-beginning-date"]
    assert traced.outcome is Outcome.PROBABLE
    assert Reason.LOOSE_RULE in traced.reasons and Reason.RESTRICTED in traced.reasons


def test_nothing_of_a_protected_address_is_sent():
    pds = InProcess(AT_PDS)
    traced = trace(replace(WREN, is_address_protected=True), pds=pds, as_of=AS_OF)
    assert traced.outcome is Outcome.FOUND
    assert not any("address-postalcode" in query for query in asked(pds))


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (replace(WREN, is_restricted=True), Reason.CLOSED_AT_ADOPTION),
        (replace(WREN, is_restricted=True, nhs_number=AT_PDS.number), Reason.CLOSED_AT_ADOPTION),
        (replace(WREN, is_adult=True), Reason.ADULT),
        (replace(WREN, surname=""), Reason.TOO_LITTLE_KNOWN),
        (replace(WREN, born_on=None, expected_on=date(2026, 12, 1)), Reason.TOO_LITTLE_KNOWN),
        (replace(WREN, born_on=date(2026, 9, 2)), Reason.TOO_LITTLE_KNOWN),
    ],
)
def test_pds_is_not_asked_about_whom_it_must_or_can_not_be(person, reason):
    pds = InProcess(AT_PDS)
    traced = trace(person, pds=pds, as_of=AS_OF)
    assert (traced.outcome, traced.reasons) == (Outcome.NOT_ASKED, (reason,))
    assert pds.fake.asked == []


def test_two_numbers_are_a_conflict_whatever_their_scores_and_asking_stops():
    near = Patient(OTHER, "Quilfeather", "Wren", "2015-03-07")
    elsewhere = replace(AT_PDS, given="Wren", born="2015-07-03", postcode="YY1 1AA")
    pds = InProcess(near, elsewhere)
    traced = trace(WREN, pds=pds, as_of=AS_OF)
    assert traced.outcome is Outcome.CONFLICT
    assert traced.nhs_number == ""
    assert {each.nhs_number for each in traced.results if each.nhs_number} == {OTHER, AT_PDS.number}
    assert traced.results[-1].rule == "names-swapped-date"


def test_several_patients_who_fit_are_many_and_not_nobody():
    traced = trace_in(WREN, AT_PDS, replace(AT_PDS, number=OTHER))
    assert traced.outcome is Outcome.MANY


def test_a_find_by_a_looser_rule_does_not_hide_that_a_stricter_one_fits_several():
    results = {"names-date": Answer.MANY, "given-beginning-date-area": Answer.ONE}
    one = replace(AT_PDS, postcode="ZZ99 3WZ")
    twin_of_paper = replace(AT_PDS, number=OTHER, postcode="YY1 1AA")
    traced = trace_in(replace(WREN, postcode="ZZ11AA"), one, twin_of_paper)
    assert {rule: result_of(traced, rule).answer for rule in results} == results
    assert traced.outcome is Outcome.PROBABLE
    assert Reason.SEVERAL_FIT_A_STRICTER_RULE in traced.reasons


def test_a_brother_or_sister_of_the_same_birth_is_evidence_against():
    twin = replace(AT_PDS, given="Wrena", birth_order=2)
    traced = trace_in(replace(WREN, forenames="Wrenna"), twin)
    assert traced.outcome is Outcome.PROBABLE
    assert Reason.MAY_BE_A_TWIN in traced.reasons


def test_another_given_name_where_all_else_agrees_is_a_twin_although_pds_does_not_say_so():
    # The wildcard that PDS itself recommends finds both “Annabel” and “Annalise”.
    traced = trace_in(replace(WREN, forenames="Annabel"), replace(AT_PDS, given="Annalise"))
    assert result_of(traced, "given-beginning-date-area").score == 1.0
    assert traced.outcome is Outcome.PROBABLE
    assert {Reason.FORENAME_DIFFERS, Reason.MAY_BE_A_TWIN} <= set(traced.reasons)


def test_twins_who_share_their_first_given_name_are_told_apart_by_the_second():
    traced = trace_in(replace(WREN, forenames="Wren Ivy"), replace(AT_PDS, birth_order=1))
    assert traced.outcome is Outcome.PROBABLE
    assert Reason.MAY_BE_A_TWIN in traced.reasons


def test_a_short_form_of_the_given_name_is_the_same_child():
    traced = trace_in(replace(WREN, forenames="Lizzie"), replace(AT_PDS, given="Elizabeth"))
    assert traced.outcome is not Outcome.FOUND  # PDS does not find short forms by itself
    traced = trace_in(
        replace(WREN, forenames="Lizzie", preferred_forename="Elizabeth"), replace(AT_PDS, given="Elizabeth")
    )
    assert traced.outcome is Outcome.FOUND


def test_a_day_and_month_swapped_are_found_with_the_mistake_that_was_assumed_and_need_a_person():
    traced = trace_in(WREN, replace(AT_PDS, born="2015-07-03", postcode="YY1 1AA"))
    assert traced.outcome is Outcome.PROBABLE
    assert traced.best.date_error is DateError.DAY_AND_MONTH_SWAPPED
    assert Reason.DATE_ASSUMED_WRONG in traced.reasons


def test_a_date_a_little_off_is_found_within_the_window_of_the_age():
    traced = trace_in(WREN, replace(AT_PDS, born="2015-03-20"))
    assert traced.outcome is Outcome.PROBABLE
    assert traced.best.date_error is DateError.NEAR
    assert trace_in(WREN, replace(AT_PDS, born="2015-05-20")).outcome is Outcome.NOT_FOUND


def test_a_former_surname_of_the_record_finds_the_child():
    traced = trace_in(replace(WREN, surname="Inkwell", former_surname="Quillfeather"), AT_PDS)
    assert (traced.outcome, traced.best.rule) == (Outcome.FOUND, "other-names-date")


def test_given_and_family_name_in_the_other_order_are_the_same_child():
    traced = trace_in(replace(WREN, surname="Wren", forenames="Quillfeather"), AT_PDS)
    assert result_of(traced, "fuzzy-names-date").answer is Answer.ONE
    assert traced.outcome is Outcome.FOUND


def test_twins_whose_names_are_in_the_other_order_are_still_twins():
    traced = trace_in(replace(WREN, surname="Wrennet", forenames="Quillfeather"), AT_PDS)
    assert traced.outcome is not Outcome.FOUND


@pytest.mark.parametrize(
    ("surname", "at_pds", "rule"),
    [
        ("Quillfeather-Penn", "Penn", "surname-parts-date"),
        ("Penn Quillfeather", "Quillfeather", "surname-parts-date"),
        ("Quill", "Quill-Feather", "family-beginning-date"),
        ("Wozniak", "Woźniak", "family-beginning-date"),
    ],
)
def test_a_surname_given_in_part_or_without_its_accent_leads_to_a_person(surname, at_pds, rule):
    traced = trace_in(replace(WREN, surname=surname), replace(AT_PDS, family=at_pds, is_restricted=True))
    assert (traced.outcome, traced.best.rule) == (Outcome.PROBABLE, rule)


def test_a_baby_without_a_given_name_is_never_settled_without_a_person():
    traced = trace_in(replace(WREN, forenames="Baby"), AT_PDS)
    assert result_of(traced, "family-date-postcode").answer is Answer.ONE
    assert traced.outcome is Outcome.PROBABLE
    assert Reason.FORENAME_NOT_KNOWN in traced.reasons


@pytest.mark.parametrize("place", range(7))
def test_a_failure_of_any_one_question_is_never_taken_for_an_absence(place):
    pds = InProcess()
    pds.instead[place] = Reply(Answer.FAILED, detail="http_503")
    assert trace(WREN, pds=pds, as_of=AS_OF).outcome is Outcome.FAILED


def test_a_failure_beside_a_find_leaves_the_record_to_be_asked_again():
    pds = InProcess(AT_PDS)
    pds.instead[4] = Reply(Answer.FAILED, detail="unreachable")
    traced = trace(WREN, pds=pds, as_of=AS_OF)
    assert (traced.outcome, traced.nhs_number) == (Outcome.FAILED, "")


def test_asking_again_asks_only_what_failed():
    pds = InProcess(AT_PDS)
    pds.instead[4] = Reply(Answer.FAILED)
    failed = trace(WREN, pds=pds, as_of=AS_OF)
    later = InProcess(AT_PDS)
    traced = trace(WREN, pds=later, as_of=AS_OF, earlier=failed.results)
    assert len(later.fake.asked) == 1
    assert (traced.outcome, traced.nhs_number) == (Outcome.FOUND, AT_PDS.number)


def test_an_answer_to_an_older_version_of_a_rule_is_asked_anew():
    old = RuleResult("names-date", 0, 0, Answer.NONE)
    pds = InProcess(AT_PDS)
    trace(WREN, pds=pds, as_of=AS_OF, earlier=[old])
    assert len(pds.fake.asked) == 7


def test_where_we_may_not_ask_nothing_more_is_sent():
    pds = InProcess(AT_PDS)
    pds.instead[1] = Reply(Answer.NOT_ALLOWED, detail="ACCESS_DENIED")
    assert trace(WREN, pds=pds, as_of=AS_OF).outcome is Outcome.NOT_ALLOWED
    assert len(pds.fake.asked) == 2


def test_a_number_that_pds_replaced_is_followed_and_checked_against_the_record():
    held = replace(WREN, nhs_number=OTHER)
    old = Patient(OTHER, "Quillfeather", "Wren", "2015-03-07", superseded_by=AT_PDS.number)
    traced = trace_in(held, AT_PDS, old)
    assert (traced.outcome, traced.nhs_number) == (Outcome.FOUND, AT_PDS.number)
    assert Reason.SUPERSEDED in traced.reasons
    assert result_of(traced, "number").held_number == OTHER


def test_a_number_that_leads_to_another_child_needs_a_person():
    held = replace(WREN, nhs_number=OTHER)
    stranger = Patient(OTHER, "Penhaligon", "Bramwell", "2009-01-30", gender="male")
    alone = trace_in(held, stranger)
    assert alone.outcome is Outcome.PROBABLE
    assert {Reason.DATE_DIFFERS, Reason.FORENAME_DIFFERS, Reason.SURNAME_DIFFERS} <= set(alone.reasons)
    assert trace_in(held, stranger, AT_PDS).outcome is Outcome.CONFLICT


def test_a_number_that_was_given_up_is_sought_anew_by_details():
    held = replace(WREN, nhs_number=OTHER)
    traced = trace_in(held, AT_PDS, replace(AT_PDS, number=OTHER, is_invalidated=True))
    assert (traced.outcome, traced.nhs_number) == (Outcome.FOUND, AT_PDS.number)
    assert Reason.NUMBER_INVALIDATED in traced.reasons


def test_a_number_that_pds_does_not_know_is_said_to_be_so():
    traced = trace_in(replace(WREN, nhs_number=OTHER))
    assert (traced.outcome, traced.reasons) == (Outcome.NOT_FOUND, (Reason.NUMBER_NOT_KNOWN,))


def test_asking_again_about_a_replaced_number_takes_its_successor():
    before = trace_in(WREN, replace(AT_PDS, number=OTHER))
    pds = InProcess(AT_PDS, replace(AT_PDS, number=OTHER, superseded_by=AT_PDS.number))
    again = recheck(OTHER, WREN, pds=pds, earlier=before.results)
    assert (again.outcome, again.nhs_number) == (Outcome.FOUND, AT_PDS.number)
    assert Reason.SUPERSEDED in again.reasons


def test_asking_again_about_a_number_now_borne_by_somebody_else_needs_a_person():
    before = trace_in(WREN, replace(AT_PDS, number=OTHER))
    pds = InProcess(
        replace(AT_PDS, given="Bramwell"), replace(AT_PDS, number=OTHER, superseded_by=AT_PDS.number)
    )
    assert recheck(OTHER, WREN, pds=pds, earlier=before.results).outcome is Outcome.PROBABLE


def test_the_best_score_counts_and_not_the_first():
    moved = replace(AT_PDS, postcode="YY1 1AA", former_postcodes=("ZZ99 3WZ",))
    traced = trace_in(WREN, moved)
    assert result_of(traced, "names-date-postcode").score == 0.98
    assert (traced.best.rule, traced.best.score) == ("names-date", 1.0)


def test_a_result_comes_back_from_storage_as_it_was():
    traced = trace_in(WREN, replace(AT_PDS, is_restricted=True, birth_order=3))
    assert [RuleResult.from_dict(each.as_dict()) for each in traced.results] == list(traced.results)


def test_nothing_that_tells_of_a_child_shows_in_a_repr():
    traced = trace_in(WREN, AT_PDS)
    shown = repr(traced) + repr(traced.results) + repr(traced.best) + repr(Reply(Answer.ONE))
    assert AT_PDS.number not in shown and "Quill" not in shown


def test_no_two_rules_have_one_name_and_each_says_what_it_asks():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.sentence.endswith(".") for rule in RULES)
