"""The records that pages need and volume has none of, made where there are none: what is the reader's own, what
administrators set up, and what takes more than one person."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

SOURCE: Final = "측정"
# Rows of the sheet that waits to be applied, and of the one that was.
SHEET_ROWS, APPLIED_ROWS = 1000, 50
ASKED, SUBMITTED, PAIRS, CHANGED = 50, 50, 100, 100
_HOST: Final = "hooks.example"
_HEADINGS: Final = ("구분", "성과명", "기업명", "체결일", "금액", "비고")


def make_records(reader: Any) -> None:
    """`reader` is the account that reads the pages: a team lead."""
    from django.db import transaction
    from django.utils import timezone

    from crm.actions.accounts import system_caller
    from crm.actions.base import Caller

    now = timezone.now()
    for model, make in _makers().items():
        if not model._default_manager.exists():
            # All that one makes or nothing: what is half made would not be made again.
            with transaction.atomic():
                make(system_caller(now), Caller(reader, now, "page"))


def _makers() -> dict[Any, Callable[[Any, Any], None]]:
    """By the kind of record, in an order in which each finds what it needs: how some are made, by the system and by
    the reader."""
    from crm import models

    return {
        models.Publication: _publication,
        models.ReportSchedule: _schedule,
        models.ReportRun: _run,
        models.ImportBatch: _sheets,
        models.BulkChange: _bulk_change,
        models.SavedFilter: _filters,
        models.CalendarFeed: _calendar,
        models.Delegation: _delegation,
        models.ApiToken: _token,
        models.WebhookDelivery: _webhook,
        models.Merge: _merge,
        models.SimilarOutcomes: _similar_outcomes,
        models.PartnerConfirmation: _confirmation,
        models.Concurrence: _concurrences,
        models.Approval: _approvals,
        models.Notification: _notifications,
    }


def _publication(system: Any, _reader: Any) -> None:
    """With one small document instead of all that a real one has: its pages do not read them."""
    from crm.actions.publications import Made, close_books, keep_documents
    from reports.figures.definitions import VERSION

    about = "2022Q3"
    inputs = {"definition": VERSION, "hidden": [], "masked": [], "organisation": "", "is_demo": True}
    published = close_books(system, "quarterly", about, system.now, "ko", {"period": about}, inputs)
    keep_documents(system, published, f"{SOURCE} {about}", "0" * 64, [Made("json", "bench.json", b"{}")])


def _schedule(system: Any, _reader: Any) -> None:
    from crm.actions.schedules import set_schedule
    from crm.values.schedules import Rhythm

    set_schedule(system, name=SOURCE, formats=["xlsx"], rhythm=Rhythm.QUARTERLY, day=10)


def _run(system: Any, _reader: Any) -> None:
    from crm.actions.report_runs import start_run

    start_run(system, "quarterly", "2022Q3", system.now, "ko", ["xlsx"])


def _sheets(_system: Any, reader: Any) -> None:
    """One that waits, and one of which all is on record."""
    from crm.importing.applying import A_STEP, take_step

    today = date(2026, 1, 2)
    _sheet(reader, SHEET_ROWS, first=APPLIED_ROWS)
    batch = _sheet(reader, APPLIED_ROWS, first=0)
    for position in range(0, APPLIED_ROWS, A_STEP):
        batch = take_step(reader, batch, today, begins_at=position)


def _sheet(reader: Any, rows: int, first: int) -> Any:
    from crm.actions.imports import keep_sheet
    from crm.importing.outcome_rows import matched
    from crm.models import Organisation

    companies = list(Organisation.objects.filter(archived_at=None).order_by("id").values_list("name", flat=True)[:500])
    told = [
        [n - first + 2, ["업무협약", f"측정 성과 {n}", companies[n % len(companies)], "2023-03-02", f"{n + 1}억원", ""]]
        for n in range(first, first + rows)
    ]
    said = {"file_name": f"측정 {rows}.xlsx", "digest": f"{rows:064d}", "headings": list(_HEADINGS)}
    return keep_sheet(reader, columns=matched(_HEADINGS, {}), rows=told, **said)


def _bulk_change(_system: Any, reader: Any) -> None:
    from crm.actions.bulk_changes import change_many

    outcomes = _own(reader, CHANGED)
    change_many(reader, outcomes, "next_steps", SOURCE, versions={one.pk: one.version for one in outcomes})


def _filters(_system: Any, reader: Any) -> None:
    from crm.actions.saved_filters import save_filter

    for n in range(10):
        save_filter(reader, "outcomes", f"{SOURCE} {n + 1}", "kind=investment_mou")


def _calendar(_system: Any, reader: Any) -> None:
    from crm.actions.calendars import open_calendar

    open_calendar(reader)


def _delegation(system: Any, reader: Any) -> None:
    from crm.actions.delegations import give_delegation
    from crm.values.concurrence import Capacity

    deputy = _colleague(system, reader)
    give_delegation(reader, reader.account, deputy, capacity=Capacity.DELEGATED, from_on=reader.now.date())


def _colleague(system: Any, reader: Any) -> Any:
    from crm.actions.accounts import open_account
    from crm.models import Account
    from crm.values.measures import Role

    name = "bench-officer"
    found = Account.objects.filter(username=name).first()
    said = {"username": name, "name": SOURCE, "role": Role.OFFICER, "org_unit": reader.account.org_unit}
    return found or open_account(system, None, **said)


def _client(system: Any) -> Any:
    from crm.actions.accounts import open_account
    from crm.models import Account
    from crm.values.measures import Role

    name = "bench-client"
    found = Account.objects.filter(username=name).first()
    return found or open_account(system, None, username=name, name=SOURCE, role=Role.API_CLIENT)


def _token(system: Any, _reader: Any) -> None:
    from crm.actions.accounts import issue_token

    issue_token(system, _client(system), SOURCE, ["read", "feed"])


def _webhook(system: Any, _reader: Any) -> None:
    """Nothing is sent: the hosts of the allow-list are those of this process."""
    from django.conf import settings

    from crm.actions.webhooks import open_webhook, send_test
    from crm.values.webhook_targets import read_allow_list

    settings.WEBHOOK_TARGETS = read_allow_list([_HOST])
    endpoint = open_webhook(system, _client(system), SOURCE, f"https://{_HOST}/", ["outcome"])
    for _time in range(30):
        send_test(system, endpoint)


def _merge(system: Any, _reader: Any) -> None:
    from crm.actions.merges import merge_organisations
    from crm.actions.organisations import record_organisation

    kept, gone = (record_organisation(system, name=f"{SOURCE} 기업 {name}", country="KR") for name in ("가", "나"))
    merge_organisations(system, kept, gone, reason=SOURCE)


def _similar_outcomes(system: Any, reader: Any) -> None:
    from crm.actions.outcome_pairs import note_similar_outcomes

    ids = sorted(one.pk for one in _own(reader, 2 * PAIRS))
    note_similar_outcomes(system, list(zip(ids[::2], ids[1::2], strict=False)))


def _confirmation(_system: Any, reader: Any) -> None:
    from crm.actions.confirmations import ask_partner

    for outcome in _own(reader, 10):
        ask_partner(reader, outcome, outcome.parties.get().organisation)


def _concurrences(system: Any, reader: Any) -> None:
    """Half of them the reader's unit asks of another, half another asks of it."""
    from crm.actions.concurrence import request_concurrence
    from crm.models import OrgUnit, Outcome

    unit = reader.account.org_unit
    other = OrgUnit.objects.filter(led_outcomes__isnull=False).exclude(pk=unit.pk).order_by("id")[0]
    due_on = reader.now.date() + timedelta(days=7)
    for outcome in _own(reader, ASKED):
        request_concurrence(reader, outcome, other, due_on=due_on, question=SOURCE)
    for outcome in Outcome.objects.filter(lead_unit=other, archived_at=None).order_by("id")[:ASKED]:
        request_concurrence(system, outcome, unit, due_on=due_on, question=SOURCE)


def _approvals(_system: Any, reader: Any) -> None:
    from crm.actions.approval import submit

    for outcome in _own(reader, ASKED + SUBMITTED)[ASKED:]:
        submit(reader, outcome)


def _notifications(system: Any, reader: Any) -> None:
    """Of what a colleague did to what the reader's sheet has brought: nobody is told of invented records."""
    from crm.actions.outcomes import update_outcome
    from crm.models import Outcome

    for outcome in Outcome.objects.filter(lead_unit=reader.account.org_unit, is_synthetic=False).order_by("id"):
        update_outcome(system, outcome, next_steps=SOURCE)


def _own(reader: Any, most: int) -> list[Any]:
    from crm.models import Outcome

    return list(Outcome.objects.filter(lead_unit=reader.account.org_unit, archived_at=None).order_by("id")[:most])
