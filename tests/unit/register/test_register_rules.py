"""Each rule on the small register with one cell changed: the row breaks this rule there, and the sound
register breaks none."""

import pytest

from sightline.register.layout import LAYOUT_1, Kind
from sightline.register.reading import read_register
from sightline.register.rules import RULES
from tests.builders.registers import AS_OF, a_register, add_row, change, remove_row

CHANGED_CELLS = [
    # rule, file, row, column to change, value; the finding is in that cell
    ("incidents.occurred_on.not_a_date", "incidents", "INC-1", "occurred_on", "02/05/2022"),
    ("incidents.occurred_on.not_a_date", "incidents", "INC-1", "occurred_on", "2022-02-30"),
    ("incidents.occurred_on.not_a_date", "incidents", "INC-1", "occurred_on", "2022-5-2"),
    ("incidents.occurred_on.not_a_date", "incidents", "INC-1", "occurred_on", "２０２２-05-02"),
    ("incidents.occurred_on.too_early", "incidents", "INC-1", "occurred_on", "0022-05-02"),
    ("incidents.occurred_on.long_ago", "incidents", "INC-1", "occurred_on", "1982-05-02"),
    ("incidents.occurred_on.in_future", "incidents", "INC-1", "occurred_on", "2026-11-24"),
    ("incidents.occurred_on.not_first_day", "incidents", "INC-2", "occurred_on", "2022-06-02"),
    ("incidents.outside_england.unknown_code", "incidents", "INC-1", "outside_england", "No"),
    ("incidents.incident_la_code.unknown_authority", "incidents", "INC-1", "incident_la_code", "E07000026"),
    ("incidents.incident_la_code.not_in_operation", "incidents", "INC-1", "incident_la_code", "E06000063"),
    ("incidents.incident_la_code.not_supplied", "incidents", "INC-1", "incident_la_code", ""),
    ("incidents.outside_england.with_authority", "incidents", "INC-3", "incident_la_code", "E06000001"),
    ("incidents.place_type.formula", "incidents", "INC-1", "place_type", "=1+1"),
    ("incidents.place_type.formula", "incidents", "INC-1", "place_type", "@home"),
    ("incidents.place_type.spaces", "incidents", "INC-1", "place_type", " home"),
    ("incidents.place_type.too_long", "incidents", "INC-1", "place_type", "x" * 5_000_000),
    ("incidents.place_type.control_character", "incidents", "INC-1", "place_type", "ho\x0bme"),
    ("children.role.unknown_code", "children", "CH-1", "role", "Died"),
    ("children.position.empty", "children", "CH-1", "position", ""),
    ("children.position.not_a_whole_number", "children", "CH-1", "position", "1.0"),
    ("children.position.leading_zeros", "children", "CH-1", "position", "01"),
    ("children.position.zero", "children", "CH-1", "position", "0"),
    ("children.position.repeated", "children", "CH-2", "position", "1"),
    ("children.position.no_first_child", "children", "CH-3", "position", "2"),
    ("children.position.gap", "children", "CH-2", "position", "3"),
    ("children.age_in_months.not_a_whole_number", "children", "CH-2", "age_in_months", "-1"),
    ("children.age_in_months.too_old", "children", "CH-2", "age_in_months", "300"),
    ("children.age_in_months.a_month_off", "children", "CH-1", "age_in_months", "6"),
    ("children.age_in_months.not_by_birth", "children", "CH-1", "age_in_months", "7"),
    ("children.date_of_birth.after_incident", "children", "CH-1", "date_of_birth", "2022-05-03"),
    ("children.date_of_birth.long_after_incident", "children", "CH-1", "date_of_birth", "2023-02-21"),
    ("children.date_of_birth.in_future", "children", "CH-4", "date_of_birth", "2027-09-14"),
    ("children.date_of_birth.too_old", "children", "CH-3", "date_of_birth", "1997-06-30"),
    ("children.residence_la_code.not_in_operation", "children", "CH-1", "residence_la_code", "E06000064"),
    ("children.incident_id.orphan", "children", "CH-4", "incident_id", "INC-4"),
    ("notifications.incident_id.orphan", "notifications", "SIN-1", "incident_id", "inc-1"),
    ("notifications.index_child_ref.orphan", "notifications", "SIN-1", "index_child_ref", "CH-9"),
    ("notifications.index_child_ref.other_incident", "notifications", "SIN-1", "index_child_ref", "CH-3"),
    ("notifications.index_child_ref.not_supplied", "notifications", "SIN-1", "index_child_ref", ""),
    ("notifications.notifying_la_code.not_supplied", "notifications", "SIN-1", "notifying_la_code", ""),
    ("notifications.notifying_la_code.not_in_operation", "notifications", "SIN-1", "notifying_la_code",
     "E06000066"),
    ("notifications.notified_before_aware", "notifications", "SIN-1", "notified_on", "2022-05-02"),
    ("notifications.aware_before_occurred", "notifications", "SIN-1", "aware_on", "2022-05-01"),
    ("notifications.aware_on.years_after_occurred", "notifications", "SIN-1", "aware_on", "2027-05-03"),
    ("local_reviews.decided_before_notified", "local_reviews", "LR-1", "decided_on", "2022-05-05"),
    ("recommendations.due_on.far_ahead", "recommendations", "REC-1", "due_on", "2033-01-10"),
    ("notifications.notified_before_occurred", "notifications", "SIN-1", "notified_on", "2022-05-01"),
    ("notifications.notified_on.in_future", "notifications", "SIN-1", "notified_on", "2027-01-01"),
    ("notifications.withdrawn_before_notified", "notifications", "SIN-3", "withdrawn_on", "2022-07-03"),
    ("notifications.withdrawn_on.without_reason", "notifications", "SIN-1", "withdrawn_on", "2022-07-03"),
    ("notifications.withdrawn_reason.without_date", "notifications", "SIN-1", "withdrawn_reason", "in error"),
    ("notifications.route.care_leaver_age", "notifications", "SIN-2", "route", "care_leaver_death"),
    ("notifications.nature.empty", "notifications", "SIN-1", "nature", ""),
    ("notifications.nature.unknown_code", "notifications", "SIN-1", "nature", "serious harm"),
    ("rapid_reviews.notification_id.orphan", "rapid_reviews", "RR-1", "notification_id", "SIN-7"),
    ("rapid_reviews.notification_id.second_review", "rapid_reviews", "RR-2", "notification_id", "SIN-1"),
    ("rapid_reviews.notification_id.withdrawn", "rapid_reviews", "RR-2", "notification_id", "SIN-3"),
    ("rapid_reviews.received_before_notified", "rapid_reviews", "RR-1", "received_on", "2022-05-05"),
    ("panel_responses.responded_before_received", "panel_responses", "RR-1", "responded_on", "2022-05-26"),
    ("panel_responses.review_id.orphan", "panel_responses", "RR-1", "review_id", "RR-5"),
    ("local_reviews.review_id.orphan", "local_reviews", "LR-1", "review_id", "RR-5"),
    ("local_reviews.review_id.not_decided", "local_reviews", "LR-1", "review_id", "RR-2"),
    ("local_reviews.published_before_decided", "local_reviews", "LR-1", "published_on", "2022-05-24"),
    ("local_reviews.published_on.not_supplied", "local_reviews", "LR-1", "published_on", ""),
    ("codings.review_id.orphan", "codings", "RR-1,,domestic", "review_id", "RR-5"),
    ("codings.child_ref.orphan", "codings", "RR-1,CH-1,negl", "child_ref", "CH-9"),
    ("codings.child_ref.other_incident", "codings", "RR-1,CH-1,negl", "child_ref", "CH-3"),
    ("codings.child_ref.not_for_whole_review", "codings", "RR-1,,domestic", "child_ref", "CH-1"),
    ("codings.child_ref.missing_child", "codings", "RR-1,CH-1,negl", "child_ref", ""),
    ("codings.variable.unknown_code", "codings", "RR-1,,domestic", "variable", "domestic abuse"),
    ("codings.value.unknown_code", "codings", "RR-1,,domestic", "value", "maybe"),
    ("codings.value.not_of_variable", "codings", "RR-1,,domestic", "value", "suicide"),
    ("codings.value.does_not_apply", "codings", "RR-2,CH-3,harm", "variable", "likely_cause_primary"),
    ("codings.certainty.missing", "codings", "RR-1,,domestic", "certainty", ""),
    ("codings.certainty.without_answer", "codings", "RR-1,CH-1,neglect_experienced,not", "certainty",
     "likely"),
    ("codings.value.second_answer", "codings", "RR-1,CH-1,neglect_experienced,not", "coder", "A"),
    ("codings.value.no_answer_beside_answers", "codings", "RR-1,,practice_theme,info", "value",
     "not_mentioned"),
    ("codings.coder.unknown_code", "codings", "RR-1,,domestic", "coder", "a"),
    ("codings.coded_on.in_future", "codings", "RR-1,,domestic", "coded_on", "2026-12-01"),
    ("codings.coded_before_received", "codings", "RR-1,,domestic", "coded_on", "2022-05-26"),
    ("codings.codebook_version.unknown", "codings", "RR-1,,domestic", "codebook_version", "2"),
    ("recommendations.source_review_id.orphan", "recommendations", "REC-1", "source_review_id", "LR-4"),
    ("recommendations.closed_before_made", "recommendations", "REC-1", "closed_on", "2023-01-08"),
    ("recommendations.due_before_made", "recommendations", "REC-1", "due_on", "2023-01-08"),
    ("recommendations.made_before_decided", "recommendations", "REC-1", "made_on", "2022-05-24"),
    ("recommendations.closed_on.still_open", "recommendations", "REC-2", "closed_on", "2023-05-02"),
    ("recommendations.closed_on.not_supplied", "recommendations", "REC-1", "closed_on", ""),
    ("recommendations.recommendation_id.formula", "recommendations", "REC-1", "recommendation_id", "-REC-1"),
    ("recommendations.recommendation_id.spaces", "recommendations", "REC-1", "recommendation_id", "REC-1 "),
    ("recommendations.recommendation_id.empty", "recommendations", "REC-1", "recommendation_id", ""),
]  # fmt: skip

