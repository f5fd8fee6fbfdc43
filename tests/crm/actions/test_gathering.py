"""Many rows in one action: written together, and no different from rows that are written one by one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from crm.actions import outcomes
from crm.actions.base import Caller, Conflict, action, gathering
from crm.actions.organisations import record_organisation, update_organisation
from crm.actions.outcomes import Circle, record_outcome
from crm.models import FeedEntry, LedgerEntry, Organisation, Outcome, Party, Record, guard, writing
from crm.values.measures import Measure, PartyRole
from reports.figures.standing import sums
from tests.builders import figure, make_organisation, system
from tests.laws.aftercare import AFTERCARE
from tests.laws.scenarios import make_world

pytestmark = pytest.mark.django_db
MANY = 40


@action("record.make_synthetic")
def record_together(caller: Caller, /, titles: Iterable[str], company: Organisation) -> list[Outcome]:
    with gathering():
        return [_record(caller, title, company) for title in titles]


@action("record.make_synthetic")
def record_and_look(caller: Caller, /, company: Organisation) -> tuple[int, str]:
    with gathering():
        outcome = _record(caller, "하나", company)
        seen = Outcome.objects.filter(pk=outcome.pk).count()
        outcome.title = "하나, 고침"
        outcome.save()
        return seen, Outcome.objects.get(pk=outcome.pk).title


@action("record.make_synthetic")
def record_two_companies(caller: Caller, /, number: str) -> None:
    with gathering():
        for name in ("가나다전자", "라마바상사"):
            record_organisation(caller, name=name, business_registration_number=number)


def _record(caller: Caller, title: str, company: Organisation) -> Outcome:
    told = outcomes.Testimony("보도자료", figures=[figure(1000, currency="KRW")])
    circle = Circle(parties=[(company, PartyRole.INVESTOR)])
    return record_outcome(caller, told, circle, kind="investment_mou", title=title, signed_on=date(2023, 1, 8))


def test_each_has_its_history_its_feed_entry_and_its_figures() -> None:
    found = record_together(system(), [f"성과 {i}" for i in range(MANY)], make_organisation())
    ids = [outcome.pk for outcome in found]
    assert sorted(Outcome.objects.values_list("title", flat=True)) == sorted(f"성과 {i}" for i in range(MANY))
    assert Outcome.history.filter(id__in=ids, version=1, history_type="+").count() == MANY
    assert Party.history.filter(outcome_id__in=ids).count() == MANY
    assert set(FeedEntry.objects.filter(record_type="outcome").values_list("record_id", "version")) == {
        (pk, 1) for pk in ids
    }
    (row,) = sums(LedgerEntry.objects.filter(outcome__in=ids), Measure.MONEY, "currency")
    assert row["total"] == Decimal(MANY * 1000)


def test_it_takes_no_statement_a_row() -> None:
    company = make_organisation()
    with CaptureQueriesContext(connection) as few:
        record_together(system(), ["하나"], company)
    with CaptureQueriesContext(connection) as many:
        record_together(system(), [f"성과 {i}" for i in range(MANY)], company)
    assert len(many) - len(few) < MANY


def test_what_waits_is_there_for_whoever_looks_and_changes() -> None:
    assert record_and_look(system(), make_organisation()) == (1, "하나, 고침")


def test_what_the_database_refuses_leaves_nothing() -> None:
    with pytest.raises(Conflict):
        record_two_companies(system(), "124-81-00998")
    assert not Organisation.objects.exists()
    assert not FeedEntry.objects.filter(record_type="organisation").exists()


def test_they_are_kept_as_one_by_one() -> None:
    """Every column of the record, of what belongs to it and of their histories, on either database."""
    who, company = system(), make_organisation()
    (together,) = record_together(who, ["하나"], company)
    alone = record_alone(who, "하나", company)
    assert _kept(together) == _kept(alone)


@action("record.make_synthetic")
def record_alone(caller: Caller, /, title: str, company: Organisation) -> Outcome:
    return _record(caller, title, company)


def _kept(outcome: Outcome) -> list[list[dict[str, Any]]]:
    """What stands in the tables, but for what is its own of each: keys, codes, times and the action's name."""
    entries = LedgerEntry.objects.filter(outcome=outcome)
    found: list[Any] = [
        Outcome.objects.filter(pk=outcome.pk),
        Outcome.history.filter(id=outcome.pk),
        Party.objects.filter(outcome=outcome),
        Party.history.filter(outcome_id=outcome.pk),
        entries,
        FeedEntry.objects.filter(record_id__in=[outcome.pk, *entries.values_list("pk", flat=True)]),
    ]
    rows = [list(of.order_by("pk").values()) for of in found]
    assert all(rows)
    own = {"id", "code", "outcome_id", "posting_id", "history_id", "record_id", "seq", "action"}
    return [[{name: v for name, v in row.items() if not _is_own(name, v, own)} for row in some] for some in rows]


