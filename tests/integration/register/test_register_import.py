"""Importing into a real database and writing out again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from django.db import connection
from polars.testing import assert_frame_equal

from sightline.access.models import Act
from sightline.casework.as_notified import snapshot
from sightline.casework.models import (
    AsNotified,
    Child,
    ClericalCorrection,
    Incident,
    Notification,
    Recommendation,
)
from sightline.coding.models import CodedAnswer
from sightline.register import actions
from sightline.register.actions import (
    ClericalCorrectionOrder,
    export_register,
    import_register,
)
from sightline.register.layout import LAYOUT_1
from sightline.register.lookups import load_register
from sightline.register.models import RegisterImport
from sightline.vocabulary.decisions import Refusal
from tests.builders.registers import AS_OF, a_register, add_row, change, read_rows, remove_row, write_rows

pytestmark = pytest.mark.django_db
EXAMPLE = Path(actions.__file__).parent / "example" / "2022-23"


@pytest.fixture(autouse=True)
def data_folder(tmp_path, settings):
    settings.SIGHTLINE_DATA = tmp_path / "data"
    return settings.SIGHTLINE_DATA


@pytest.fixture
def folder(tmp_path):
    return a_register(tmp_path / "register")


def imported(folder, **more):
    return import_register(folder, by="Priya Shah", as_of=AS_OF, **more)


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def everything_stored():
    tables = [
        name for name in connection.introspection.table_names() if name.startswith(("casework", "coding"))
    ]
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables}  # noqa: S608


def test_an_import_stores_every_row(folder):
    result = imported(folder)
    assert result.was_imported and result.changed_anything
    assert {name: counts["added"] for name, counts in result.counts.items()} == {
        name: len(read_rows(folder, name)) - 1 for name in LAYOUT_1
    }
    first = Child.objects.get(child_ref="CH-1")
    assert (first.incident_id, first.position, str(first.date_of_birth)) == ("INC-1", 1, "2021-11-20")
    assert CodedAnswer.objects.filter(child__isnull=True, value="critical_thinking").count() == 1


def test_the_shipped_example_goes_out_as_it_came_in(tmp_path):
    assert not [finding for finding in imported(EXAMPLE).findings if finding.is_error]
    export_register(tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(EXAMPLE)


def test_an_export_from_the_database_equals_one_from_the_snapshot(folder, tmp_path, data_folder):
    imported(folder)
    export_register(tmp_path / "from-snapshot")
    for path in (data_folder / "snapshots").rglob("*.parquet"):
        path.unlink()
    export_register(tmp_path / "from-database")
    assert files_of(tmp_path / "from-snapshot") == files_of(tmp_path / "from-database") == files_of(folder)


def test_rows_go_out_in_the_order_of_the_last_files(folder, tmp_path):
    imported(folder)
    header, *rows = read_rows(folder, "codings")
    write_rows(folder, "codings", [header, *reversed(rows)])
    result = imported(folder)
    assert not result.changed_anything
    export_register(tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(folder)


def test_the_same_files_again_change_nothing_and_say_so(folder):
    imported(folder)
    before = everything_stored()
    again = imported(folder)
    assert again.was_imported and not again.changed_anything and not again.changes
    assert everything_stored() == before


def test_every_import_is_recorded_with_its_act(folder):
    imported(folder)
    record, act = RegisterImport.objects.get(), Act.objects.get()
    assert record.by == act.by == "Priya Shah"
    assert (act.act, act.thing_id) == ("register.import_register", str(record.pk))
    assert set(record.file_hashes) == {file.file_name for file in LAYOUT_1.values()}
    assert record.counts["codings"]["added"] == 9


def test_files_with_an_error_leave_nothing_behind(folder):
    change(folder, "recommendations", "REC-2", "level", "nation")
    result = imported(folder)
    assert not result.was_imported and [each.rule for each in result.findings if each.is_error] == [
        "recommendations.level.unknown_code"
    ]
    assert not Incident.objects.exists() and not Act.objects.exists()


def test_nobody_cannot_import(folder):
    with pytest.raises(Refusal, match="who"):
        import_register(folder, by=" ", as_of=AS_OF)


def test_a_corrected_cell_is_changed_and_told(folder):
    imported(folder)
    change(folder, "children", "CH-2", "sex", "female")
    result = imported(folder)
    (told,) = result.changes
    assert (told.file, told.key, told.column, told.before, told.after) == (
        *("children", ("CH-2",), "sex"),
        *("male", "female"),
    )
    assert result.counts["children"] == {"added": 0, "changed": 1, "unchanged": 3, "kept_though_gone": 0}
    assert Child.objects.get(child_ref="CH-2").sex == "female"
    assert load_register().children["sex"].to_list()[1] == "female"


def test_a_cell_emptied_and_a_cell_filled_are_changes(folder):
    imported(folder)
    change(folder, "children", "CH-2", "sex", "")
    change(folder, "children", "CH-2", "disability", "no")
    assert {(each.before, each.after) for each in imported(folder).changes} == {("male", None), (None, "no")}


def test_a_corrected_answer_replaces_the_wrong_one(folder):
    imported(folder)
    change(folder, "codings", "RR-1,,practice_theme,info", "value", "leadership_and_culture")
    change(folder, "codings", "RR-1,,domestic", "value", "no")
    result = imported(folder)
    assert result.counts["codings"]["changed"] == 2 and not result.counts["codings"]["kept_though_gone"]
    assert set(CodedAnswer.objects.filter(child__isnull=True).values_list("value", flat=True)) == {
        *("no", "leadership_and_culture", "critical_thinking")
    }


def test_a_corrected_date_of_a_reply_replaces_the_wrong_one(folder):
    imported(folder)
    change(folder, "panel_responses", "RR-1", "responded_on", "2022-06-13")
    result = imported(folder)
    assert [(str(each.before), str(each.after)) for each in result.changes] == [("2022-06-10", "2022-06-13")]


def test_children_can_change_places(folder):
    imported(folder)
    add_row(folder, "children", "CH-5,INC-1,3,other,,100,male,,,,,,,,")
    imported(folder)
    change(folder, "children", "CH-2", "position", "3")
    change(folder, "children", "CH-5", "position", "2")
    assert imported(folder).counts["children"]["changed"] == 2
    assert Child.objects.get(child_ref="CH-5").position == 2


def test_a_row_gone_from_the_files_is_reported_and_kept(folder, tmp_path):
    imported(folder)
    remove_row(folder, "recommendations", "REC-1")
    result = imported(folder)
    [kept] = [each for each in result.findings if each.place.file == "recommendations.csv"]
    assert kept.rule == "recommendations.rows_kept"
    assert kept.sentence.startswith("The register has 1 row that this file does not have, for example ")
    assert result.counts["recommendations"]["kept_though_gone"] == 1 and not result.changed_anything
    assert Recommendation.objects.count() == 2
    export_register(tmp_path / "out")
    assert [row[0] for row in read_rows(tmp_path / "out", "recommendations")[1:]] == ["REC-2", "REC-1"]


def test_a_new_child_cannot_take_the_place_of_one_that_is_kept(folder):
    imported(folder)
    remove_row(folder, "codings", "RR-1,CH-2")
    line = change(folder, "children", "CH-2", "child_ref", "CH-2B")
    result = imported(folder)
    assert ("children.position_of_kept_child", line) in {
        (each.rule, each.place.line) for each in result.findings if each.is_error
    }
    assert not Child.objects.filter(child_ref="CH-2B").exists()


def test_a_new_row_among_the_old_is_added_and_goes_out_in_its_place(folder, tmp_path):
    imported(folder)
    header, *rows = read_rows(folder, "incidents")
    write_rows(
        folder, "incidents", [header, ["INC-0", "2022-05-02", "day", "E06000001", "no", "", "known"], *rows]
    )
    add_row(folder, "children", "CH-0,INC-0,1,died,,7,female,,,,,,,,")
    result = imported(folder)
    assert (result.counts["incidents"]["added"], result.counts["incidents"]["unchanged"]) == (1, 3)
    export_register(tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(folder)


def test_what_was_notified_is_not_overwritten(folder):
    imported(folder)
    line = change(folder, "notifications", "SIN-2", "nature", "death")
    result = imported(folder)
    assert not result.was_imported
    (fault,) = [each for each in result.findings if each.is_error]
    assert (fault.rule, fault.place.line, fault.place.column) == (
        *("notifications.as_notified_differs", line),
        "nature",
    )
    assert Notification.objects.get(notification_id="SIN-2").nature == "serious_harm"


def test_a_withdrawal_is_no_overwriting(folder):
    imported(folder)
    change(folder, "notifications", "SIN-2", "withdrawn_on", "2022-09-01")
    change(folder, "notifications", "SIN-2", "withdrawn_reason", "notified in error")
    assert imported(folder).counts["notifications"]["changed"] == 1


def test_a_clerical_correction_keeps_both_values(folder):
    imported(folder)
    change(folder, "notifications", "SIN-2", "nature", "death")
    change(folder, "notifications", "SIN-2", "aware_on", "2022-06-18")
    result = imported(folder, clerical_correction=ClericalCorrectionOrder(reason="mistyped"))
    assert result.was_imported and result.clerical_corrections == 2
    kept = ClericalCorrection.objects.order_by("field").values_list(
        "field", "as_notified", "corrected", "reason", "by"
    )
    assert list(kept) == [
        ("aware_on", None, "2022-06-18", "mistyped", "Priya Shah"),
        ("nature", "serious_harm", "death", "mistyped", "Priya Shah"),
    ]
    assert Notification.objects.get(notification_id="SIN-2").nature == "death"
    assert AsNotified.objects.get(notification_id="SIN-2").said["notification"]["nature"] == "serious_harm"


def test_a_clerical_correction_needs_a_reason(folder):
    with pytest.raises(Refusal, match="reason"):
        imported(folder, clerical_correction=ClericalCorrectionOrder(reason=" "))


def test_what_each_notification_said_is_kept_as_casework_says_it(folder):
    imported(folder)
    register = load_register()
    for notification in register.notifications.iter_rows(named=True):
        of_incident = pl.col("incident_id") == notification["incident_id"]
        expected = snapshot(
            notification,
            incident=register.incidents.filter(of_incident).row(0, named=True),
            children=register.children.filter(of_incident).iter_rows(named=True),
        )
        said = AsNotified.objects.get(notification_id=notification["notification_id"]).said
        assert said == json.loads(json.dumps(expected))


def test_an_act_elsewhere_makes_the_snapshot_old(folder, data_folder):
    imported(folder)
    Recommendation.objects.filter(recommendation_id="REC-2").update(status="in_progress")
    Act.objects.create(
        by="Sam Oduya", act="casework.example", thing_kind="x", thing_id="1", at="2026-11-23T10:00:00Z"
    )
    assert load_register().recommendations["status"].to_list() == ["done", "in_progress"]
    assert len(list((data_folder / "snapshots").iterdir())) == 1


def test_a_spoilt_snapshot_is_passed_over(folder, data_folder):
    imported(folder)
    expected = load_register()
    (path,) = (data_folder / "snapshots").glob("*/children.parquet")
    path.write_bytes(b"not a table")
    assert_frame_equal(load_register().children, expected.children)


def test_a_disk_without_room_for_the_snapshot_does_not_fail_the_import(folder, monkeypatch):
    def full(*arguments, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sightline.register.lookups.write_snapshot", full)
    assert imported(folder).was_imported
    assert len(load_register().incidents) == 3


def test_loading_an_empty_database_gives_an_empty_register():
    register = load_register()
    assert {name: table.height for name, table in register} == dict.fromkeys(LAYOUT_1, 0)
    assert register.children.schema["date_of_birth"] == pl.Date


def test_export_writes_over_nothing(folder, tmp_path):
    imported(folder)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(Refusal, match="holds something"):
        export_register(tmp_path / "out")
    assert files_of(tmp_path / "out") == {"notes.txt": b"mine"}


def test_an_export_cut_short_leaves_nothing(folder, tmp_path, monkeypatch):
    imported(folder)

    def stopped(table):
        raise KeyboardInterrupt

    monkeypatch.setattr("sightline.register.exporting.csv_bytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        export_register(tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"register", "data"}


@pytest.mark.parametrize("stopped_at", ["storing codings", "storing recommendations"])
def test_an_import_stopped_half_way_leaves_nothing(folder, stopped_at):
    def stop(stage, done, total):
        if stage == stopped_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(folder, progress=stop)
    assert not Incident.objects.exists() and not RegisterImport.objects.exists()
    assert imported(folder).was_imported


def test_an_import_that_the_record_refuses_leaves_nothing(folder, monkeypatch):
    def broken(*arguments, **more):
        raise RuntimeError("no record")

    monkeypatch.setattr(actions, "record_act", broken)
    with pytest.raises(RuntimeError):
        imported(folder)
    assert not Incident.objects.exists()


FILL_AND_IMPORT = """
import sys
from datetime import date
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from sightline.access.models import Act
from sightline.casework.models import Incident
from sightline.register.actions import ImportStopped, import_register
call_command("migrate", verbosity=0)
cursor = connection.cursor()
pages = cursor.execute("PRAGMA page_count").fetchone()[0]
cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
try:
    import_register(Path(sys.argv[1]), by="Priya Shah", as_of=date(2026, 11, 23))
except ImportStopped as stopped:
    print(stopped)
print(Incident.objects.count(), Act.objects.count())
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a limit of pages is SQLite's")
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path):
    (tmp_path / "full").mkdir()
    surroundings = os.environ | {
        "SIGHTLINE_DATA": str(tmp_path / "full"),
        "DJANGO_SETTINGS_MODULE": "sightline.config.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", FILL_AND_IMPORT, str(EXAMPLE)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    said, counted = run.stdout.splitlines()
    assert "Nothing was imported" in said and "full" in said
    assert counted == "0 0"
