"""Each of the five lists, all the way: narrowed in words, sorted both ways, with chosen columns, as a file of exactly what
is shown, kept and shared with a colleague; and what it finds changed at once, seen before and taken back."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client

from crm.actions.events import record_participation
from crm.models import Account, Record
from crm.values.measures import EventKind, OutcomeKind, PartyRole, Pavilion
from crm.web.pages import paging
from crm.web.text import UNKNOWN, day_text
from tests.builders import Cast, make_event, make_follow_up, make_organisation, make_outcome, system

SignIn = Callable[[Account], Client]
Fields = Callable[[Any], dict[str, Any]]
Text = Callable[[Any], str]
A_PAGE = 4
MANY = A_PAGE + 2
FIRST = date(2023, 1, 7)


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several pages of few records."""
    monkeypatch.setattr(paging, "A_PAGE", A_PAGE)


def _outcomes(cast: Cast) -> Iterator[Record]:
    company = make_organisation("㈜솔")
    for n in range(MANY):
        kind = OutcomeKind.INVESTMENT_MOU if n else OutcomeKind.PROMISE
        yield make_outcome(
            f"협약 {n:02}", kind=kind, signed_on=FIRST + timedelta(n), code=f"C-{n}", lead_unit=cast.unit,
            cooperating=[cast.other_unit] if n % 2 else [], parties=[(company, PartyRole.INVESTOR)],
        )  # fmt: skip
    yield make_outcome("다른 약속", kind=OutcomeKind.PROMISE, lead_unit=cast.unit)


def _organisations(_cast: Cast) -> Iterator[Record]:
    for n in range(MANY):
        aliases = [f"별칭 {n}"] if n % 2 else []
        yield make_organisation(f"기업 번호 {n:02}", aliases, country="US", region="광주" if n else "", sector="AI")
    yield make_organisation("남의 나라 회사", country="KR")


def _events(cast: Cast) -> Iterator[Record]:
    for n in range(MANY):
        day, unit = FIRST + timedelta(n), cast.unit if n % 2 else None
        yield make_event(f"보고회 {n:02}", kind=EventKind.BRIEFING, starts_on=day, ends_on=None, lead_unit=unit)
    yield make_event()


def _follow_ups(cast: Cast) -> Iterator[Record]:
    outcome = make_outcome(lead_unit=cast.unit)
    for n in range(MANY):
        due = FIRST + timedelta(n) if n < MANY - 1 else None
        yield make_follow_up(f"확인 {n:02}", outcome=outcome, org_unit=cast.unit, due_on=due)
    yield make_follow_up("남의 일", outcome=outcome, org_unit=cast.other_unit, due_on=FIRST)


def _participations(_cast: Cast) -> Iterator[Record]:
    ces, mwc = make_event(), make_event("MWC 2023", ends_on=None)
    for n in range(MANY):
        company = make_organisation(f"기업 번호 {n:02}", region="광주" if n else "")
        told = {"pavilion": Pavilion.JOINT_PAVILION, "products": "=1+1" if n else ""}
        yield record_participation(system(), event=ces, organisation=company, **told)
    yield record_participation(system(), event=mwc, organisation=company, pavilion=Pavilion.KOREA_PAVILION)


@dataclass(frozen=True, slots=True)
class AList:
    """`narrowed` by the query of that name and `words`; `orders` are one and its opposite. `columns` are chosen beside
    the first. What is changed at once: the column, what is typed, how it is said. The last record made is another's."""

    make: Callable[[Cast], Iterator[Record]]
    narrowed: dict[str, str]
    words: tuple[str, ...]
    orders: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    change: tuple[str, str, str]


LISTS = {
    "outcomes": AList(
        _outcomes,
        {"kind": "investment_mou", "signed_from": "2023-01-08"},
        ("유형: 투자협약", "체결일 시작: 2023. 1. 8."),
        (("signed", "-signed"),),
        ("stage", "cooperating", "event", "code"),
        ("성과", "추진단계", "행사", "협조부서", "코드"),
        ("next_steps", "부지 확인", "부지 확인"),
    ),
    "organisations": AList(
        _organisations,
        {"country": "US", "q": "기업"},
        ("이름, 다른 이름 또는 초성: 기업", "국가: 미국"),
        (("name", "-name"), ("latest", "earliest")),
        ("aliases", "region", "recorded"),
        ("이름", "다른 이름", "지역", "기록일"),
        ("sector", "반도체", "반도체"),
    ),
    "events": AList(
        _events,
        {"kind": "briefing", "year": "2023"},
        ("유형: 보고회", "연도: 2023"),
        (("latest", "earliest"), ("name", "-name")),
        ("starts_on", "lead_unit", "outcomes"),
        ("행사", "시작일", "주관부서", "성과"),
        ("country", "US", "미국"),
    ),
    "follow-ups": AList(
        _follow_ups,
        {"show": "open", "q": "확인"},
        ("할 일: 확인",),
        (("due", "-due"), ("latest", "earliest")),
        ("about", "due_on", "status", "result"),
        ("할 일", "대상", "기한", "상태", "결과"),
        ("due_on", "2023-05-01", "2023. 5. 1."),
    ),
    "participations": AList(
        _participations,
        {"pavilion": "joint_pavilion", "q": "ㄱㅇ"},
        ("기업·기관: ㄱㅇ", "전시관: 공동관"),
        (("event", "earliest"), ("organisation", "-organisation")),
        ("event", "starts_on", "products", "region"),
        ("기업·기관", "행사", "시작일", "전시 제품", "지역"),
        ("support_source", "시 보조", "시 보조"),
    ),
}


