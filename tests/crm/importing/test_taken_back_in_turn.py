"""Sheets that changed the same outcomes are taken back one after the other, the last first."""

from dataclasses import replace

import pytest
from django.test import Client

from crm.actions.bulk_changes import change_many, undo_change
from crm.actions.outcomes import Circle, update_outcome
from crm.models import ImportBatch, LedgerEntry, Outcome
from crm.values.measures import PartyRole
from tests.builders import Cast, make_event, make_organisation, money_of, system
from tests.crm.importing.sheets import HEADINGS, ROWS, apply, book, bring

pytestmark = pytest.mark.django_db
MOU = "㈜솔 투자협약"


def worth(amount: str, note: str) -> list[object]:
    return [*ROWS[0][:5], amount, 20, note]


def sheets(officer: Client, *books: bytes) -> list[ImportBatch]:
    make_event()
    for content in books:
        bring(officer, content)
        apply(officer)
    return list(ImportBatch.objects.order_by("created_at"))


def take_back(officer: Client, batch: ImportBatch) -> str:
    batch.refresh_from_db()
    sent = {"position": str(len(batch.lines))}
    answer: str = officer.post(f"/imports/{batch.pk}/undo/", sent, follow=True).content.decode()
    return answer


def state(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_each_gives_back_what_it_found(officer: Client) -> None:
    there, dearer, dearest = sheets(
        officer,
        book(HEADINGS, worth("500억원", "처음"), ROWS[1]),
        book(HEADINGS, worth("600억원", "둘째"), ["업무협약", "새 협약", "새 기업", "CES 2023"]),
        book(HEADINGS, worth("700억원", "셋째"), ["업무협약", "새 협약", "새 기업", "CES 2023", "", "", "", "덧붙임"]),
    )
    for batch, amount, note in ((dearest, 60_000_000_000, "둘째"), (dearer, 50_000_000_000, "처음")):
        take_back(officer, batch)
        mou = Outcome.objects.get(title=MOU)
        assert (state(batch), money_of(mou).value, mou.note) == ("undone", amount, note)
    assert Outcome.objects.get(title="새 협약").archived_at is not None
    take_back(officer, there)
    assert state(there) == "undone" and not Outcome.objects.filter(archived_at=None).exists()


def test_the_earlier_one_waits_for_the_later(officer: Client) -> None:
    first, _second = sheets(
        officer,
        book(HEADINGS, *ROWS),
        book(HEADINGS, worth("600억원", "둘째"), ["업무협약", "새", "새 기업", "CES 2023"]),
    )
    assert f"그 뒤에 변경된 기록이 있습니다: {MOU}." in take_back(officer, first)
    assert state(first) == "applied"


def test_what_a_colleague_changed_after_the_later_one_went_stays(officer: Client) -> None:
    first, second = sheets(officer, book(HEADINGS, *ROWS), book(HEADINGS, worth("600억원", "둘째"), ROWS[1]))
    take_back(officer, second)
    update_outcome(system(), Outcome.objects.get(title=MOU), next_steps="동료가 적음")
    assert f"그 뒤에 변경된 기록이 있습니다: {MOU}." in take_back(officer, first)


def test_a_party_that_a_colleague_added_in_between_stays(officer: Client) -> None:
    first, second = sheets(officer, book(HEADINGS, *ROWS), book(HEADINGS, worth("600억원", "둘째"), ROWS[1]))
    take_back(officer, second)
    mou = Outcome.objects.get(title=MOU)
    parties = [
        (make_organisation("㈜벗"), PartyRole.PARTNER),
        *((p.organisation, PartyRole(p.role)) for p in mou.parties.all()),
    ]
    update_outcome(system(), mou, Circle(parties))
    assert f"그 뒤에 변경된 기록이 있습니다: {MOU}." in take_back(officer, first)


def test_a_change_of_many_that_was_undone_is_in_nobody_s_way(cast: Cast, officer: Client) -> None:
    (batch,) = sheets(officer, book(HEADINGS, *ROWS))
    found, caller = list(Outcome.objects.all()), replace(system(), account=cast.officer)
    change = change_many(caller, found, "next_steps", "함께 적음", versions={one.pk: one.version for one in found})
    undo_change(caller, change)
    take_back(officer, batch)
    assert state(batch) == "undone"
    assert not LedgerEntry.objects.filter(reverses=None, reversed_by=None).exists()
