"""The leaders' page and its files: who may see it, what is refused, and text that stays text."""

import io
import json
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.http import HttpResponse
from django.test import Client
from hwpx import HwpxDocument

from crm.actions import outcomes
from crm.actions.accounts import open_account
from crm.values.evidence import Grade
from crm.values.measures import Role
from tests.laws.scenarios import World, make_world

pytestmark = pytest.mark.django_db
PAGE, FILE, ENTRIES = "/reports/quarterly/", "/reports/quarterly/download/", "/reports/entries/"
NASTY = '<b>굵게</b> =HYPERLINK("http://x") 🎉'


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def leader(world: World) -> Client:
    account = open_account(world.caller, None, username="leader", name="간부", role=Role.LEADERSHIP)
    client = Client(headers={"accept-language": "ko"})
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, address: str = PAGE, **query: str) -> Any:
    return client.get(address, {"period": "2023Q1", **query})


def test_the_page_in_both_languages(leader: Client) -> None:
    assert "투자협약" in ask(leader).content.decode()
    assert "Investment MOU" in ask(leader, lang="en").content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "hwpx", "csv", "json"])
def test_the_files(leader: Client, kind: str) -> None:
    answer: HttpResponse = ask(leader, FILE, format=kind)
    assert (answer.status_code, answer["Cache-Control"][:8]) == (200, "max-age=")
    assert f'.{kind}"' in answer["Content-Disposition"]


@pytest.mark.parametrize("address", [PAGE, FILE, ENTRIES])
def test_a_stranger_signs_in_first(world: World, address: str) -> None:
    answer = ask(Client(), address)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")


@pytest.mark.parametrize(
    "query",
    [
        {"period": "2023Q9"},
        {"period": "2099Q1"},
        {"period": "a\0b"},
        {"as_of": "soon"},
        {"as_of": "0001-01-01"},
        {"as_of": "1990-01-01T00:00:00+14:00"},
        {"as_of": "2099-01-01"},
        {"as_of": "2020-01-01"},
    ],
)
@pytest.mark.parametrize("address", [PAGE, FILE])
def test_a_refused_question_keeps_the_form(leader: Client, address: str, query: dict[str, str]) -> None:
    answer = ask(leader, address, **query)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page and 'name="period"' in page
    if "as_of" in query:
        assert 'value="2023Q1" selected' in page


def test_an_unknown_format_is_refused(leader: Client) -> None:
    assert ask(leader, FILE, format="exe").status_code == 422


@pytest.mark.parametrize(
    "query", [{}, {"to": "soon"}, {"to": "2023-03-31", "as_of": "x"}, {"to": "2023-03-31", "from": "9" * 9}]
)
def test_an_incomplete_address_of_a_number_is_refused(leader: Client, query: dict[str, str]) -> None:
    assert leader.get(ENTRIES, query).status_code == 422


def test_the_report_is_only_read(leader: Client) -> None:
    assert leader.post(PAGE).status_code == 405


def test_a_title_stays_text_everywhere(world: World, leader: Client) -> None:
    outcomes.record_outcome(
        world.caller, outcomes.Testimony("press", Grade.PRESS), kind="business_mou", title=NASTY, event=world.event
    )
    page = ask(leader, whole="").content.decode()
    assert "<b>굵게" not in page
    assert "&lt;b&gt;굵게" in page
    book = openpyxl.load_workbook(io.BytesIO(ask(leader, FILE, format="xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert NASTY in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if NASTY in str(cell.value)} == {"s"}
    pdf = pypdfium2.PdfDocument(ask(leader, FILE, format="pdf").content)
    assert any("<b>굵게</b>" in page.get_textpage().get_text_range().replace("\r\n", "") for page in pdf)
    hangul = HwpxDocument.open(io.BytesIO(ask(leader, FILE, format="hwpx").content))
    assert NASTY in hangul.text.plain()
    assert NASTY in json.dumps(json.loads(ask(leader, FILE, format="json").content), ensure_ascii=False).replace(
        '\\"', '"'
    )
