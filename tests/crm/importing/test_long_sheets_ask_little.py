"""How often the database is asked about a sheet does not depend on how many rows it has."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.actions.fx import Rate, import_rates
from crm.actions.outcomes import update_outcome
from crm.importing.on_record import parties_of
from crm.models import (
    Concurrence,
    CooperatingUnit,
    FeedEntry,
    ImportBatch,
    LedgerEntry,
    Notification,
    Organisation,
    Outcome,
    Party,
)
from crm.permissions import readable
from crm.queries.content import content_hash
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Disclosure, Standing
from tests.builders import Cast, make_follow_up, system
from tests.crm.importing.sheets import HEADINGS, apply, bring, company, groups, mend, row, signed_in
from tests.crm.importing.sheets import book as sheet_of

pytestmark = pytest.mark.django_db
FURTHER = [*HEADINGS, "주관부서", "협조부서", "식별번호"]


def rows(first: int, last: int, lead: str = "인공지능산업국", also: str = "", **cells: str) -> list[list[Any]]:
    return [[*row(number, **cells), lead, also, ""] for number in range(first, last)]


def book(*which: list[Any]) -> bytes:
    return sheet_of(FURTHER, *which)


def asked_by(read: Any) -> tuple[int, Any]:
    with CaptureQueriesContext(connection) as asked:
        found = read()
    return len(asked), found


def preview(client: Client) -> tuple[int, dict[str, list[int]]]:
    address = f"/imports/{ImportBatch.objects.order_by('-created_at')[0].pk}/"
    asked, answer = asked_by(lambda: client.get(address))
    return asked, {group.key: group.count for group in answer.context["page"].groups}


def preview_of(client: Client, *which: list[Any]) -> tuple[int, dict[str, list[int]]]:
    bring(client, book(*which))
    return preview(client)


def test_what_is_on_record_is_read_at_once(cast: Cast, officer: Client) -> None:
    bring(officer, book(*rows(0, 40, 구분="투자협약", 금액="3억원", 고용="20")))
    apply(officer)
    some = rows(0, 5, 구분="투자협약", 금액="3억원", 고용="20")
    many = rows(0, 40, 구분="투자협약", 금액="3억원", 고용="20")
    assert preview_of(officer, *some)[0] == (asked := preview_of(officer, *many))[0]
    assert asked[1] == {"unchanged": 40}
    changed = [[*cells[:5], "4억원", *cells[6:9], "기후환경국", ""] for cells in many]
    assert preview_of(officer, *changed[:5])[0] == (asked := preview_of(officer, *changed))[0]
    assert asked[1] == {"changed": 40}


def test_what_companies_are_party_to_is_read_by_the_companies(cast: Cast) -> None:
    seen = readable(cast.officer, Outcome.objects.filter(archived_at=None))
    plan = parties_of([uuid4() for _company in range(500)], seen).values_list("outcome__title").explain()
    if connection.vendor == "sqlite":
        assert "SEARCH crm_party USING INDEX crm_party_organisation_id" in plan and "SCAN" not in plan


def test_titles_are_found_by_an_index(cast: Cast, officer: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        bring(officer, book(*rows(0, 40)))
    (by_title,) = (one["sql"] for one in asked if '"crm_listedoutcome"' in one["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {by_title}")
            plan = [row[3] for row in cursor.fetchall()]
            assert any("listed_by_title (title=?)" in step for step in plan) and not any(
                "SCAN" in step for step in plan
            )


def test_what_is_kept_from_the_reader_is_told_apart_at_once(cast: Cast, officer: Client) -> None:
    bring(officer, book(*rows(0, 40)))
    apply(officer)
    for outcome in Outcome.objects.all():
        update_outcome(system(), outcome, version=outcome.version, disclosure_level=Disclosure.PARTLY)
    outsider = signed_in(cast.outsider)
    assert preview_of(outsider, *rows(0, 5))[0] == (asked := preview_of(outsider, *rows(0, 40)))[0]
    assert asked[1] == {"wrong": 40}


def test_identifiers_and_decisions_are_looked_up_at_once(officer: Client) -> None:
    bring(officer, book(*rows(0, 40)))
    apply(officer)
    unknown = [[*cells[:-1], f"0199a0b0-0000-7000-8000-0000000000{n:02}"] for n, cells in enumerate(rows(0, 40))]
    assert preview_of(officer, *unknown[:5])[0] == (asked := preview_of(officer, *unknown))[0]
    assert asked[1] == {"wrong": 40}
    counts = []
    for last in (5, 40):
        # Of the same company and kind, called otherwise and signed a day later.
        likely = [
            [cells[0], f"다른 {n}", *cells[2:4], "2023-01-08", *cells[5:]] for n, cells in enumerate(rows(0, last))
        ]
        answer = bring(officer, book(*likely))
        assert groups(answer) == {"duplicate": list(range(2, last + 2))}
        (section,) = answer.context["page"].groups
        mend(officer, **{f"decision-{line.number}": str(line.candidates[0][0]) for line in section.rows})
        counts.append(preview(officer))
    assert counts[0][0] == counts[1][0] and counts[1][1] == {"changed": 40}


def test_the_departments_that_a_step_names_are_asked_together(cast: Cast, officer: Client) -> None:
    counts = []
    for first, last in ((0, 5), (5, 45)):
        bring(officer, book(*rows(first, last, also="기후환경국", 금액="3억원", 구분="투자협약")))
        counts.append(asked_by(lambda: apply(officer))[0])
    # A statement takes only so many values, so that a long step may take a few more.
    assert counts[1] <= counts[0] + 5
    asked = Concurrence.objects.select_related("outcome")
    assert asked.count() == 45 and {one.org_unit for one in asked} == {cast.other_unit}
    assert all(one.content_hash == content_hash(one.outcome) and one.is_open for one in asked)
    assert set(Outcome.objects.values_list("standing", flat=True)) == {Standing.PROVISIONAL}
    told = Notification.objects.filter(account=cast.outsider, kind="concurrence_asked")
    assert {row.record_id for row in told} == {one.pk for one in asked} and told.count() == 45


def take_back(client: Client) -> int:
    batch = ImportBatch.objects.order_by("-created_at")[0]
    asked, _answer = asked_by(lambda: client.post(f"/imports/{batch.pk}/undo/", {"position": str(len(batch.lines))}))
    batch.refresh_from_db()
    assert batch.state == "undone"
    return asked


def test_new_outcomes_and_their_companies_are_taken_back_at_once(officer: Client) -> None:
    counts = []
    for first, last in ((0, 5), (5, 45)):
        bring(officer, book(*rows(first, last, 구분="투자협약", 금액="3억원", 고용="20")))
        apply(officer)
        counts.append(take_back(officer))
    # A statement takes only so many values, so that a long step may take a few more.
    assert counts[1] <= counts[0] + 5
    assert {outcome.history.count() for outcome in Outcome.objects.all()} == {2}
    assert {company.history.count() for company in Organisation.objects.exclude(archived_at=None)} == {2}
    assert FeedEntry.objects.filter(record_type="outcome", deleted=True).count() == 45
    reversals = LedgerEntry.objects.filter(reverses__isnull=False, cause="withdrawal")
    assert reversals.count() == 3 * 45 and not standing_entries().exists()


def test_who_has_something_to_do_about_one_is_told_that_it_is_taken_back(cast: Cast, officer: Client) -> None:
    bring(officer, book(*rows(0, 3)))
    apply(officer)
    watched = Outcome.objects.get(title="1호 협약")
    make_follow_up(outcome=watched, assignee=cast.outsider)
    take_back(officer)
    told = Notification.objects.filter(kind="outcome_archived", account=cast.outsider)
    assert [row.record_id for row in told] == [watched.pk]


def test_what_changed_is_given_back_without_asking_much_of_each(officer: Client) -> None:
    bring(officer, book(*rows(0, 40, 구분="투자협약", 금액="3억원")))
    apply(officer)
    counts = []
    for last in (5, 20):
        bring(officer, book(*rows(0, last, 구분="투자협약", 금액="4억원", 비고="늘어남")))
        apply(officer)
        counts.append(take_back(officer))
    assert (counts[1] - counts[0]) / 15 <= 8
    assert set(Outcome.objects.values_list("note", flat=True)) == {""}
    assert set(standing_entries().filter(measure="money").values_list("value", flat=True)) == {300_000_000}


def test_departments_are_asked_about_what_was_given_back(cast: Cast, officer: Client) -> None:
    for amount in ("3억원", "4억원"):
        bring(officer, book(*rows(0, 3, also="기후환경국", 금액=amount, 구분="투자협약", 비고=amount)))
        apply(officer)
    before = set(Concurrence.objects.values_list("outcome", "content_hash"))
    take_back(officer)
    asked = Concurrence.objects.filter(archived_at=None).select_related("outcome")
    assert asked.count() == 3 and all(one.is_open for one in asked)
    assert {one.content_hash for one in asked} == {content_hash(one.outcome) for one in asked}
    assert not before & set(asked.values_list("outcome", "content_hash"))


def test_what_is_tied_to_an_outcome_is_given_back(cast: Cast, officer: Client) -> None:
    bring(officer, book(*rows(0, 2)))
    apply(officer)
    before = {o.title: [p.organisation.name for p in o.parties.all()] for o in Outcome.objects.all()}
    with_others = [[*cells[:-2], "기후환경국", ""] for cells in rows(0, 2)]
    changed = [[*cells, company(50 + number)] for number, cells in enumerate(with_others)]
    bring(officer, sheet_of([*FURTHER, "상대기업"], *changed))
    apply(officer)
    assert CooperatingUnit.objects.filter(archived_at=None).count() == 2
    assert Party.objects.filter(archived_at=None).count() == 4
    take_back(officer)
    assert not CooperatingUnit.objects.filter(archived_at=None).exists()
    there = Party.objects.filter(archived_at=None).select_related("organisation", "outcome")
    assert {one.outcome.title: [one.organisation.name] for one in there} == before


def test_the_rates_of_a_step_are_read_at_once(officer: Client) -> None:
    days = (date(2022, 12, 29), date(2023, 1, 2), date(2023, 1, 20))
    import_rates(system(), [Rate("USD", day, Decimal(1270), 1, "서울외국환중개") for day in days])
    # New companies are compared with all others, which is not what is counted here.
    bring(officer, book(*rows(0, 25)))
    apply(officer)
    counts = []
    for first, last in ((0, 5), (5, 25)):
        # From the first working days of a year back to the last ones of the year before.
        signed = [f"2023-01-{1 + n % 25:02}" for n in range(first, last)]
        told = [
            [*cells[:4], day, *cells[5:]]
            for cells, day in zip(rows(first, last, 금액="1,000달러", 구분="수출계약"), signed, strict=True)
        ]
        bring(officer, book(*told))
        counts.append(asked_by(lambda: apply(officer))[0])
    assert counts[1] <= counts[0] + 5
    dates = {(entry.value_date.day, entry.fx_date) for entry in LedgerEntry.objects.filter(measure="money")}
    assert {(1, date(2022, 12, 29)), (2, date(2023, 1, 2)), (12, date(2023, 1, 2)), (13, None)} <= dates
