"""The list of outcomes as a tool: filters in words, kept and shared ones, columns, and the same as a file."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.models import Account, SavedFilter
from crm.values.measures import Basis, Disclosure, OutcomeKind, PartyRole, Series
from tests.builders import Cast, figure, make_event, make_organisation, make_outcome

Text = Callable[[Any], str]
SignIn = Callable[[Account], Client]


@pytest.fixture(autouse=True)
def _records(cast: Cast) -> None:
    event = make_event()
    company = make_organisation("㈜솔")
    make_outcome(
        "㈜솔 투자협약", figures=[figure(5_000_000)], event=event, lead_unit=cast.unit, cooperating=[cast.other_unit],
        parties=[(company, PartyRole.INVESTOR)], code="SOL-1",
    )  # fmt: skip
    make_outcome("=HYPERLINK(1)", kind=OutcomeKind.BUSINESS_MOU, event=event)
    make_outcome("비공개 협약", disclosure_level=Disclosure.PARTLY, lead_unit=cast.unit, figures=[figure(7)])


def sheet(content: bytes) -> list[list[Any]]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True)
    return [list(row) for row in rows]


def test_filters_read_as_words_and_are_taken_away_one_by_one(officer: Client, text: Text) -> None:
    answer = officer.get("/outcomes/", {"kind": "investment_mou", "signed_from": "2023-01-01", "sort": "title"})
    words = answer.context["page"].filters.words
    assert [word.text for word in words] == ["유형: 투자협약", "체결일 시작: 2023. 1. 1."]
    assert words[0].without == "/outcomes/?signed_from=2023-01-01&sort=title"
    assert officer.get(words[0].without).context["page"].paging.count == 3


def test_a_kept_filter_comes_back_and_a_shared_one_is_everybody_s(
    cast: Cast, officer: Client, signed_in: SignIn, text: Text
) -> None:
    kept = {"place": "outcomes", "query": "kind=investment_mou&sort=title", "name": "투자협약만", "is_shared": "on"}
    assert officer.post("/filters/", kept)["Location"] == "/outcomes/?kind=investment_mou&sort=title"
    officer.post("/filters/", {**kept, "name": "나만", "is_shared": ""} | {"query": "kind=promise"})
    other = signed_in(cast.outsider)
    lines = other.get("/outcomes/").context["page"].filters.saved
    assert "투자협약만" in [line.name for line in lines]
    assert other.get(lines[0].address).context["page"].paging.count == 2


def test_only_one_s_own_are_one_s_own(cast: Cast, officer: Client, signed_in: SignIn) -> None:
    officer.post("/filters/", {"place": "outcomes", "query": "kind=promise", "name": "나만"})
    other = signed_in(cast.outsider)
    assert other.get("/outcomes/").context["page"].filters.saved == ()
    saved = SavedFilter.objects.get()
    assert other.post(f"/filters/{saved.pk}/remove/").status_code == 404
    officer.post(f"/filters/{saved.pk}/remove/")
    assert officer.get("/outcomes/").context["page"].filters.saved == ()


def test_the_same_name_keeps_the_new_question(officer: Client) -> None:
    for query in ("kind=promise", "kind=investment_mou"):
        officer.post("/filters/", {"place": "outcomes", "query": query, "name": "자주 보는 것"})
    assert SavedFilter.objects.get().query == "kind=investment_mou"


@pytest.mark.parametrize("bad", [{"name": "  "}, {"place": "secrets"}])
def test_a_filter_without_a_name_or_list_is_refused_and_its_form_comes_back(
    officer: Client, bad: dict[str, str]
) -> None:
    sent = {"place": "outcomes", "query": "kind=promise", "name": "이름", "is_shared": "on", **bad}
    page = officer.post("/filters/", sent).content.decode()
    assert not SavedFilter.objects.exists()
    assert 'role="alert"' in page and 'name="query" value="kind=promise"' in page and "checked" in page
    assert ('aria-describedby="id_name_error"' in page) == ("name" in bad)
    assert ('href="/outcomes/?kind=promise"' in page) == ("name" in bad)


@pytest.mark.parametrize(
    ("place", "query"),
    [
        ("outcomes", {"signed_from": "언젠가"}),
        ("organisations", {"country": "ZZ"}),
        ("events", {"year": "언젠가"}),
        ("follow-ups", {"org_unit": "아무개"}),
        ("participations", {"event": "아무개"}),
    ],
)
def test_what_a_list_can_not_understand_is_announced_and_led_to(
    officer: Client, place: str, query: dict[str, str]
) -> None:
    answer = officer.get(f"/{place}/", query)
    (wrong,) = answer.context["form"].errors
    page = answer.content.decode().split('<form class="filters"')[1].split("</form>")[0]
    assert 'role="alert" tabindex="-1" autofocus' in page and f'href="#id_{wrong}"' in page
    assert "아직 저장되지" not in page and f'id="id_{wrong}_error"' in page


def test_columns_are_chosen_and_paging_carries_them(officer: Client, text: Text) -> None:
    answer = officer.get("/outcomes/", {"columns": ["cooperating", "code"]})
    assert answer.context["page"].columns == ("title", "cooperating", "code")
    told = text(answer)
    assert "기후환경국" in told and "SOL-1" in told
    assert "columns=cooperating&columns=code" in answer.context["page"].files[0][1]


def test_a_file_holds_exactly_what_is_filtered(officer: Client) -> None:
    rows = sheet(
        officer.get("/outcomes/export/?kind=investment_mou&format=xlsx&columns=signed_on&columns=values").content
    )
    assert rows[0][:3] == ["성과", "체결일", "유효한 수치"]
    assert {row[0] for row in rows[1:3]} == {"㈜솔 투자협약", "비공개 협약"}
    assert any("유형: 투자협약" in str(row[0]) for row in rows[3:])


def test_amounts_are_numbers_that_a_spreadsheet_adds_up(officer: Client, text: Text) -> None:
    stated = [
        figure(70_000_000, currency="KRW"),
        figure(30_000_000, currency="KRW"),
        figure(9, currency="KRW", basis=Basis.ANNUAL),
        figure(20_000_000, currency="KRW", series=Series.COMMITTED),
    ]
    make_outcome("수출 계약 하나", kind=OutcomeKind.EXPORT_CONTRACT, figures=stated)
    make_outcome("환율 없는 계약", kind=OutcomeKind.EXPORT_CONTRACT, figures=[*stated[:1], figure(5)])
    asked = "kind=export_contract&sort=title&columns=announced_krw&columns=committed_krw&columns=realised_krw"
    rows = sheet(officer.get(f"/outcomes/export/?format=xlsx&{asked}").content)
    assert rows[0] == ["성과", "협약·발표액(원화, 총액)", "계약 체결액(원화, 총액)", "실적액(원화, 총액)"]
    assert rows[1:3] == [["수출 계약 하나", 100_000_000, 20_000_000, "–"], ["환율 없는 계약", "–", "–", "–"]]
    assert "100,000,000" in text(officer.get(f"/outcomes/?{asked}"))


def test_a_formula_as_a_title_stays_text(officer: Client) -> None:
    book = officer.get("/outcomes/export/?kind=business_mou&format=xlsx").content
    cell = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]["A3"]
    assert (cell.data_type, str(cell.value).lstrip("'")) == ("s", "=HYPERLINK(1)")
    table = list(
        csv.reader(
            io.StringIO(officer.get("/outcomes/export/?kind=business_mou&format=csv").content.decode("utf-8-sig"))
        )
    )
    assert table[1][0] == "'=HYPERLINK(1)"


def test_what_is_kept_from_a_reader_is_in_no_file(cast: Cast, signed_in: SignIn) -> None:
    content = signed_in(cast.outsider).get("/outcomes/export/?format=csv").content.decode("utf-8-sig")
    line = next(row for row in csv.reader(io.StringIO(content)) if row[0] == "비공개 협약")
    assert "USD 7" not in content and "비공개" in line[-2]


def test_an_unknown_format_is_not_there(officer: Client) -> None:
    assert officer.get("/outcomes/export/?format=exe").status_code == 404
