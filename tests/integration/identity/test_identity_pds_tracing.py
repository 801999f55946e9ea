"""Tracing records that are held: who is asked about, what is kept, ruled by a person, and joined."""

import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from fake_pds import FakePds, InProcess, Patient, Trouble, fake_pds

from sightline.access.models import Act
from sightline.identity.pds import lookups
from sightline.identity.pds.actions import recheck_numbers, rule_on_trace, trace_numbers
from sightline.identity.pds.models import PdsRuling, PdsTrace
from sightline.identity.pds.outcomes import Answer, Outcome, Reply
from sightline.identity.pds.reference_keys import reference_keys
from sightline.intake.models import Agency, Extract, ExtractState, HeldPerson, Restriction
from sightline.vocabulary.decisions import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1"])]

AS_OF = date(2026, 9, 1)
WREN = Patient("9410000033", "Quillfeather", "Wren", "2015-03-07", gender="female")
TWO = "9410000041"


@pytest.fixture(autouse=True)
def _approved(settings, tmp_path):
    settings.SIGHTLINE_PDS_RULES = "1"
    settings.SIGHTLINE_REFERENCE_KEYS = tmp_path / "reference-keys"


@pytest.fixture
def extract():
    agency = Agency.objects.create(code="E09000001", name="An invented council", kind="social_care")
    return Extract.objects.create(
        agency=agency,
        format="invented",
        file_name="people.csv",
        sha256="0",
        size=1,
        received_at=datetime(2026, 8, 1, tzinfo=UTC),
        by="Ada Bell",
        as_of=AS_OF,
        code_version="1",
        state=ExtractState.LOADED,
        change_number=1,
    )


@pytest.fixture
def hold(extract):
    """Hold a record: Wren's, but for what is said."""

    def held(record_id: str, **differing) -> HeldPerson:
        texts = dict.fromkeys(
            (
                *("preferred_forename", "former_surname", "ethnicity", "nhs_number", "upn", "former_upn"),
                *("address", "la_code", "school", "gp_practice"),
            ),
            "",
        )
        values = {
            "surname": "Quillfeather",
            "forenames": "Wren",
            "born_on": date(2015, 3, 7),
            "sex": "female",
            "postcode": "ZZ993WZ",
            "aliases": [],
            "other_ids": [],
            "former_postcodes": [],
            "is_adult": False,
            "is_restricted": False,
            "is_address_protected": False,
        }
        return HeldPerson.objects.create(
            extract=extract,
            number=1,
            line=1,
            agency="E09000001",
            record_id=record_id,
            **(texts | values | differing),
        )

    return held


def trace_with(pds, **more):
    return trace_numbers(by="Ada Bell", purpose="rapid review", as_of=AS_OF, pds=pds, **more)


def recheck_with(pds, *, days: int = 1):
    found_before = (timezone.now() + timedelta(days=days)).date()
    return recheck_numbers(
        by="Ada Bell", purpose="yearly check", as_of=AS_OF, found_before=found_before, pds=pds
    )


def numbers() -> dict[str, str]:
    return {record_id: number for (_, record_id), number in lookups.found_numbers().items()}


def test_a_number_is_found_and_kept_with_its_rule_score_and_every_result(hold):
    hold("R1")
    done = trace_with(InProcess(WREN))
    assert (done.outcomes, done.left, done.stopped_because) == ({Outcome.FOUND: 1}, 0, "")
    trace = PdsTrace.objects.get()
    assert (trace.nhs_number, trace.rule, trace.rule_version, trace.rule_set, trace.score) == (
        *(WREN.number, "names-date-postcode"),
        *(1, "1", 1.0),
    )
    assert len(trace.results) == 7
    assert numbers() == {"R1": WREN.number}


def test_every_asking_is_recorded_with_who_and_which_trace_and_nothing_of_the_child(hold):
    hold("R1")
    trace_with(InProcess(WREN))
    act = Act.objects.get(act="identity.trace_nhs_number")
    trace = PdsTrace.objects.get()
    assert (act.by, act.thing_id, trace.purpose) == ("Ada Bell", str(trace.pk), "rapid review")
    assert "Quill" not in str(act.__dict__) and WREN.number not in str(act.__dict__)


def test_nothing_is_sent_and_nothing_kept_as_shipped(hold, settings):
    hold("R1")
    settings.SIGHTLINE_PDS_RULES = ""
    with pytest.raises(Refusal, match="SIGHTLINE_PDS_RULES"):
        trace_with(InProcess(WREN))
    settings.SIGHTLINE_PDS_RULES = "1"
    with pytest.raises(Refusal, match="off"):
        trace_with(None)
    assert not PdsTrace.objects.exists() and not Act.objects.exists()


@pytest.mark.parametrize(("by", "purpose"), [("", "rapid review"), (" ", "rapid review"), ("Ada Bell", " ")])
def test_nobody_asks_unnamed_or_without_a_purpose(hold, by, purpose):
    hold("R1")
    pds = InProcess(WREN)
    with pytest.raises(Refusal):
        trace_numbers(by=by, purpose=purpose, as_of=AS_OF, pds=pds)
    assert pds.fake.asked == []