# The cell that is changed is not the cell at fault.
FOUND_ELSEWHERE = {
    "incidents.outside_england.with_authority": "incident_la_code",
    "codings.value.does_not_apply": "value",
    "codings.value.second_answer": "value",
}

CHANGED_NEIGHBOURS = [
    # rule, column of the finding, file, row, column to change, value
    ("incidents.occurred_precision.without_date", "occurred_precision", "incidents", "INC-1",
     "occurred_on", ""),
    ("incidents.occurred_precision.unknown_with_date", "occurred_precision", "incidents", "INC-1",
     "occurred_precision", "unknown"),
    ("incidents.occurred_precision.not_supplied", "occurred_precision", "incidents", "INC-1",
     "occurred_precision", ""),
    ("local_reviews.published_on.not_published", "published_on", "local_reviews", "LR-1", "publication",
     "in_progress"),
    ("children.age_not_supplied", "date_of_birth", "children", "CH-3", "date_of_birth", ""),
    ("notifications.nature.not_a_death", "nature", "notifications", "SIN-2", "route",
     "looked_after_child_death"),
]  # fmt: skip


MADE_FOR_EVERY_COLUMN = (
    *("empty", "too_long", "spaces", "formula", "control_character", "not_a_date", "too_early", "long_ago"),
    *("in_future", "not_a_whole_number", "leading_zeros", "unknown_code", "unknown_authority"),
)