def shown(client: Client, place: str, **query: Any) -> list[list[str]]:
    """What the list says on all of its pages, row by row."""
    rows: list[list[str]] = []
    at = f"/{place}/?{urlencoded(query)}"
    while True:
        page = client.get(at).context["page"]
        if place == "outcomes":
            rows += [[line.title, *(text for _name, text in line.more)] for line in page.lines]
        else:
            rows += [[line.main.text, *(cell.text for cell in line.cells)] for line in page.lines]
        if not page.paging.later:
            assert len(rows) == page.paging.count
            return rows
        at = f"/{place}/{page.paging.later}"


def urlencoded(query: dict[str, Any]) -> str:
    told = QueryDict(mutable=True)
    for name, value in query.items():
        told.setlist(name, value if isinstance(value, list) else [value])
    return told.urlencode()


def as_shown(value: Any) -> str:
    """A cell of a file as the page says it."""
    if value is None or value == "":
        return UNKNOWN
    if hasattr(value, "year"):
        return day_text(date(value.year, value.month, value.day))
    return str(value).removeprefix("'")  # it keeps a spreadsheet from running the text


def from_excel(client: Client, address: str) -> list[list[str]]:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(client.get(address).content)).active
    return [[as_shown(value) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


def from_csv(client: Client, address: str) -> list[list[str]]:
    def cell(text: str) -> str:
        try:
            return as_shown(date.fromisoformat(text))
        except ValueError:
            return as_shown(text)

    told = client.get(address).content.decode("utf-8-sig")
    return [[cell(text) for text in row] for row in csv.reader(io.StringIO(told))]


@pytest.mark.parametrize("place", LISTS)
def test_a_list_is_narrowed_sorted_exported_kept_and_shared(
    cast: Cast, officer: Client, signed_in: SignIn, place: str
) -> None:
    this = LISTS[place]
    *_wanted, another = this.make(cast)
    first = this.orders[0][0]
    asked = {**this.narrowed, "sort": first, "columns": list(this.columns)}
    rows = shown(officer, place, **asked)
    assert A_PAGE < len(rows) <= MANY and str(another) not in {row[0] for row in rows}
    page = officer.get(f"/{place}/", asked).context["page"]
    assert tuple(word.text for word in page.filters.words) == this.words

    for one, opposite in this.orders:
        there, back = (shown(officer, place, **{**asked, "sort": order}) for order in (one, opposite))
        assert there == back[::-1] and sorted(there) == sorted(rows)
        # They are numbered in the order in which they were made, of their days and of their names.
        assert [row[0] for row in there] == sorted((row[0] for row in rows), reverse=one == "latest")

    headings = page.more if place == "outcomes" else tuple(name for name, _style in page.headings)
    assert headings == this.headings[1 if place == "outcomes" else 0 :]
    files = dict(page.files)
    excel, table = from_excel(officer, files["xlsx"]), from_csv(officer, files["csv"])
    assert table == [list(this.headings), *rows]
    assert excel[: len(rows) + 1] == table
    noted = [row[0].removeprefix("※ ") for row in excel[len(rows) + 1 :] if row[0] != UNKNOWN]
    # Which tab is shown stands above the list; a file says it among the words.
    assert [words for words in noted if not words.startswith("후속조치 구분")] == list(this.words)

    kept = {"place": place, "query": page.filters.query, "name": "함께 볼 것", "is_shared": "on"}
    assert officer.post("/filters/", kept).status_code == 302
    colleague = signed_in(cast.outsider)
    (saved,) = colleague.get(f"/{place}/").context["page"].filters.saved
    assert (saved.name, saved.owner) == ("함께 볼 것", str(cast.officer))
    there = colleague.get(saved.address).context["page"]
    assert there.filters.words == page.filters.words and there.columns == page.columns
    query = dict(QueryDict(saved.address.partition("?")[2]).lists())
    assert shown(colleague, place, **query) == rows
    assert from_excel(colleague, dict(there.files)["xlsx"]) == excel


@pytest.mark.parametrize("place", LISTS)
def test_what_a_list_finds_is_changed_at_once_seen_before_and_taken_back(
    cast: Cast, officer: Client, fields: Fields, text: Text, place: str
) -> None:
    this, (column, typed, said) = LISTS[place], LISTS[place].change
    records = list(this.make(cast))
    before = stored(records, column)
    page = officer.get(f"/{place}/", {**this.narrowed, "page": "2"}).context["page"]
    empty = officer.get(page.ticks.everything.address)
    told = {"id": fields(empty)["id"], "found": empty.context["found"], "column": column, column: typed}
    seen = officer.post(f"/{place}/bulk/", {"preview": "on", **told})
    lines = seen.context["page"].lines
    assert len(lines) == page.paging.count > A_PAGE and {line.after for line in lines} == {said}
    assert stored(records, column) == before
    chosen = {line.id for line in lines}
    sent = {**fields(seen), **{f"version-{line.id}": line.version for line in lines}}
    change = officer.post(f"/{place}/bulk/", {**sent, "record": [str(pk) for pk in chosen]})["Location"]
    after = stored(records, column)
    assert {pk for pk in after if after[pk] != before[pk]} == chosen and {after[pk] for pk in chosen} == {typed}
    assert "모두 되돌렸습니다." in text(officer.post(f"{change}undo/", follow=True))
    assert stored(records, column) == before


def stored(records: list[Record], column: str) -> dict[Any, str]:
    return {record.pk: str(getattr(type(record)._base_manager.get(pk=record.pk), column)) for record in records}
