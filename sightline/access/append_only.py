"""Tables that only grow: the database itself refuses to change or remove a row.

Used by migrations, so that the guarantee holds against any program with the database open, ours included.
"""

from typing import TYPE_CHECKING

from django.db.migrations import RunPython

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps


def append_only(table: str, *, key: str) -> RunPython:
    """The migration step that makes `table`, whose primary key is the column `key`, only grow."""

    def protect(apps: "StateApps", editor: "BaseDatabaseSchemaEditor") -> None:
        _run(editor, _PROTECT[editor.connection.vendor], table, key)

    def release(apps: "StateApps", editor: "BaseDatabaseSchemaEditor") -> None:
        _run(editor, _RELEASE[editor.connection.vendor], table, key)

    return RunPython(protect, release)


def _run(editor: "BaseDatabaseSchemaEditor", statements: tuple[str, ...], table: str, key: str) -> None:
    for statement in statements:
        editor.execute(statement.format(table=table, key=key), params=None)


_PROTECT = {
    "sqlite": (
        "CREATE TRIGGER {table}_keeps_update BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only: a row is never changed'); END",
        "CREATE TRIGGER {table}_keeps_delete BEFORE DELETE ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only: a row is never removed'); END",
        # INSERT OR REPLACE removes the old row without firing the trigger above.
        "CREATE TRIGGER {table}_keeps_replace BEFORE INSERT ON {table} "
        "WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only: a row is never replaced'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION {table}_keeps() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '{table} is append-only: a row is never changed or removed' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION {table}_keeps()",
        "CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION {table}_keeps()",
    ),
}
_RELEASE = {
    "sqlite": (
        "DROP TRIGGER {table}_keeps_update",
        "DROP TRIGGER {table}_keeps_delete",
        "DROP TRIGGER {table}_keeps_replace",
    ),
    "postgresql": (
        "DROP TRIGGER {table}_keeps_rows ON {table}",
        "DROP TRIGGER {table}_keeps_all ON {table}",
        "DROP FUNCTION {table}_keeps()",
    ),
}
