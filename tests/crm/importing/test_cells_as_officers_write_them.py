"""Cells as people type them, and workbooks as they keep them: understood, or refused where they stand; never taken for
something else without a word."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.models import Outcome
from tests.builders import make_event, money_of
from tests.crm.importing.sheets import HEADINGS, ROWS, apply, book, bring, groups

pytestmark = pytest.mark.django_db


def saved(workbook: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def errors(answer: Any) -> dict[str, str]:
    (row,) = next(group for group in answer.context["page"].groups if group.key == "wrong").rows
    return {cell.key: cell.error for cell in row.cells if cell.error}


@pytest.mark.parametrize(
    "typed",
    ["2023.1.5.", "2023. 1. 5.(목)", "2023-01-05", "2023년 1월 5일", "2023/1/5", "'23.1.5", "’23. 1. 5.", "20230105", "２０２３．１．５"],
)  # fmt: skip
def test_a_day_in_words(officer: Client, typed: str) -> None:
    bring(officer, book(HEADINGS[:5], ["업무협약", "협약", "㈜솔", "", typed]))
    apply(officer)
    assert Outcome.objects.get().signed_on == date(2023, 1, 5)


@pytest.mark.parametrize("typed", ["1.5.23", "23.1.5", "44931", "1월 5일", "2023.2.30.", "2023-W14", "2023W141"])
def test_a_day_that_could_be_another_is_asked_for(officer: Client, typed: str) -> None:
    answer = bring(officer, book(HEADINGS[:5], ["업무협약", "협약", "㈜솔", "", typed]))
    assert list(errors(answer)) == ["signed_on"]


@pytest.mark.parametrize("typed", ["2023.04", "2023-04", 2023.04, "2023. 4.", "2023년 4월", "'23.4", "２０２３．４"])
def test_a_month_is_no_day_of_it(officer: Client, typed: str | float) -> None:
    answer = bring(officer, book(HEADINGS[:5], ["업무협약", "협약", "㈜솔", "", typed]))
    assert errors(answer) == {"signed_on": "월까지만 적혀 있습니다. 날짜는 2023-01-07과 같이 일까지 적으십시오."}


@pytest.mark.parametrize(
    ("number_format", "day", "shown"),
    [
        ("mmm-yy", 1, "2023-04"),
        ("yyyy-mm", 1, "2023-04"),
        ('yyyy"년" m"월"', 1, "2023-04"),
        ("[$-412]yyyy\\.mm", 1, "2023-04"),
        # Somebody has written a day, or one was worked out: the cell only does not show it.
        ("yyyy-mm", 17, "2023-04-17"),
        ("yyyy-mm-dd", 1, "2023-04-01"),
        ('yyyy"년" m"월" d"일"', 1, "2023-04-01"),
        ("yyyy-mm-dd h:mm", 1, "2023-04-01"),
    ],
)
def test_a_month_of_which_excel_has_made_its_first_day(
    officer: Client, number_format: str, day: int, shown: str
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(HEADINGS[:5])
    sheet.append(["업무협약", "협약", "㈜솔", "", date(2023, 4, day)])
    sheet["E2"].number_format = number_format
    (group,) = bring(officer, saved(workbook)).context["page"].groups
    (cell,) = [cell for cell in group.rows[0].cells if cell.key == "signed_on"]
    assert (cell.text, group.key) == (shown, "wrong" if shown == "2023-04" else "new")
    assert ("일까지 적으십시오" in cell.error) is (shown == "2023-04")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("１，０００", 1_000_000_000), ("1,000\u00a0", 1_000_000_000), ("1,000 백만원", 1_000_000_000), ("5\u00a0억\u00a0원", 500_000_000)],
)  # fmt: skip
def test_numbers_of_full_width_and_with_hard_spaces(officer: Client, typed: str, value: int) -> None:
    make_event()
    bring(officer, book([*HEADINGS[:5], "금액(백만원)"], ["투자협약", "협약", "㈜솔", "CES 2023", "", typed]))
    apply(officer)
    assert money_of(Outcome.objects.get()).value == value


def test_a_number_of_full_width_without_a_unit_is_no_amount_in_won(officer: Client) -> None:
    make_event()
    answer = bring(officer, book(HEADINGS[:6], ["투자협약", "협약", "㈜솔", "CES 2023", "", "１，０００"]))
    assert "숫자의 단위를 알 수 없습니다" in errors(answer)["amount"]


@pytest.mark.parametrize("typed", ["(1,000)", "-1,000원", "△1,000만원", "(500만원)"])
def test_what_is_less_than_nothing_is_refused_at_its_cell(officer: Client, typed: str) -> None:
    make_event()
    answer = bring(officer, book(HEADINGS[:6], ["투자협약", "협약", "㈜솔", "CES 2023", "", typed]))
    assert list(errors(answer)) == ["amount"]


def test_jobs_of_full_width(officer: Client) -> None:
    make_event()
    assert groups(bring(officer, book(HEADINGS[:7], ["투자협약", "협약", "㈜솔", "CES 2023", "", "", "２０명"]))) == {
        "new": [2]
    }


@pytest.mark.parametrize("typed", ["#REF!", "#N/A", "#DIV/0!", "#value!"])
def test_a_cell_that_excel_could_not_work_out_is_no_company(officer: Client, typed: str) -> None:
    make_event()
    answer = bring(officer, book(HEADINGS[:5], ["업무협약", typed, typed, "CES 2023", ""]))
    assert set(errors(answer)) == {"title", "party"} and "계산 오류" in errors(answer)["party"]


def test_a_hidden_sheet_is_not_read_before_one_that_is_seen(officer: Client) -> None:
    make_event()
    workbook = openpyxl.Workbook()
    hidden = workbook.worksheets[0]
    hidden.append(HEADINGS)
    hidden.append(["업무협약", "지난해 것", "㈜옛것", "CES 2023"])
    hidden.sheet_state = "hidden"
    seen = workbook.create_sheet("올해")
    seen.append(HEADINGS)
    seen.append(ROWS[0])
    workbook.active = 1
    answer = bring(officer, saved(workbook))
    (row,) = answer.context["page"].groups[0].rows
    assert row.cells[1].text == "㈜솔 투자협약" and "지난해" not in answer.content.decode()
    assert "시트만 읽었습니다" not in answer.content.decode()


def test_further_sheets_that_say_something_are_named(officer: Client) -> None:
    make_event()
    workbook = openpyxl.Workbook()
    for title in ("1월", "2월", "3월"):
        sheet = workbook.create_sheet(title)
        sheet.append(HEADINGS)
        if title != "3월":
            sheet.append(ROWS[0])
    answer = bring(officer, saved(workbook))
    assert groups(answer) == {"new": [2]}
    assert "‘1월’ 시트만 읽었습니다. 다음 시트는 따로 저장해 올리십시오: 2월" in answer.content.decode()


def test_a_cell_merged_over_several_rows_and_columns(officer: Client) -> None:
    make_event()
    rows = [["업무협약", f"협약 {n}", f"㈜기업{n}" if n else "㈜솔", "CES 2023" if n == 0 else None] for n in range(3)]
    bring(officer, book(["2023년 성과", None, None, None], HEADINGS[:4], *rows, merge="D3:D5"))
    apply(officer)
    assert {outcome.event.name for outcome in Outcome.objects.all() if outcome.event} == {"CES 2023"}
    assert Outcome.objects.count() == 3


def test_a_korean_sheet_is_the_same_to_who_reads_the_pages_in_english(officer: Client) -> None:
    make_event()
    content = book(HEADINGS, *ROWS)
    bring(officer, content)
    apply(officer)
    officer.cookies["django_language"] = "en"
    assert groups(bring(officer, content)) == {"unchanged": [2, 3]}
    assert groups(bring(officer, book(HEADINGS[:4], ["Business MOU", "Another", "㈜달", "CES 2023"]))) == {"new": [2]}