def found(folder):
    findings = read_register(folder, as_of=AS_OF).findings
    return {(finding.rule, finding.place.line, finding.place.column) for finding in findings}


def test_the_small_register_has_no_error(tmp_path):
    reading = read_register(a_register(tmp_path), as_of=AS_OF)
    assert [finding.rule for finding in reading.findings] == ["children.age_not_supplied"]
    assert reading.register is not None


@pytest.mark.parametrize(("rule", "file", "row", "column", "value"), CHANGED_CELLS)
def test_a_changed_cell_is_found_in_its_place(tmp_path, rule, file, row, column, value):
    a_register(tmp_path)
    line = change(tmp_path, file, row, column, value)
    assert (rule, line, FOUND_ELSEWHERE.get(rule, column)) in found(tmp_path)


@pytest.mark.parametrize(("rule", "column", "file", "row", "changed", "value"), CHANGED_NEIGHBOURS)
def test_a_changed_cell_is_found_where_it_contradicts(tmp_path, rule, column, file, row, changed, value):
    line = change(a_register(tmp_path), file, row, changed, value)
    assert (rule, line, column) in found(tmp_path)


@pytest.mark.parametrize("file", LAYOUT_1)
def test_a_row_given_twice_is_found_on_its_second_line(tmp_path, file):
    a_register(tmp_path)
    first = (tmp_path / f"{file}.csv").read_text(encoding="utf-8").splitlines()[1]
    line = add_row(tmp_path, file, first)
    assert (f"{file}.repeated_row", line, LAYOUT_1[file].key[0]) in found(tmp_path)


