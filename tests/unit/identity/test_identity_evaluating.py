"""Identities measured against a known truth, as counted by hand and as an independent script counts them."""

import importlib.util
import random

import polars as pl
import pytest
from scipy.stats import binomtest
from shared_data import SHARED, shared_data

from sightline.identity.evaluating import BadTruth, Rate, evaluate, wilson

COLUMNS = ("agency", "record_id", "person_id", "epoch", "household_id", "tradition", "twin", "birth_year")
TRUTH = pl.DataFrame(
    [
        ("health", "1", "ann", "0", "home", "welsh", "1", "2015"),
        ("school", "2", "ann", "0", "home", "welsh", "1", "2015"),
        ("police", "3", "ann", "0", "home", "welsh", "1", "2015"),
        ("health", "4", "bea", "0", "home", "welsh", "1", "2015"),
        ("health", "5", "cai", "0", "home", "welsh", "0", "2011"),
        ("health", "6", "dov", "0", "away", "yiddish", "0", "2020"),
        ("school", "7", "dov", "0", "away", "yiddish", "0", "2020"),
        ("health", "8", "dov", "1", "away", "yiddish", "0", "2020"),
    ],
    schema=COLUMNS,
    orient="row",
)


def clusters(*groups):
    """Record ids in their groups; a record that is in none was left out."""
    agency_of = dict(TRUTH.select("record_id", "agency").iter_rows())
    rows = [(agency_of[record], record, f"C{at}") for at, group in enumerate(groups) for record in group]
    return pl.DataFrame(rows, schema=("agency", "record_id", "cluster_id"), orient="row")


def test_the_truth_itself_is_all_right():
    found = evaluate(TRUTH, clusters("123", "4", "5", "67", "8"), year=2026)
    assert (found.true_pairs, found.predicted_pairs, found.right_pairs) == (4, 4, 4)
    assert (found.precision.value, found.recall.value, found.f1) == (1, 1, 1)
    assert (found.mixed_identities, found.over_merged, found.largest_identity) == (0, Rate(0, 5), 3)


def test_a_record_that_is_left_out_is_an_identity_of_its_own():
    found = evaluate(TRUTH, clusters("12"), year=2026)
    assert (found.right_pairs, found.predicted_pairs) == (1, 1)
    assert found.recall == Rate(1, 4)


def test_false_pairs_are_told_apart_by_what_the_children_are_to_each_other():
    found = evaluate(TRUTH, clusters("1245", "378", "6"), year=2026)
    # ann + bea twice, ann + cai twice, bea + cai; ann + dov twice; dov before and after adoption.
    assert found.false_pairs == {"all": 8, "twin": 2, "sibling": 3, "adoption_breach": 1, "other": 2}
    assert found.mixed_identities == 2
    assert found.over_merged == Rate(5, 5)
    assert found.over_merged_twins == Rate(2, 2)


def test_each_false_pair_counts_by_halves_for_the_groups_of_its_two_children():
    found = evaluate(TRUTH, clusters("12", "67", "38"), year=2026)
    by_group = {each.group: each for each in found.groups if each.dimension == "tradition"}
    assert by_group["welsh"].precision == Rate(1, 1.5)
    assert by_group["yiddish"].precision == Rate(1, 1.5)
    assert by_group["yiddish"].recall == Rate(1, 1)


def test_groups_are_compared_with_the_largest():
    found = evaluate(TRUTH, clusters("12"), year=2026)
    by_group = {each.group: each for each in found.groups if each.dimension == "tradition"}
    assert (by_group["welsh"].missed_ratio, by_group["welsh"].recall_gap) == (1, 0)
    worst = found.worst("tradition")
    assert worst.recall_gap.group == worst.missed_ratio.group == "yiddish"
    assert worst.recall_gap.recall_gap == pytest.approx(1 / 3)
    assert worst.missed_ratio.missed_ratio == pytest.approx(1.5)
    assert found.worst("agencies") is None


def test_nothing_is_a_multiple_of_no_missed_link():
    found = evaluate(TRUTH, clusters("123"), year=2026)
    assert {each.missed_ratio for each in found.groups if each.dimension == "tradition"} == {None}
    assert found.worst("tradition").recall_gap.recall_gap == 1