def test_only_children_without_a_number_are_asked_about_unless_more_is_wanted(hold):
    hold("R1", nhs_number=WREN.number)
    hold("R2", is_adult=True)
    pds = InProcess(WREN)
    assert trace_with(pds).outcomes == {}
    assert pds.fake.asked == []
    assert trace_with(pds, with_numbers=True).outcomes == {Outcome.FOUND: 1}


def test_a_record_closed_at_adoption_is_never_asked_about(hold):
    hold("R1")
    Restriction.objects.create(agency="E09000001", record_id="R1", by="Ada Bell", at=timezone.now())
    pds = InProcess(WREN)
    assert trace_with(pds, with_numbers=True).outcomes == {Outcome.NOT_ASKED: 1}
    assert pds.fake.asked == []


def test_a_number_found_before_a_record_was_closed_is_given_to_nobody(hold):
    hold("R1")
    trace_with(InProcess(WREN))
    Restriction.objects.create(agency="E09000001", record_id="R1", by="Ada Bell", at=timezone.now())
    assert numbers() == {}
    pds = InProcess(WREN)
    recheck_with(pds)
    assert pds.fake.asked == []


def test_a_record_is_asked_about_once_and_again_when_its_details_change(hold):
    row = hold("R1")
    trace_with(InProcess(WREN))
    assert trace_with(InProcess(WREN)).traced == 0
    row.forenames = "Wrenna"
    row.save()
    assert trace_with(InProcess(WREN)).traced == 1


def test_a_restricted_child_keeps_its_flag_and_no_address_is_stored(hold):
    hold("R1", address="", postcode="")
    trace_with(InProcess(replace(WREN, is_restricted=True, postcode="YY9 9YY")))
    trace = PdsTrace.objects.get()
    assert trace.is_restricted and trace.outcome == Outcome.FOUND
    assert "YY9" not in str(trace.__dict__) and "Street" not in str(trace.__dict__)


def test_a_failure_is_asked_again_and_only_what_failed(hold):
    hold("R1")
    pds = InProcess(WREN)
    pds.instead[2] = Reply(Answer.FAILED, detail="http_503")
    assert trace_with(pds).outcomes == {Outcome.FAILED: 1}
    assert numbers() == {}
    later = InProcess(WREN)
    assert trace_with(later).outcomes == {Outcome.FOUND: 1}
    assert len(later.fake.asked) == 1


def test_a_failure_takes_no_number_away_that_was_settled_before(hold):
    row = hold("R1")
    trace_with(InProcess(WREN))
    row.postcode = "YY11AA"
    row.save()
    broken = InProcess(WREN)
    broken.instead = dict.fromkeys(range(20), Reply(Answer.FAILED))
    assert trace_with(broken).outcomes == {Outcome.FAILED: 1}
    assert numbers() == {"R1": WREN.number}
    recheck_with(broken)
    assert numbers() == {"R1": WREN.number}


def test_a_run_stops_where_we_may_not_ask_and_says_how_many_are_left(hold):
    for record_id in ("R1", "R2", "R3"):
        hold(record_id)
    pds = InProcess(WREN)
    pds.instead[0] = Reply(Answer.NOT_ALLOWED)
    done = trace_with(pds)
    assert (done.outcomes, done.left) == ({Outcome.NOT_ALLOWED: 1}, 2)
    assert "not allow" in done.stopped_because
    assert len(pds.fake.asked) == 1
    assert trace_with(InProcess(WREN)).outcomes == {Outcome.FOUND: 3}


def test_a_run_stops_when_pds_is_out_of_reach(hold):
    for number in range(5):
        hold(f"R{number}")
    pds = InProcess()
    pds.instead = dict.fromkeys(range(200), Reply(Answer.FAILED))
    done = trace_with(pds)
    assert (done.outcomes, done.left) == ({Outcome.FAILED: 3}, 2)
    assert done.stopped_because


def test_a_run_may_be_kept_short(hold):
    for number in range(3):
        hold(f"R{number}")
    done = trace_with(InProcess(WREN), at_most=2)
    assert (done.traced, done.left) == (2, 1)


def in_conflict(hold):
    hold("R1")
    trace_with(InProcess(WREN, Patient(TWO, "Quillfeather", "Wren", "2015-07-03", postcode="YY1 1AA")))
    (trace,) = lookups.waiting_for_a_person()
    return trace


def test_a_conflict_waits_for_a_person_whose_ruling_settles_it(hold):
    trace = in_conflict(hold)
    assert (trace.outcome, set(trace.numbers), numbers()) == (Outcome.CONFLICT, {WREN.number, TWO}, {})
    rule_on_trace(trace.number, nhs_number=TWO, why="birth certificate seen", by="Olu Reader")
    assert numbers() == {"R1": TWO}
    assert lookups.waiting_for_a_person() == ()
    assert Act.objects.filter(act="identity.rule_on_pds_trace", by="Olu Reader").count() == 1


