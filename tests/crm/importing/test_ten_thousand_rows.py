"""A sheet of ten thousand rows: read, applied with a progress bar that moves, and the second time already on record."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.models import ImportBatch, LedgerEntry, Organisation, Outcome
from crm.models.feed import FeedEntry
from tests.builders import make_event
from tests.crm.importing.sheets import HEADINGS, bring, company

ROWS = 10_000


def long_book() -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(["2023년 성과 (전체)"])
    sheet.append(HEADINGS)
    for number in range(ROWS):
        kind, amount, jobs = ("투자협약", f"{number % 90 + 1}억원", 20) if number % 2 else ("업무협약", None, None)
        sheet.append([kind, f"{number}호 협약", company(number), "CES 2023", "2023. 1. 7.", amount, jobs, "메모"])
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def counts() -> tuple[int, ...]:
    return tuple(model._base_manager.count() for model in (Outcome, Organisation, LedgerEntry, FeedEntry))


def progress(page: str) -> tuple[int, int]:
    """How far the bar is, and how far it goes."""
    (bar,) = re.findall(r'<progress id="bar" max="(\d+)" value="(\d+)">', page)
    return int(bar[1]), int(bar[0])


def send_as_the_page_does(client: Client, page: str) -> Any:
    """What the script does as soon as the progress is there: its form, with what it holds."""
    (address,) = re.findall(r'id="progress">.*? hx-post="([^"]+)"', page)
    (position,) = re.findall(r'name="position" value="(\d+)"><p role="status">', page)
    return client.post(address, {"position": position}, headers={"HX-Request": "true"})


@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_they_are_applied_with_a_bar_that_moves_and_the_second_time_nothing_is(officer: Client) -> None:
    make_event()
    content = long_book()
    page = bring(officer, content).context["page"]
    assert {group.key: group.count for group in page.groups} == {"new": ROWS} and page.to_apply == ROWS
    answer = officer.post(f"/imports/{page.id}/apply/", {"position": "0"}, follow=True)
    seen = []
    while "HX-Redirect" not in answer:
        through, of = progress(answer.content.decode())
        assert of == ROWS and through > (seen[-1] if seen else 0)
        seen.append(through)
        answer = send_as_the_page_does(officer, answer.content.decode())
    assert len([through for through in seen if 0 < through < ROWS]) > 2
    assert ImportBatch.objects.get().left == {}
    assert f"{ROWS}행을 기록했습니다" in officer.get(answer["HX-Redirect"]).content.decode()
    assert Outcome.objects.count() == ROWS == Organisation.objects.count()
    assert LedgerEntry.objects.count() == ROWS + ROWS // 2 * 2  # each counts itself; every other has money and jobs
    before = counts()
    page = bring(officer, content).context["page"]
    assert {group.key: group.count for group in page.groups} == {"unchanged": ROWS} and page.to_apply == 0
    apply_nothing = officer.post(f"/imports/{page.id}/apply/", {"position": "0"}, headers={"HX-Request": "true"})
    assert progress(apply_nothing.content.decode())[0] > 0
    assert counts()[:3] == before[:3]
