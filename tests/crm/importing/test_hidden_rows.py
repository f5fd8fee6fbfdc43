"""Rows that whoever opens the file does not see: they are read, the officer is told, and may leave them out."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.models import ImportBatch, Outcome
from tests.crm.importing.sheets import HEADINGS, apply, apply_all, bring, groups, mend, read, row


def book(*rows: list[Any], filtered: tuple[int, ...] = (), by_hand: tuple[int, ...] = ()) -> bytes:
    """A workbook as Excel leaves it: what a filter takes away is hidden row by row, as what is hidden by hand."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for cells in rows:
        sheet.append(cells)
    if filtered:
        sheet.auto_filter.ref = f"A1:H{len(rows)}"
        sheet.auto_filter.add_filter_column(0, ["업무협약"])
    for line in (*filtered, *by_hand):
        sheet.row_dimensions[line].hidden = True
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def test_rows_that_are_not_seen_are_read_and_marked() -> None:
    empty: list[Any] = [None]
    content = book(HEADINGS, row(0), row(1), empty, row(2), row(3), filtered=(3, 4), by_hand=(6, 60))
    told = [(one.number, one.is_hidden) for one in read(content).rows]
    assert told == [(2, False), (3, True), (5, False), (6, True)]


def test_a_hidden_header_is_a_header_all_the_same() -> None:
    sheet = read(book(HEADINGS, row(0), by_hand=(1,)))
    assert sheet.headings == tuple(HEADINGS) and not sheet.rows[0].is_hidden


@pytest.mark.django_db
class TestHiddenRows:
    def test_the_officer_is_told_and_they_are_read(self, officer: Client) -> None:
        answer = bring(officer, book(HEADINGS, row(0), row(1), row(2), filtered=(3, 4)))
        text = answer.content.decode()
        assert "보이지 않는 행이 2행 있습니다" in text and text.count("숨김</span>") == 2
        assert groups(answer) == {"new": [2, 3, 4]}
        apply(officer)
        assert Outcome.objects.count() == 3

    def test_nothing_is_said_where_nothing_is_hidden(self, officer: Client) -> None:
        text = bring(officer, book(HEADINGS, row(0))).content.decode()
        assert "숨겨진" not in text and "숨김" not in text and "보이지 않는" not in text

    def test_left_out_they_are_as_if_they_were_not_there(self, officer: Client) -> None:
        again = row(0, 비고="고친 것")
        assert groups(bring(officer, book(HEADINGS, row(0), again, row(2), filtered=(2,)))) == {
            "wrong": [3],
            "new": [2, 4],
        }
        answer = mend(officer, hidden="leave")
        assert groups(answer) == {"new": [3, 4]} and "숨겨진 1행은 제외합니다" in answer.content.decode()
        assert groups(mend(officer, hidden="read")) == {"wrong": [3], "new": [2, 4]}
        mend(officer, hidden="leave")
        applied = apply(officer)
        assert set(Outcome.objects.values_list("note", flat=True)) == {"고친 것", ""}
        batch = ImportBatch.objects.get()
        assert batch.state == "applied" and batch.left == {}
        assert "2행을 기록했습니다" in (text := applied.content.decode()) and "숨겨진 1행은 제외했습니다" in text

    def test_each_step_takes_the_next_of_those_that_are_read(self, officer: Client) -> None:
        unseen = tuple(range(2, 42))
        bring(officer, book(HEADINGS, *(row(number) for number in range(250)), filtered=unseen))
        mend(officer, hidden="leave")
        batch = apply_all(officer)
        assert (batch.state, batch.position, len(batch.lines)) == ("applied", 210, 210)
        assert {line["number"] for line in batch.lines} == set(range(42, 252))

    def test_once_applied_nobody_decides_about_them_any_more(self, officer: Client) -> None:
        bring(officer, book(HEADINGS, row(0), row(1), filtered=(3,)))
        apply(officer)
        assert "이미 적용" in mend(officer, hidden="leave").content.decode()
        assert not ImportBatch.objects.get().leaves_hidden

    def test_a_mended_sheet_keeps_what_is_hidden(self, officer: Client) -> None:
        bring(officer, book(HEADINGS, row(0, 체결일="2023-01-32"), row(1), filtered=(3,)))
        mend(officer, hidden="leave")
        assert groups(mend(officer, **{"cell-2-signed_on": "2023-01-31"})) == {"new": [2]}
        assert groups(mend(officer, hidden="read")) == {"new": [2, 3]}
