"""Columns that whoever opens the file does not see: they are read, the officer is told which, and may leave them out."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.models import ImportBatch, Outcome
from tests.crm.importing.sheets import HEADINGS, apply, bring, groups, mend, read, row


def book(*rows: list[Any], hidden: str = "", run: tuple[str, str] | None = None) -> bytes:
    """A workbook as Excel leaves it: each letter of `hidden` a column by itself, `run` several that stand together."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for cells in rows:
        sheet.append(cells)
    for letter in hidden:
        sheet.column_dimensions[letter].hidden = True
    if run:
        sheet.column_dimensions.group(*run, hidden=True)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def chosen(**columns: str) -> dict[str, str]:
    """What the form of the columns sends, but for these headings."""
    fields = dict(
        zip(HEADINGS, ["kind", "title", "party", "event", "signed_on", "amount", "jobs", "note"], strict=True)
    )
    return {"columns": "on"} | {f"column-{n}": (fields | columns)[heading] for n, heading in enumerate(HEADINGS)}


class TestReading:
    def test_those_among_the_headings_are_marked(self) -> None:
        assert read(book(HEADINGS, row(0), hidden="BHKZ")).hidden_columns == (1, 7)

    def test_a_run_of_columns_is_each_of_them_and_ends_with_the_headings(self) -> None:
        assert read(book(HEADINGS, row(0), run=("F", "XFD"))).hidden_columns == (5, 6, 7)

    def test_a_file_that_cannot_say_it_hides_none(self) -> None:
        assert read("구분,기업명\n업무협약,솔\n".encode(), "명단.csv").hidden_columns == ()


@pytest.mark.django_db
class TestHiddenColumns:
    def test_the_officer_is_told_which_and_they_are_read(self, officer: Client) -> None:
        content = book([*HEADINGS, "내부 검토"], [*row(0, 비고="안 보이는 메모"), "대외비"], hidden="HI")
        answer = bring(officer, content)
        text = answer.content.decode()
        assert "파일에서 숨겨진 열이 1개 있습니다. 다른 열과 똑같이 읽었습니다: 비고." in text
        assert "숨겨져 있고 읽지 않는 열: 내부 검토." in text
        assert [column.heading for column in answer.context["page"].columns if column.is_hidden] == [
            "비고",
            "내부 검토",
        ]
        assert text.index("숨겨진 열이") < text.index("<details"), "seen without opening a fold"
        # At both choices of columns, and above the rows.
        assert text.count("숨김</span>") == 3
        apply(officer)
        assert Outcome.objects.get().note == "안 보이는 메모"

    def test_nothing_is_said_where_nothing_is_hidden(self, officer: Client) -> None:
        text = bring(officer, book(HEADINGS, row(0))).content.decode()
        assert "숨겨진" not in text and "숨겨져" not in text and "숨김" not in text

    def test_one_that_is_not_read_is_told_as_such(self, officer: Client) -> None:
        bring(officer, book(HEADINGS, row(0, 비고="안 보이는 메모"), hidden="H"))
        text = mend(officer, **chosen(비고="")).content.decode()
        assert "숨겨진 열이" not in text and "숨겨져 있고 읽지 않는 열: 비고." in text
        apply(officer)
        assert Outcome.objects.get().note == ""

    def test_of_two_columns_of_one_heading_only_the_hidden_one_is_marked(self, officer: Client) -> None:
        content = book([*HEADINGS, "비고"], [*row(0), "둘째"], hidden="I")
        answer = bring(officer, content)
        assert [name for name, is_hidden in answer.context["page"].headings if is_hidden] == ["비고"]
        assert answer.content.decode().count("숨김</span>") == 2

    def test_a_heading_is_text_and_no_markup(self, officer: Client) -> None:
        content = book([*HEADINGS, "<b>가</b>", "<i>나</i>"], [*row(0), "", ""], hidden="I")
        page = bring(officer, content).content.decode()
        assert "읽지 않는 열: &lt;b&gt;가&lt;/b&gt;." in page and "읽지 않는 열: &lt;i&gt;나&lt;/i&gt;." in page

    def test_hidden_rows_are_another_matter(self, officer: Client) -> None:
        bring(officer, book(HEADINGS, row(0), row(1), hidden="H"))
        assert groups(mend(officer, hidden="leave")) == {"new": [2, 3]}
        assert ImportBatch.objects.get().hidden_columns == [7]
