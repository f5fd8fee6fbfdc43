"""An installation that recorded outcomes before there were stages goes on with what it has."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from crm.models import FollowUp, LedgerEntry, Outcome, guard
from crm.queries.outcome_lists import OutcomesAsked, outcomes_asked
from crm.queries.search import organisations_matching, written_on

# Every migration is taken back and run again, once for all that is looked at afterwards: that takes minutes.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
BEFORE, NOW = [("crm", "0002_append_only")], datetime(2023, 3, 1, tzinfo=UTC)
KEPT: dict[str, Any] = {"created_at": NOW, "updated_at": NOW, "version": 1}


@pytest.fixture
def old() -> Iterator[Any]:
    """The record as it was before, for the length of the test."""
    step_by_step().migrate(BEFORE)
    try:
        yield step_by_step().loader.project_state(BEFORE).apps
    finally:
        upgrade()


def upgrade() -> None:
    executor = step_by_step()
    last = [step for step in executor.loader.graph.leaf_nodes() if step not in executor.loader.replacements]
    executor.migrate(last)


def step_by_step() -> MigrationExecutor:
    """As for an installation that is older than the migration that makes all tables at once."""
    executor = MigrationExecutor(connection)
    executor.loader.replace_migrations = False
    executor.loader.build_graph()
    return executor


def shape() -> dict[str, Any]:
    """What the database says of every table and of its triggers."""
    triggers = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        told = connection.introspection
        tables: dict[str, Any] = {
            table: (sorted(told.get_table_description(cursor, table)), _named(told.get_constraints(cursor, table)))
            for table in told.table_names(cursor)
        }
        cursor.execute(triggers[connection.vendor])
        return tables | {"triggers": sorted(cursor.fetchall())}


def record(apps: Any, kind: str, title: str, fulfilment: str = "") -> Any:
    with guard.suspended():
        who = apps.get_model("crm", "Account").objects.create(username=f"old-{kind}", name="", role="officer", **KEPT)
        outcome = apps.get_model("crm", "Outcome").objects.create(
            kind=kind, title=title, signed_on=date(2023, 1, 7), fulfilment=fulfilment, **KEPT
        )
        apps.get_model("crm", "LedgerEntry").objects.create(
            id=uuid4(), outcome=outcome, measure="count", series="announced", value=1, value_date=date(2023, 1, 7),
            date_basis="signing", recorded_at=NOW, entered_at=NOW, source="press", evidence_grade="press",
            cause="first", kind=kind, fulfilment=fulfilment, recorded_by=who, action="record_outcome",
        )  # fmt: skip
    return outcome.pk


def _named(constraints: dict[str, Any]) -> list[tuple[str, Any]]:
    """Those that the database itself names are known by what they are: it counts them, or goes by a column's old name."""
    by_itself = re.compile(r"__unnamed.*|fk_\d+|.*_not_null")
    return sorted(("" if by_itself.fullmatch(name) else name, str(one)) for name, one in constraints.items())


@pytest.fixture
def new(transactional_db: None) -> dict[str, Any]:
    """What an installation of today begins with."""
    return shape()


def test_what_was_recorded_before_stands_at_a_stage_and_is_found_and_the_ledger_still_only_grows(
    new: dict[str, Any], old: Any
) -> None:
    mou = record(old, "business_mou", "옛 성과")
    withdrawn = record(old, "investment_mou", "물린 약속", "withdrawn")
    contract = record(old, "export_contract", "수출 계약")
    with guard.suspended():
        company = old.get_model("crm", "Organisation").objects.create(name="솔", key="솔", initials="ㅅ", **KEPT)
        old.get_model("crm", "OrganisationAlias").objects.create(
            organisation=company, name="㈜소나무", key="소나무", **KEPT
        )
        tasks = old.get_model("crm", "FollowUp").objects
        task = tasks.create(title="통관 확인 전화", status="open", outcome_id=mou, **KEPT)

    upgrade()

    assert shape() == new
    stages = {mou: "signed", withdrawn: "withdrawn", contract: "signed"}
    assert dict(Outcome.objects.values_list("pk", "stage")) == stages
    assert dict(LedgerEntry.objects.values_list("outcome_id", "stage")) == stages
    with guard.suspended(), pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(source="another")

    assert listed(OutcomesAsked(text="옛 성")) == [mou]
    assert listed(OutcomesAsked(text="ㅇㅅㄱ")) == [mou]
    assert set(listed(OutcomesAsked(evidence="missing"))) == set(stages)
    assert listed(OutcomesAsked(evidence="strong")) == []

    assert [found.name for found in organisations_matching("ㅅㄴㅁ")] == ["솔"]
    assert [found.record_id for found in written_on(FollowUp, "ㅌㄱㅎㅇ")] == [task.pk]


def listed(asked: OutcomesAsked) -> list[Any]:
    return list(outcomes_asked(asked).values_list("pk", flat=True))
