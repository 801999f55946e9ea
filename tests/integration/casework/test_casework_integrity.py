"""What the database itself refuses, whatever program writes to it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sightline.access.models import Act
from sightline.casework.models import Child, Incident, LocalReview, Notification, RapidReview
from sightline.coding.models import CodedAnswer

ONLY_GROWING = ("access_act", "casework_asnotified", "casework_clericalcorrection")


@pytest.fixture
def whole_case(case_up_to):
    case_up_to("withdraw_notification")


def refused(statement, *values):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.parametrize("table", ONLY_GROWING)
def test_a_table_that_only_grows_refuses_change_and_removal(whole_case, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert cursor.fetchone()[0] > 0
    column = "said" if table == "casework_asnotified" else "by"
    refused(f"UPDATE {table} SET {column} = {column}")  # noqa: S608
    refused(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's")
def test_an_act_cannot_be_replaced(whole_case):
    refused(
        "INSERT OR REPLACE INTO access_act "
        "SELECT id, 'Somebody else', act, thing_kind, thing_id, fields, why, at FROM access_act"
    )


def test_acts_are_refused_through_the_models_too(whole_case):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Act.objects.update(by="Somebody else")


IMPOSSIBLE = {
    "an unknown code": lambda: Incident.objects.create(incident_id="X", outside_england="perhaps"),
    "a negative age": lambda: Child.objects.create(
        child_ref="X", incident_id="INC-1", position=7, age_in_months=-1
    ),
    "position 0": lambda: Child.objects.create(child_ref="X", incident_id="INC-1", position=0),
    "a position twice in an incident": lambda: Child.objects.create(
        child_ref="X", incident_id="INC-1", position=1
    ),
    "a notification before awareness": lambda: Notification.objects.filter(pk="SIN-1").update(
        notified_on=date(2023, 1, 1)
    ),
    "a withdrawal before the notification": lambda: Notification.objects.filter(pk="SIN-1").update(
        withdrawn_on=date(2023, 1, 1)
    ),
    "a publication before the decision": lambda: LocalReview.objects.filter(pk="LR-1").update(
        published_on=date(2023, 1, 1)
    ),
    "a coded answer that is none of the variable's": lambda: answer(variable="domestic_abuse", value="sudi"),
    "a coded answer to a question the codebook has not": lambda: answer(variable="star_sign", value="yes"),
    "a whole-review answer about a child": lambda: answer(variable="domestic_abuse", child_id="CH-1"),
    "a child's answer about a whole review": lambda: answer(variable="neglect_experienced"),
    "certainty where there is no answer": lambda: answer(value="not_mentioned", certainty="likely"),
    "a codebook nobody has": lambda: answer(codebook_version=7),
    "an answer twice": lambda: [answer(), answer()],
    "a child's answer twice": lambda: [
        answer(variable="neglect_experienced", child_id="CH-1"),
        answer(variable="neglect_experienced", child_id="CH-1"),
    ],
}


def answer(**differing):
    return CodedAnswer.objects.create(
        **{
            "review_id": "RR-1",
            "variable": "domestic_abuse",
            "value": "yes",
            "coder": "A",
            "codebook_version": 1,
            **differing,
        }
    )


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_the_database_refuses(whole_case, what):
    with pytest.raises(IntegrityError), transaction.atomic():
        IMPOSSIBLE[what]()


def test_two_coders_and_several_themes_are_no_duplicates(whole_case):
    answer(coder="A")
    answer(coder="B")
    answer(variable="practice_theme", value="information_sharing")
    answer(variable="practice_theme", value="critical_thinking")
    assert CodedAnswer.objects.count() == 4


def stored_for_good(orphan):
    orphan()
    connection.check_constraints()  # references are looked at when a transaction ends


@pytest.mark.parametrize(
    "orphan",
    [
        lambda: RapidReview.objects.create(review_id="X", notification_id="SIN-404"),
        lambda: Notification.objects.create(
            notification_id="X",
            incident_id="INC-404",
            route="serious_incident",
            nature="death",
            notified_on=date(2023, 1, 1),
        ),
    ],
)
def test_nothing_hangs_on_what_is_not_there(whole_case, orphan):
    with pytest.raises(IntegrityError), transaction.atomic():
        stored_for_good(orphan)
