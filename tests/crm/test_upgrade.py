"""An installation that recorded outcomes before there were stages goes on with what it has."""

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

# Every migration is taken back and run again.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
BEFORE, NOW = [("crm", "0002_append_only")], datetime(2023, 3, 1, tzinfo=UTC)


@pytest.fixture
def old() -> Iterator[Any]:
    """The record as it was before, for the length of the test."""
    MigrationExecutor(connection).migrate(BEFORE)
    try:
        yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    finally:
        upgrade()


def upgrade() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def record(apps: Any, kind: str, fulfilment: str = "") -> Any:
    kept: dict[str, Any] = {"created_at": NOW, "updated_at": NOW, "version": 1}
    with guard.suspended():
        who = apps.get_model("crm", "Account").objects.create(username=f"old-{kind}", name="", role="officer", **kept)
        outcome = apps.get_model("crm", "Outcome").objects.create(
            kind=kind, title="옛 성과", signed_on=date(2023, 1, 7), fulfilment=fulfilment, **kept
        )
        apps.get_model("crm", "LedgerEntry").objects.create(
            id=uuid4(), outcome=outcome, measure="count", series="announced", value=1, value_date=date(2023, 1, 7),
            date_basis="signing", recorded_at=NOW, entered_at=NOW, source="press", evidence_grade="press",
            cause="first", kind=kind, fulfilment=fulfilment, recorded_by=who, action="record_outcome",
        )  # fmt: skip
    return outcome.pk


def test_outcomes_and_their_entries_stand_at_a_stage_and_the_ledger_still_only_grows(old: Any) -> None:
    mou, withdrawn, contract = (
        record(old, "business_mou"),
        record(old, "investment_mou", "withdrawn"),
        record(old, "export_contract"),
    )
    upgrade()
    expected = {mou: "signed", withdrawn: "withdrawn", contract: "signed"}
    assert dict(Outcome.objects.values_list("pk", "stage")) == expected
    assert dict(LedgerEntry.objects.values_list("outcome_id", "stage")) == expected
    with guard.suspended(), pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(source="another")


def test_what_was_recorded_before_is_listed_and_found_by_its_words(old: Any) -> None:
    pk = record(old, "business_mou")
    upgrade()
    assert list(outcomes_asked(OutcomesAsked(text="옛 성", evidence="missing")).values_list("pk", flat=True)) == [pk]
    assert list(outcomes_asked(OutcomesAsked(evidence="strong"))) == []
    assert list(outcomes_asked(OutcomesAsked(text="ㅇㅅㄱ")).values_list("pk", flat=True)) == [pk]


def test_other_names_and_follow_ups_of_before_are_found_by_their_initials(old: Any) -> None:
    kept: dict[str, Any] = {"created_at": NOW, "updated_at": NOW, "version": 1}
    with guard.suspended():
        company = old.get_model("crm", "Organisation").objects.create(name="솔", key="솔", initials="ㅅ", **kept)
        old.get_model("crm", "OrganisationAlias").objects.create(
            organisation=company, name="㈜소나무", key="소나무", **kept
        )
        task = old.get_model("crm", "FollowUp").objects.create(
            title="통관 확인 전화", status="open", outcome_id=record(old, "business_mou"), **kept
        )
    upgrade()
    assert [found.name for found in organisations_matching("ㅅㄴㅁ")] == ["솔"]
    assert [found.record_id for found in written_on(FollowUp, "ㅌㄱㅎㅇ")] == [task.pk]