def _is_own(name: str, value: Any, own: set[str]) -> bool:
    return name in own or isinstance(value, datetime)


@action("record.make_synthetic")
def change_together(caller: Caller, /, companies: Iterable[Organisation], **changes: Any) -> None:
    with gathering():
        for company in companies:
            update_organisation(caller, company, **changes)


def test_what_changes_has_its_version_its_history_and_its_feed_entry() -> None:
    found = [make_organisation(f"회사 {number}", note=str(number)) for number in range(MANY)]
    ids = [company.pk for company in found]
    with CaptureQueriesContext(connection) as queries:
        change_together(replace(system(), reason="전시회 명부"), found, region="광주", note="명부")
    assert len(queries) < MANY
    assert {(one.version, one.region, one.note) for one in Organisation.objects.filter(pk__in=ids)} == {
        (2, "광주", "명부")
    }
    told = Organisation.history.filter(id__in=ids, version=2).values_list(
        "history_type", "region", "history_change_reason"
    )
    assert list(told) == [("~", "광주", "전시회 명부")] * MANY
    assert FeedEntry.objects.filter(record_id__in=ids, version=2).count() == MANY
    assert {company.version for company in found} == {2} and not any(company.changed_fields() for company in found)


def test_what_somebody_else_changed_meanwhile_leaves_all_as_it_was() -> None:
    found = [make_organisation(f"회사 {number}") for number in range(3)]
    update_organisation(system(), Organisation.objects.get(pk=found[1].pk), note="먼저")
    with pytest.raises(Conflict):
        change_together(system(), found, note="나중")
    assert set(Organisation.objects.values_list("note", flat=True)) == {"", "먼저"}
    assert not Organisation.history.filter(note="나중").exists()


def test_changed_twice_it_has_both_in_its_history() -> None:
    company = make_organisation()
    change_together(system(), [company, company], note="한 번")
    assert Organisation.objects.get(pk=company.pk).version == 2
    change_and_look(system(), company)
    assert list(Organisation.history.filter(id=company.pk).order_by("history_id").values_list("version", "note")) == [
        (1, ""), (2, "한 번"), (3, "하나"), (3, "둘"),
    ]  # fmt: skip


@action("record.make_synthetic")
def change_and_look(caller: Caller, /, company: Organisation) -> None:
    with gathering():
        update_organisation(caller, company, note="하나")
        assert Organisation.objects.filter(note="하나").exists()
        update_organisation(caller, company, note="둘")


def test_what_is_too_long_is_refused_or_kept_and_never_cut() -> None:
    company, region = make_organisation(region="광주"), "광" * 500
    company.region = region
    try:
        with guard.suspended(), transaction.atomic():
            writing.update([company], ["region", "note"])
    except DataError:
        region = "광주"
    assert Organisation.objects.get(pk=company.pk).region == region


def test_a_column_of_any_kind_is_written_as_it_was_read() -> None:
    AFTERCARE["apply_rows"](make_world())
    models = [model for model in apps.get_app_config("crm").get_models() if issubclass(model, Record)]
    written: dict[str, int] = {}
    for model in models:
        everyone = model._base_manager.order_by("pk")
        before, rows = list(everyone.values()), list(everyone)
        fields = [f for f in model._meta.concrete_fields if not f.primary_key and not f.generated]
        for field in fields:
            told = [row for row in before if row[field.attname] not in (None, "", [], {})]
            kind = str(field.db_type(connection)).partition("(")[0]
            written[kind] = written.get(kind, 0) + len(told)
        if rows:
            with guard.suspended():
                writing.update(rows, [field.attname for field in fields])
        assert list(everyone.values()) == before, model
    assert {kind for kind, rows in written.items() if not rows} <= {"bigint", "smallint", "smallint unsigned"}