def test_pairs_of_agencies_are_counted_apart_and_within():
    found = evaluate(TRUTH, clusters("123", "45"), year=2026)
    by_agencies = {each.group: each for each in found.groups if each.dimension == "agencies"}
    assert by_agencies["health + school"].recall == Rate(1, 2)
    assert by_agencies["police + school"].recall == Rate(1, 1)
    assert by_agencies["health + health"].precision == Rate(0, 1)


def test_ages_are_reckoned_by_the_year_asked_for():
    found = evaluate(TRUTH, clusters("123"), year=2026)
    assert {each.group: each.people for each in found.groups if each.dimension == "age"} == {
        "11 to 15": 3,
        "5 to 10": 2,
    }


def test_only_three_columns_are_needed():
    found = evaluate(TRUTH.select("agency", "record_id", "person_id"), clusters("123", "678"), year=2026)
    assert (found.true_pairs, found.right_pairs) == (6, 6)
    assert {each.dimension for each in found.groups} == {"agencies"}


@pytest.mark.parametrize(
    ("truth", "judged", "said"),
    [
        (TRUTH.drop("person_id"), clusters("1"), "no column person_id"),
        (TRUTH, clusters("1").drop("cluster_id"), "no column cluster_id"),
        (pl.concat([TRUTH, TRUTH[:1]]), clusters("1"), "more than once"),
        (TRUTH, clusters("1", "1"), "more than once"),
    ],
)
def test_what_cannot_be_compared_is_said(truth, judged, said):
    with pytest.raises(BadTruth, match=said):
        evaluate(truth, judged, year=2026)


@pytest.mark.parametrize(("hits", "of"), [(0, 5), (5, 5), (1, 3), (97, 100), (20_000, 21_000)])
def test_intervals_are_those_of_an_independent_library(hits, of):
    expected = binomtest(hits, of).proportion_ci(method="wilson")
    assert wilson(hits, of) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_of_nothing_nothing_is_known():
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval == (0, 1)


def scripted_score(truth, judged):
    """The independent script's own answer; skips where it is not beside the repository."""
    script = SHARED.parent / "tools" / "score_links.py"
    if not script.exists():
        pytest.skip("The script that scores links is not beside this repository.")
    spec = importlib.util.spec_from_file_location("score_links", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score(truth, judged)


@pytest.mark.parametrize("kept_apart", [0.0, 0.02, 0.7])
def test_it_agrees_with_the_independent_script(tmp_path, kept_apart):
    """On the truth with a share of its records thrown into other identities, in every count and group."""
    path = shared_data("population-dev", "truth.csv")
    truth = pl.read_csv(path, infer_schema=False).with_columns(pl.all().fill_null(""))
    chance = random.Random(3)  # noqa: S311
    thrown = [
        f"X{chance.randrange(4_000)}" if chance.random() < kept_apart else person
        for person in truth["person_id"].to_list()
    ]
    judged = truth.select("agency", "record_id", pl.Series("cluster_id", thrown))[500:]
    judged.write_csv(tmp_path / "clusters.csv")
    expected = scripted_score(path, tmp_path / "clusters.csv")
    found = evaluate(truth, judged, year=2026)
    assert (found.records, found.people) == (expected["records"], expected["people"])
    assert (found.true_pairs, found.predicted_pairs) == (expected["true_pairs"], expected["predicted_pairs"])
    assert (found.precision.value, found.recall.value) == (expected["precision"], expected["recall"])
    assert found.f1 == pytest.approx(expected["f1"], abs=1e-12)
    assert found.false_pairs == expected["false_pairs"]
    assert found.mixed_identities == expected["mixed_clusters"]
    assert found.over_merged.hits == expected["people_in_a_mixed_cluster"]
    assert found.largest_identity == expected["largest_cluster"]
    twins = expected["twins"]
    assert found.over_merged_twins == Rate(twins["in_a_mixed_cluster"], twins["people"])
    groups = {each.group: each for each in found.groups if each.dimension == "tradition"}
    assert set(groups) == set(expected["by_tradition"])
    for name, group in expected["by_tradition"].items():
        assert (groups[name].people, groups[name].recall.of) == (group["people"], group["true_pairs"])
        assert groups[name].recall.value == group["recall"]
        assert groups[name].precision.value == pytest.approx(group["precision"], abs=1e-9)
        assert groups[name].over_merged.value == group["overmerged_people"]
        assert groups[name].missed_ratio == pytest.approx(group["missed_ratio_to_white_british"])
        assert groups[name].recall.interval == pytest.approx(group["recall_ci95"], abs=1e-4)
