"""More rows than a page carries: the report says so, and the entries behind a number are turned page by page."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from reports.web.pages import tables
from tests.builders import Cast, figure, make_cast, make_outcome

pytestmark = pytest.mark.django_db
TRACE = {"from": "2023-01-01", "to": "2023-03-31", "measure": "money"}


@pytest.fixture
def leader(monkeypatch: pytest.MonkeyPatch) -> Client:
    cast: Cast = make_cast()
    for number in range(7):
        make_outcome(f"협약 {number}", figures=[figure(1_000 + number)])
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    client = Client()
    client.force_login(cast.leader, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_report_says_what_it_leaves_to_the_files(leader: Client) -> None:
    page = leader.get("/reports/quarterly/", {"period": "2023Q1", "whole": ""}).content.decode()
    assert "처음 3건만 표시하며, 나머지 4건은 파일에 있습니다" in page


def test_every_row_of_whichever_report_is_on_one_of_the_pages_of_its_table(leader: Client) -> None:
    for number in range(4):
        rate = figure(500 + number, basis="annual")
        make_outcome(f"해마다 {number}", figures=[rate])
    page = leader.get("/reports/annual-contracts/", {"year": "2023", "whole": ""}).content.decode()
    address = html.unescape(re.findall(r'href="(/reports/annual-contracts/[^"]*table=contracts)">전체 4건', page)[0])
    seen: list[str] = []
    for _page in range(2):
        answer = leader.get(address)
        seen += re.findall(r">(해마다 \d)", answer.content.decode())
        address = answer.context["page"].paging.later
    assert sorted(seen) == [f"해마다 {number}" for number in range(4)]
    assert address == ""


def test_a_table_that_is_none_is_not_there(leader: Client) -> None:
    asked = {"year": "2023", "whole": "", "table": "nothing"}
    assert leader.get("/reports/annual-contracts/", asked).status_code == 404


def test_every_entry_behind_a_number_is_on_one_of_the_pages(leader: Client) -> None:
    address: Any = "/reports/entries/?" + "&".join(f"{name}={value}" for name, value in TRACE.items())
    seen: list[str] = []
    for _page in range(3):
        answer = leader.get(address)
        page = answer.context["page"]
        assert "성과 7건 · 원장 7건" in answer.content.decode() and len(page.table.rows) <= 3
        seen += re.findall(r"USD ([\d,]+)|>(1,00\d)<", answer.content.decode())
        address = "/reports/entries/" + page.paging.later
    values = {value for found in seen for value in found if value.startswith("1,00")}
    assert values == {f"1,00{number}" for number in range(7)}
    assert page.paging.later == ""


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "²", "9" * 40])
def test_a_page_that_is_none_is_the_nearest(leader: Client, number: str) -> None:
    answer = leader.get("/reports/entries/", {**TRACE, "page": number})
    assert answer.status_code == 200 and answer.context["page"].paging.number in (1, 3)