def test_a_key_given_twice_with_other_cells_is_found_on_its_second_line(tmp_path):
    line = add_row(a_register(tmp_path), "local_reviews", "LR-1,RR-2,2022-07-20,,in_progress,none")
    assert ("local_reviews.repeated_key", line, "local_review_id") in found(tmp_path)


def test_a_theme_given_twice_by_one_coder_is_found(tmp_path):
    line = add_row(
        a_register(tmp_path), "codings", "RR-1,,practice_theme,critical_thinking,likely,A,2022-06-30,1"
    )
    assert ("codings.value.second_answer", line, "value") in found(tmp_path)


def test_an_incident_without_children_is_found(tmp_path):
    line = add_row(a_register(tmp_path), "incidents", "INC-4,2022-05-02,day,E06000001,no,,known")
    assert ("incidents.no_children", line, "incident_id") in found(tmp_path)


def test_a_second_local_review_of_a_rapid_review_is_a_warning(tmp_path):
    line = add_row(a_register(tmp_path), "local_reviews", "LR-2,RR-1,2022-07-20,,in_progress,none")
    assert ("local_reviews.review_id.second_review", line, "review_id") in found(tmp_path)


def test_an_adult_index_child_is_a_warning(tmp_path):
    change(a_register(tmp_path), "children", "CH-3", "date_of_birth", "2004-06-01")
    assert ("notifications.route.adult", 3, "route") in found(tmp_path)


@pytest.mark.parametrize(
    ("occurred_on", "precision", "born"),
    [("2022-06-01", "month", "2022-06-30"), ("2022-01-01", "year", "2022-12-31")],
)
def test_a_birth_within_an_inexact_date_is_no_fault(tmp_path, occurred_on, precision, born):
    a_register(tmp_path)
    change(tmp_path, "incidents", "INC-2", "occurred_on", occurred_on)
    change(tmp_path, "incidents", "INC-2", "occurred_precision", precision)
    change(tmp_path, "children", "CH-3", "date_of_birth", born)
    assert not {rule for rule, _, _ in found(tmp_path) if rule.startswith("children.date_of_birth")}


