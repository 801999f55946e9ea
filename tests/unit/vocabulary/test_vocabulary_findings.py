import pytest

from sightline.vocabulary.findings import Finding, Place, Severity


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("incidents.csv"), "incidents.csv"),
        (Place("incidents.csv", 7), "incidents.csv, line 7"),
        (Place("incidents.csv", 7, "occurred_on"), "incidents.csv, line 7, column occurred_on"),
        (Place("incidents.csv", column="occurred_on"), "incidents.csv, column occurred_on"),
    ],
)
def test_a_place_says_as_much_as_is_known(place, words):
    assert str(place) == words


def test_places_sort_by_file_then_line_as_a_number_then_column():
    shuffled = [Place("incidents.csv", 10, "a"), Place("children.csv", 10), Place("incidents.csv", 2, "b")]
    assert [str(place) for place in sorted(shuffled)] == [
        "children.csv, line 10",
        "incidents.csv, line 2, column b",
        "incidents.csv, line 10, column a",
    ]


@pytest.mark.parametrize(("severity", "stops"), [(Severity.ERROR, True), (Severity.WARNING, False)])
def test_an_error_stops_the_import_and_a_warning_does_not(severity, stops):
    assert Finding("dates.order", Place("incidents.csv", 2), severity, "A sentence.").is_error is stops
