"""From the code on a printed page to the same table, as of the same microsecond."""

import html
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from crm.actions import outcomes
from crm.actions.accounts import open_account
from crm.models import Outcome
from crm.values.evidence import Grade
from crm.values.measures import Role
from crm.values.periods import Quarter, parse_as_of
from crm.values.trace_codes import TABLES, Traced, trace_code
from reports.catalogue import REPORTS, Question
from tests.laws.scenarios import World, make_world
from tests.reports.next_rules import lay_down_next_rules

pytestmark = pytest.mark.django_db
TRACE, PAGE = "/reports/trace/", "/reports/quarterly/"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def leader(world: World) -> Client:
    account = open_account(world.caller, None, username="leader", name="간부", role=Role.LEADERSHIP)
    client = Client(headers={"accept-language": "ko"})
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def codes_on(page: str) -> dict[str, str]:
    """The code under each table of the page, by the table's anchor."""
    found = re.findall(r'<figure class="table-figure" id="(\w+)">(.*?)</figure>', page, re.DOTALL)
    return {key: re.findall(r"<code>(T-[\w-]+)</code>", figure)[0] for key, figure in found}


def test_every_table_of_the_page_has_a_code_that_leads_back_to_it(leader: Client) -> None:
    codes = codes_on(leader.get(PAGE, {"period": "2023Q1", "whole": ""}).content.decode())
    assert {"quarter_counts", "outcomes", "entries"} <= set(codes)
    assert len(set(codes.values())) == len(codes)
    for key, code in codes.items():
        answer = leader.get(TRACE, {"code": code.lower().replace("-", " ")})
        assert answer.status_code == 302
        assert urlsplit(answer["Location"]).fragment == key
        found = leader.get(answer["Location"])
        assert codes_on(found.content.decode())[key] == code, "the same table as of the same microsecond"


def test_what_was_recorded_a_moment_later_is_not_in_the_view_that_is_found(world: World, leader: Client) -> None:
    word = outcomes.Testimony("press", Grade.PRESS)
    outcomes.record_outcome(world.caller, word, kind="business_mou", title="늦은 협약", event=world.event)
    recorded = Outcome.objects.get(title="늦은 협약").created_at
    for shift, is_shown in ((timedelta(), True), (timedelta(microseconds=-1), False)):
        code = trace_code(Traced("quarterly", Quarter(2023, 1), recorded + shift, "outcomes"))
        answer: Any = leader.get(TRACE, {"code": code}, follow=True)
        assert ("늦은 협약" in answer.content.decode()) is is_shown


def test_the_address_says_what_was_printed(leader: Client) -> None:
    as_of = parse_as_of("2023-03-31T23:59:59.123456+09:00")
    answer = leader.get(TRACE, {"code": trace_code(Traced("quarterly", Quarter(2023, 1), as_of, "year_money"))})
    address = urlsplit(answer["Location"])
    assert (address.path, address.fragment) == (PAGE, "year_money")
    assert parse_qs(address.query) == {"period": ["2023Q1"], "as_of": ["2023-03-31T23:59:59.123456+09:00"]}


def test_both_languages_print_the_same_codes(world: World) -> None:
    as_of, period = parse_as_of("2099-03-31"), Quarter(2023, 1)
    questions = (Question(as_of, "ko", period), Question(as_of, "en", period))
    korean, english = (REPORTS["quarterly"].report(question) for question in questions)
    assert [t.code for s in korean.sections for t in s.tables] == [t.code for s in english.sections for t in s.tables]


def test_every_table_of_the_report_has_a_number(world: World) -> None:
    report = REPORTS["quarterly"].report(Question(parse_as_of("2099-03-31"), "ko", Quarter(2023, 1)))
    tables = [*(t for s in report.sections for t in s.tables), report.outcomes, report.entries]
    nameless = [t.key for t in tables if not t.code]
    assert not nameless, f"add at the end of TABLES in crm/values/trace_codes.py: {nameless}"
    assert {t.key for t in tables} <= set(TABLES["quarterly"])


@pytest.mark.parametrize(
    ("typed", "korean", "english"),
    [
        ("", "추적 코드를 입력", "Enter the trace code"),
        ("T-0223Q9", "18자", "18 letters"),
        ("가" * 18, "영문자와 숫자로만", "Latin letters"),
        ("T-0223Q9-00VA9V-ZW03A5", "글자 하나가 잘못", "is wrong"),
        ("T-4223Q9-00VA9V-ZW2B26-N43R2", "여기에서 알 수 없습니다", "not known here"),
        ("\x00<script>", "추적 코드는", "trace code"),
    ],
)
def test_a_wrong_code_is_refused_in_the_readers_language(leader: Client, typed: str, korean: str, english: str) -> None:
    answer = leader.get(TRACE, {"code": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert korean in page and 'role="alert"' in page and "<script>" not in page
    leader.cookies["django_language"] = "en"
    assert english in leader.get(TRACE, {"code": typed}).content.decode()


def test_the_reports_page_leads_here(leader: Client) -> None:
    assert f'href="{TRACE}"' in leader.get(PAGE, {"period": "2023Q1"}).content.decode()
    assert "추적 코드로 찾기" in leader.get(TRACE).content.decode()


def test_what_was_printed_by_other_rules_says_so_and_leads_to_what_they_did(
    world: World, leader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = lay_down_next_rules(monkeypatch)
    as_of, period = parse_as_of("2023-04-30"), Quarter(2023, 1)
    printed, usual = (
        REPORTS["quarterly"].report(Question(as_of, "ko", period, **by)).sections[1].tables
        for by in ({"definition": name}, {})
    )
    for table, same in zip(printed, usual, strict=True):
        assert leader.get(TRACE, {"code": same.code}).status_code == 302
        answer = leader.get(TRACE, {"code": table.code})
        assert answer.status_code == 200
        said = answer.content.decode()
        assert f"출력 당시의 산정 기준은 {name}이며" in said and "현재 기준 quarterly-3" in said
        links = [html.unescape(link) for link in re.findall(r'<a class="button[^>]*href="([^"]+)"', said)]
        explained, today = (link for link in links if "as_of" in link or "definitions" in link)
        assert codes_on(leader.get(today).content.decode())[table.key] == same.code
    found = leader.get(explained).content.decode()
    assert "산정 기준" in found and "1,000,000" in found
    again = {
        code for code in codes_on(found).values() if "restatement" in leader.get(TRACE, {"code": code})["Location"]
    }
    assert again, "and the codes of that page lead back to it"
    for code in again:
        assert code in leader.get(TRACE, {"code": code}, follow=True).content.decode()


def test_a_code_of_a_set_that_is_not_known_is_refused(leader: Client) -> None:
    code = trace_code(Traced("quarterly", Quarter(2023, 1), parse_as_of("2023-03-31"), "entries", rules=15))
    assert leader.get(TRACE, {"code": code}).status_code == 422


def test_a_stranger_signs_in_first(world: World) -> None:
    answer = Client().get(TRACE, {"code": "x"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")