def test_a_ruling_is_taken_back_by_a_later_one_and_both_are_kept(hold):
    trace = in_conflict(hold)
    rule_on_trace(trace.number, nhs_number=TWO, why="birth certificate seen", by="Olu Reader")
    rule_on_trace(trace.number, nhs_number="", why="it was a cousin's", by="Olu Reader")
    assert numbers() == {}
    assert PdsRuling.objects.count() == 2


def test_a_number_found_by_the_rules_can_be_ruled_out(hold):
    hold("R1")
    trace_with(InProcess(WREN))
    trace = lookups.latest_traces()["E09000001", "R1"]
    rule_on_trace(trace.number, nhs_number="", why="the family says otherwise", by="Olu Reader")
    assert numbers() == {}


def test_a_ruling_stands_when_the_same_numbers_are_found_again(hold):
    trace = in_conflict(hold)
    rule_on_trace(trace.number, nhs_number=TWO, why="birth certificate seen", by="Olu Reader")
    recheck_with(InProcess(WREN, Patient(TWO, "Quillfeather", "Wren", "2015-07-03")))
    assert PdsTrace.objects.count() == 2
    assert numbers() == {"R1": TWO}


@pytest.mark.parametrize(
    ("nhs_number", "why", "says"),
    [
        ("9410000068", "seen", "did not find"),
        (TWO, " ", "rests on"),
    ],
)
def test_a_ruling_needs_a_reason_and_one_of_the_numbers_found(hold, nhs_number, why, says):
    trace = in_conflict(hold)
    with pytest.raises(Refusal, match=says):
        rule_on_trace(trace.number, nhs_number=nhs_number, why=why, by="Olu Reader")
    assert not PdsRuling.objects.exists()


def test_a_ruling_on_a_trace_that_is_no_longer_the_newest_is_refused(hold):
    trace = in_conflict(hold)
    HeldPerson.objects.update(forenames="Wrenna")
    trace_with(InProcess(WREN))
    with pytest.raises(Refusal, match="traced again"):
        rule_on_trace(trace.number, nhs_number=TWO, why="seen", by="Olu Reader")
    with pytest.raises(Refusal, match="no trace"):
        rule_on_trace(trace.number + 99, nhs_number=TWO, why="seen", by="Olu Reader")


def test_a_replaced_number_is_followed_when_numbers_are_asked_about_again(hold):
    hold("R1")
    trace_with(InProcess(WREN))
    pds = InProcess(replace(WREN, superseded_by=TWO), replace(WREN, number=TWO))
    assert recheck_with(pds).outcomes == {Outcome.FOUND: 1}
    assert numbers() == {"R1": TWO}
    assert len(pds.fake.asked) == 1 and pds.fake.searches == []
    newest = PdsTrace.objects.latest("pk")
    assert (newest.held_number, "superseded" in newest.reasons) == (WREN.number, True)


def test_a_number_given_up_is_taken_away_and_sought_anew(hold):
    hold("R1")
    trace_with(InProcess(WREN))
    recheck_with(InProcess(replace(WREN, is_invalidated=True)))
    assert numbers() == {}
    hold("R2")
    trace_with(InProcess(WREN))
    recheck_with(InProcess(replace(WREN, is_invalidated=True), replace(WREN, number=TWO)))
    assert numbers() == {"R2": TWO}


def test_a_number_is_not_asked_about_again_before_its_time(hold):
    hold("R1")
    trace_with(InProcess(WREN))
    pds = InProcess(WREN)
    assert recheck_with(pds, days=0).traced == 0
    assert pds.fake.asked == []


def test_the_database_refuses_a_find_without_a_number_and_a_number_without_a_find(hold):
    from django.db import IntegrityError, transaction

    hold("R1")
    trace_with(InProcess(WREN))
    for values in ({"nhs_number": ""}, {"outcome": Outcome.CONFLICT.value}, {"by": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PdsTrace.objects.update(**values)


def test_over_the_network_the_settings_say_where_pds_is_and_an_outage_heals(hold, settings):
    hold("R1")
    with fake_pds(WREN) as fake:
        settings.SIGHTLINE_PDS = settings.SIGHTLINE_PDS | {"url": fake.url}
        fake.trouble = [Trouble(400), Trouble(403)]
        assert trace_with(None).outcomes == {Outcome.NOT_ALLOWED: 1}
        assert trace_with(None).outcomes == {Outcome.FOUND: 1}
        assert only_searches(fake)
    assert numbers() == {"R1": WREN.number}


def only_searches(fake: FakePds) -> bool:
    return fake.asked == fake.searches


def test_a_key_file_is_for_its_owner_alone_and_a_new_key_comes_every_year(tmp_path):
    file = tmp_path / "keys"
    first = reference_keys(file, as_of=AS_OF)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert reference_keys(file, as_of=AS_OF + timedelta(days=365)) == first
    second = reference_keys(file, as_of=AS_OF + timedelta(days=366))
    assert second.in_use != first.in_use and first.in_use in second.secrets
    third = reference_keys(file, as_of=AS_OF + timedelta(days=733))
    assert set(third.secrets) == {second.in_use, third.in_use}
