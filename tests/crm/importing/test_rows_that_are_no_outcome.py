"""What stands in a sheet besides outcomes is left with one word each, and what it says of outcomes is not made exact,
counted twice or refused for no reason."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.importing.refusal import Refused
from crm.models import LedgerEntry, Outcome
from crm.values.measures import Measure
from tests.builders import Cast, make_event
from tests.crm.importing.sheets import HEADINGS, apply, book, bring, groups, read, signed_in

pytestmark = pytest.mark.django_db

NUMBERED = ["연번", *HEADINGS[:1], *HEADINGS[2:7]]
ROW = [1, "투자협약", "㈜솔", "CES 2023", "2023-01-07", "500억원", 20]


def errors(answer: Any) -> list[dict[str, str]]:
    rows = next(group for group in answer.context["page"].groups if group.key == "wrong").rows
    return [{cell.key: cell.error for cell in row.cells if cell.error} for row in rows]


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("name", ["합계", "소계 (2023년)", "총 계"])
def test_a_row_of_sums_says_so_and_no_more(officer: Client, name: str, place: int) -> None:
    make_event()
    sums: list[Any] = ["", "", "", "", "", "=SUM(F2:F2)", 20]
    sums[place] = name
    answer = bring(officer, book(NUMBERED, ROW, sums))
    assert groups(answer) == {"wrong": [3], "new": [2]}
    (told,) = errors(answer)
    assert list(told) == ["kind"] and "합계 행" in told["kind"]


def test_a_remark_below_the_table_says_so_and_no_more(officer: Client) -> None:
    make_event()
    (told,) = errors(bring(officer, book(NUMBERED, ROW, ["※ 협약 기준이며 변동될 수 있음"])))
    assert list(told) == ["kind"] and "읽는 열" in told["kind"]


def test_where_no_row_can_be_applied_nothing_offers_it(officer: Client) -> None:
    make_event()
    remark = book(NUMBERED, ["※ 협약 기준이며 변동될 수 있음"])
    assert "/apply/" not in bring(officer, remark).content.decode()
    assert "/apply/" in bring(officer, book(NUMBERED, ROW)).content.decode()


@pytest.mark.parametrize("over", ["A3:F3", ""])
def test_a_remark_in_the_columns_that_are_read_says_so_and_no_more(officer: Client, over: str) -> None:
    make_event()
    (told,) = errors(bring(officer, book(NUMBERED[1:], ROW[1:], ["※ 협약 기준이며 변동될 수 있음"], merge=over)))
    assert list(told) == ["kind"] and "설명을 적은 행" in told["kind"]


@pytest.mark.parametrize(
    ("typed", "about", "words"),
    [("20여 명", True, "20여 명"), ("약 20명", True, "약 20명"), ("20명", False, "20명"), (20, False, "")],
)
def test_about_twenty_jobs_stay_about_twenty(officer: Client, typed: Any, about: bool, words: str) -> None:
    make_event()
    bring(officer, book(NUMBERED, [*ROW[:6], typed]))
    apply(officer)
    jobs = LedgerEntry.objects.get(measure=Measure.JOBS)
    assert (jobs.value, jobs.approximate, jobs.as_reported) == (Decimal(20), about, words)


def test_one_agreement_under_two_spellings_of_its_company_is_taken_once(officer: Client) -> None:
    make_event()
    again = [2, "투자협약", "주식회사 솔", *ROW[3:]]
    assert groups(bring(officer, book(NUMBERED, ROW, again))) == {"wrong": [3], "new": [2]}


def test_what_is_on_record_as_the_row_says_it_needs_no_permission(cast: Cast, officer: Client) -> None:
    make_event()
    sheet = book([*NUMBERED, "주관부서"], [*ROW, "기후환경국"])
    bring(officer, sheet)
    apply(officer)
    assert Outcome.objects.get().lead_unit == cast.other_unit
    assert groups(bring(officer, sheet)) == {"unchanged": [2]}
    other = book([*NUMBERED, "주관부서"], [*ROW[:5], "600억원", 20, "기후환경국"])
    assert groups(bring(officer, other)) == {"wrong": [2]}
    assert groups(bring(signed_in(cast.outsider), other)) == {"changed": [2]}


def test_headings_alone_are_refused(officer: Client) -> None:
    answer = bring(officer, (",".join(HEADINGS) + "\n").encode(), "명단.csv")
    assert answer.status_code == 422 and "제목 줄 아래" in answer.content.decode()
    with pytest.raises(Refused):
        read(book(HEADINGS))


def test_a_sheet_of_headings_alone_does_not_hide_the_one_behind_it() -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(HEADINGS)
    filled = workbook.create_sheet("실적")
    filled.append(HEADINGS)
    filled.append(["업무협약", "협약", "㈜솔"])
    content = io.BytesIO()
    workbook.save(content)
    sheet = read(content.getvalue())
    assert (sheet.name, sheet.others, len(sheet.rows)) == ("실적", (), 1)