def test_an_authority_that_ended_within_an_inexact_date_is_no_fault(tmp_path):
    a_register(tmp_path)
    change(tmp_path, "incidents", "INC-1", "occurred_on", "2023-01-01")
    change(tmp_path, "incidents", "INC-1", "occurred_precision", "year")
    change(tmp_path, "children", "CH-1", "residence_la_code", "E06000063")
    assert not {rule for rule, _, _ in found(tmp_path) if rule.endswith("not_in_operation")}


@pytest.mark.parametrize("day", ["2023-03-31", "2023-04-01"])
def test_an_authority_is_known_up_to_its_last_day(tmp_path, day):
    a_register(tmp_path)
    remove_row(tmp_path, "rapid_reviews", "RR-1")
    line = change(tmp_path, "notifications", "SIN-1", "notified_on", day)
    place = ("notifications.notifying_la_code.not_in_operation", line, "notifying_la_code")
    assert (place in found(tmp_path)) is (day == "2023-04-01")


def test_a_cell_that_cannot_be_read_is_one_fault_only(tmp_path):
    line = change(a_register(tmp_path), "codings", "RR-1,,domestic", "certainty", "surely")
    assert {each for each in found(tmp_path) if each[0].startswith("codings")} == {
        ("codings.certainty.unknown_code", line, "certainty")
    }


def test_a_sentence_repeats_a_code_but_never_free_text(tmp_path):
    a_register(tmp_path)
    change(tmp_path, "children", "CH-1", "role", "Zebedee Plum")
    change(tmp_path, "children", "CH-2", "incident_id", "Zebedee Plum")
    change(tmp_path, "incidents", "INC-1", "occurred_on", "Zebedee")
    change(tmp_path, "incidents", "INC-2", "place_type", "=Zebedee")
    sentences = [finding.sentence for finding in read_register(tmp_path, as_of=AS_OF).findings]
    assert not [sentence for sentence in sentences if "Zebedee" in sentence]


@pytest.mark.parametrize(
    ("column", "value", "hint"),
    [
        ("role", "Died", "“died”"),
        ("role", "seriously harmed", "“seriously_harmed”"),
        ("role", "harmd seriously", "Use one of died,"),
        ("ethnicity_code", "wbri", "“WBRI”"),
        ("residence_la_code", "805", "“E06000001”"),
        ("residence_la_code", "e06000001", "“E06000001”"),
    ],
)
def test_a_wrong_code_comes_with_the_right_one(tmp_path, column, value, hint):
    change(a_register(tmp_path), "children", "CH-1", column, value)
    findings = read_register(tmp_path, as_of=AS_OF).findings
    assert hint in next(each.sentence for each in findings if each.place.column == column)


def test_every_rule_has_one_identity_a_sentence_and_a_source():
    identities = [rule.id for rule in RULES]
    assert len(identities) == len(set(identities))
    for rule in RULES:
        assert rule.file in LAYOUT_1, rule.id
        assert rule.sentence.endswith((".", "}")) and rule.source, rule.id
        assert not rule.column or rule.column in LAYOUT_1[rule.file].column_names, rule.id


def test_every_rule_on_rows_is_broken_by_an_example():
    shown = {rule for rule, *_ in CHANGED_CELLS} | {rule for rule, *_ in CHANGED_NEIGHBOURS}
    shown |= {f"{name}.repeated_row" for name in LAYOUT_1} | {f"{name}.repeated_key" for name in LAYOUT_1}
    shown |= {"incidents.no_children", "local_reviews.review_id.second_review", "notifications.route.adult"}
    # Rules made from the layout for every column are shown on one column of each kind.
    generated = {
        f"{file.name}.{column.name}.{what}"
        for file in LAYOUT_1.values()
        for column in file.columns
        for what in MADE_FOR_EVERY_COLUMN
    }
    unseen = {rule.id for rule in RULES} - shown - generated
    assert unseen == set()
    assert all(column.codes for file in LAYOUT_1.values() for column in file.of_kind(Kind.CODE))
