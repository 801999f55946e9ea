"""Every real-format file beside the repository: taken with counts that balance, or refused in a sentence."""

import re
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from shared_data import SHARED, shared_data

from sightline.intake import lookups
from sightline.intake.actions import LoadResult, load_extract
from sightline.intake.declaration import CannotBeRead
from sightline.intake.models import HeldEvent, HeldFinding, HeldPerson, RefusedRecord
from sightline.intake.storing import count_stored

pytestmark = pytest.mark.django_db
EXTERNAL = SHARED / "external"
MAPPINGS = Path(__file__).parents[3] / "docs" / "examples" / "mappings"

TAKEN = {
    "csc-data-synthesizer/generated_903.xml": "ssda903-xml",
    "d2i-903/fake_903.xml": "ssda903-xml",
    "d2i-903/rules_903.csv": "",
    "d2i-903/*.csv": "ssda903-csv",
    "d2i-cin/*.xml": "cin-census",
    "dfe-csc-api/*.json": "social-care-api",
    "dfe-sui/custodians/*.json": "single-identifier",
    "dfe-sui/pds-data.json": "pds-patients",
    "dfe-sui/records/*.json": "single-identifier",
    "dfe-sui/vendor/*.json": "single-identifier",
    "dfe-sui-matcher/WireMockMappings_multi_match.json": "",
    "dfe-sui-matcher/*.json": "pds-patients",
    "dfe-sui-matcher/Csv_*9876543210.csv": "plain-social-care",
    "dfe-sui-matcher/Csv_reconciliation*.csv": "plain-social-care",
    "dfe-sui-matcher/*_from_dbs_headers.csv": "plain-social-care",
    "family-context/csc.csv": "plain-social-care",
    "family-context/education.csv": "plain-education",
    "liia-903/*.csv": "ssda903-csv",
    "liia-annex-a/*.xlsx": "annex-a",
    "liia-cin/*.xml": "cin-census",
    "liia-school-census/*.csv": "school-census",
    "liia-sen2/sen2_sample_2023.xml": "",  # a schema under the name of a sample
    "liia-sen2/*.xml": "sen2",
}
"""Format by path, the first that fits; empty, or no line at all: it is no extract and is refused."""
MAPPED = {
    "dfe-sui-matcher/*_from_dbs_headers.csv": "sui-matcher-dbs.toml",
    "dfe-sui-matcher/Csv_*9876543210.csv": "sui-matcher.toml",
    "dfe-sui-matcher/Csv_reconciliation*.csv": "sui-matcher.toml",
    "family-context/csc.csv": "family-context-social-care.toml",
    "family-context/education.csv": "family-context-education.toml",
}
EMPTY = {
    "faux-01.custodian.json",
    "no-dsa-01.custodian.json",
    "other-01.custodian.json",
    "WireMockMappings_no_match.json",
}
"""Answers that hold nobody."""


def files() -> Iterator[str]:
    paths = EXTERNAL.rglob("*") if EXTERNAL.exists() else ()
    yield from sorted(str(path.relative_to(EXTERNAL)) for path in paths if path.is_file())


def first_that_fits(table: dict[str, str], name: str) -> str:
    return next((value for pattern, value in table.items() if fnmatch(name, pattern)), "")


def load(name: str) -> LoadResult:
    mapping = first_that_fits(MAPPED, name)
    return load_extract(
        shared_data("external", *name.split("/")),
        agency="X1",
        by="Ada Bell",
        as_of=date(2026, 9, 1),
        mapping=MAPPINGS / mapping if mapping else None,
    )


def summary(result: LoadResult) -> str:
    rules = ", ".join(f"{each.rule} {each.findings}" for each in lookups.rules_found(result.extract))
    return f"{result.file_name} as {result.format}: {result.counts}; {rules}"


def names_and_free_text() -> set[str]:
    """What a finding may never repeat: every name held, and every text that a person wrote."""
    held = set()
    for person in HeldPerson.objects.all():
        for name in (person.surname, person.forenames, person.preferred_forename, *person.aliases):
            held |= {token for token in re.split(r"\W+", name) if len(token) > 3}
        if len(person.address) > 8:
            held.add(person.address)
    held |= {event.text for event in HeldEvent.objects.exclude(text="") if len(event.text) > 8}
    return held - {"Test", "TEST", "Unborn", "Baby", "test", "Missing", "Number"}


@cache
def words_of(sentence: str) -> frozenset[str]:
    return frozenset(re.split(r"\W+", sentence))


@pytest.mark.parametrize("name", [each for each in files() if first_that_fits(TAKEN, each)])
def test_an_extract_is_taken_with_counts_that_balance_and_tells_no_names(name):
    result = load(name)
    counts, told = result.counts, summary(result)
    assert result.format == first_that_fits(TAKEN, name), told
    assert counts.balance, told
    assert (counts.read == 0) == (Path(name).name in EMPTY), told
    for kind, stored in count_stored(result.extract).items():
        assert stored == getattr(counts, kind), f"{kind}: {stored} stored; {told}"
    with_findings = HeldFinding.objects.filter(number__gt=0).values("number").distinct().count()
    assert with_findings == counts.accepted_with_findings + counts.refused, told
    assert RefusedRecord.objects.values("number").distinct().count() == counts.refused, told

    sentences = set(HeldFinding.objects.values_list("sentence", flat=True))
    assert all(sentence.strip() for sentence in sentences)
    personal = names_and_free_text()
    repeated = {(sentence, found) for sentence in sentences for found in personal & words_of(sentence)} | {
        (sentence, text) for sentence in sentences for text in personal if " " in text and text in sentence
    }
    assert not repeated, f"{sorted(repeated)[:3]}; {told}"

    again = load(name)
    assert again.was_held_already and again.counts == counts, told
    assert count_stored(result.extract)["people"] == counts.people == HeldPerson.objects.count(), told


@pytest.mark.parametrize("name", [each for each in files() if not first_that_fits(TAKEN, each)])
def test_what_is_no_extract_is_refused_in_a_sentence_and_leaves_nothing(name):
    with pytest.raises(CannotBeRead) as caught:
        load(name)
    finding = caught.value.finding
    assert finding.is_error
    assert finding.place.file == Path(name).name
    assert 20 < len(finding.sentence) < 300 and "\n" not in finding.sentence
    assert not HeldPerson.objects.exists() and not HeldEvent.objects.exists()
    assert lookups.current_people().is_empty()
