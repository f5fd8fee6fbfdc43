"""The database's own refusal to change what is only ever added, on SQLite and on PostgreSQL."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = ("crm_ledgerentry", "crm_accesslog")
_SAYS = "{table} only grows: post a reversal instead"


def create_statements(vendor: str, table: str) -> list[str]:
    says = _SAYS.format(table=table)
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()",
    ]


def drop_statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}" for verb in ("change", "truncate")]


def create(connection: BaseDatabaseWrapper) -> None:
    _run(connection, [s for table in APPEND_ONLY for s in create_statements(connection.vendor, table)])


def drop(connection: BaseDatabaseWrapper) -> None:
    """For the test runner's clearing of tables and for undoing the migration, and nothing else."""
    _run(connection, [s for table in APPEND_ONLY for s in drop_statements(connection.vendor, table)])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def apply_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    create(schema_editor.connection)


def undo_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    drop(schema_editor.connection)
