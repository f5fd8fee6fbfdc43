"""Dates and times are written in the form of the reader's language, wherever a page or a file shows one."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.actions.follow_ups import plan_follow_up
from crm.actions.outcomes import update_outcome
from crm.models import Outcome
from crm.values.measures import PartyRole
from tests.builders import Cast, figure, make_event, make_organisation, make_outcome, system

Text = Callable[[Any], str]
KOREAN = re.compile(r"\b\d{4}\. \d{1,2}\. \d{1,2}\.")
ENGLISH = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b")


@pytest.fixture
def outcome(cast: Cast) -> Outcome:
    parties = [(make_organisation("㈜솔"), PartyRole.INVESTOR)]
    made = make_outcome(
        "솔 협약", figures=[figure(5)], event=make_event(), signed_on=date(2023, 1, 7), lead_unit=cast.unit,
        parties=parties,
    )  # fmt: skip
    plan_follow_up(system(), title="확인", outcome=made, assignee=cast.officer, due_on=date(2023, 2, 3))
    update_outcome(system(), made, signed_on=date(2023, 1, 8))
    return made


def addresses(outcome: Outcome) -> list[str]:
    follow_up = outcome.follow_ups.get()  # type: ignore[attr-defined]
    return [
        "/outcomes/",
        f"/outcomes/{outcome.pk}/?whole=1",
        f"/outcomes/{outcome.pk}/story/",
        "/follow-ups/",
        f"/follow-ups/{follow_up.pk}/",
        f"/outcomes/{outcome.pk}/history/",
        "/events/",
        "/reports/quarterly/?period=2023Q1&whole=1",
        "/reports/?period=2023Q1",
        "/",
    ]


def seen(client: Client, outcome: Outcome, text: Text) -> dict[str, str]:
    return {at: text(answer) for at in addresses(outcome) if (answer := client.get(at, follow=True)).status_code == 200}


def test_every_page_writes_them_as_its_reader_does(officer: Client, outcome: Outcome, text: Text) -> None:
    korean = seen(officer, outcome, text)
    officer.cookies["django_language"] = "en"
    english = seen(officer, outcome, text)
    assert len(english) >= 8 and english.keys() == korean.keys()
    for address in english:
        assert not KOREAN.search(english[address]), address
        assert not ENGLISH.search(korean[address]), address
        assert bool(ENGLISH.search(english[address])) == bool(KOREAN.search(korean[address])), address
    assert sum(bool(ENGLISH.search(page)) for page in english.values()) >= 7
    assert "8 Jan 2023" in english["/outcomes/"] and "2023. 1. 8." in korean["/outcomes/"]


@pytest.mark.parametrize(("language", "shape"), [("ko", 'yyyy". "m". "d"."'), ("en", '[$-409]d" "mmm" "yyyy')])
def test_a_report_s_own_language_decides_and_not_the_reader_s(
    officer: Client, outcome: Outcome, language: str, shape: str
) -> None:
    officer.cookies["django_language"] = "en" if language == "ko" else "ko"
    at = "/reports/quarterly/download/"
    wanted, other = (KOREAN, ENGLISH) if language == "ko" else (ENGLISH, KOREAN)
    content = officer.get(at, {"period": "2023Q1", "format": "xlsx", "lang": language}).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {
        cell.number_format for cell in cells if getattr(cell, "is_date", False) and "hh" not in cell.number_format
    } == {shape}
    texts = " ".join(cell.value for cell in cells if isinstance(cell.value, str))
    assert wanted.search(texts) and not other.search(texts)


def test_a_field_takes_a_day_as_before(officer: Client, outcome: Outcome) -> None:
    officer.cookies["django_language"] = "en"
    page = officer.get(f"/outcomes/{outcome.pk}/edit/").content.decode()
    assert re.search(r'<input type="date" name="signed_on" value="2023-01-08"', page)
