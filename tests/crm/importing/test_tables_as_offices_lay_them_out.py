"""Headers over two rows, sums, further tables, formats that change what a number says, signs between the cells of a CSV:
understood, refused at their place, or told; never read as something else without a word."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from openpyxl.worksheet.formula import ArrayFormula

from crm.models import ImportBatch, Outcome
from tests.builders import money_of
from tests.crm.importing.sheets import HEADINGS, apply, book, bring, groups, mend, read, row

SHORT = ["구분", "성과명", "기업명", "체결일"]
SOL = ["투자협약", "협약", "㈜솔", "2023-01-07"]


def formatted(value: Any, number_format: str = "General", heading: str = "금액") -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append([*SHORT, heading])
    sheet.append([*SOL, value])
    sheet.cell(2, 5).number_format = number_format
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def worked_out(workbook: bytes, value: str, kind: str = "n") -> bytes:
    """The workbook as Excel keeps it: beside each formula what it came to."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part, found = re.subn(
                    rb"><f>([^<]*)</f><v(?: ?/>|></v>)", rf' t="{kind}"><f>\1</f>{value}'.encode(), part
                )
                assert found
            new.writestr(name, part)
    return kept.getvalue()


def errors(answer: Any) -> dict[str, str]:
    (line,) = next(group for group in answer.context["page"].groups if group.key == "wrong").rows
    return {cell.key: cell.error for cell in line.cells if cell.error}


class TestHeaders:
    def test_two_rows_of_which_some_cells_are_merged_are_one_header(self) -> None:
        upper, lower = [*SHORT, "협약내용", "협약내용"], [None, None, None, None, "금액", "고용"]
        sheet = read(self.merged(upper, lower, [*SOL, "3억원", 20]))
        assert sheet.headings == (*SHORT, "금액", "고용")
        assert [(line.number, line.cells[4:]) for line in sheet.rows] == [(3, ("3억원", "20"))]

    def test_what_the_second_row_divides_keeps_both_names(self) -> None:
        upper, lower = [*SHORT, "금액", "금액"], [None, None, None, None, "국내", "해외"]
        assert read(self.merged(upper, lower, [*SOL, "3억원", "5억원"])).headings == (
            *SHORT,
            "금액 (국내)",
            "금액 (해외)",
        )

    @staticmethod
    def merged(*rows: list[Any]) -> bytes:
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        for cells in rows:
            sheet.append(cells)
        for column in "ABCD":
            sheet.merge_cells(f"{column}1:{column}2")
        saved = io.BytesIO()
        workbook.save(saved)
        return saved.getvalue()

    def test_a_header_that_comes_again_on_each_page_is_no_row(self) -> None:
        assert [line.number for line in read(book(HEADINGS, row(0), HEADINGS, row(1))).rows] == [2, 4]

    @pytest.mark.django_db
    def test_two_columns_of_one_heading_that_differ_are_refused_and_mended_by_one_cell(self, officer: Client) -> None:
        answer = bring(officer, book([*SHORT, "금액", "금액"], [*SOL, "3억원", "5억원"]))
        assert "3억원, 5억원" in errors(answer)["amount"]
        assert groups(mend(officer, **{"cell-2-amount": "5억원"})) == {"new": [2]}
        apply(officer)
        assert money_of(Outcome.objects.get()).value == 500_000_000

    @pytest.mark.django_db
    def test_columns_that_are_not_read_are_named(self, officer: Client) -> None:
        page = bring(officer, book([*SHORT, "순번", "투자 예상"], [*SOL, 1, "3억원"])).content.decode()
        assert "읽지 않는 열: 순번, 투자 예상." in page and "숨겨" not in page
        assert "읽지 않는 열" not in bring(officer, book(SHORT, SOL)).content.decode()


@pytest.mark.django_db
class TestFurtherTables:
    OTHER = ["구분", "성과명", "기업명", "고용", "금액"]

    @pytest.mark.parametrize("first", [[*SHORT, "금액", "고용"], SHORT], ids=["above", "below"])
    def test_only_one_table_is_read_and_the_others_are_told(self, officer: Client, first: list[str]) -> None:
        content = book(first, SOL, [], ["2. 다른 표"], self.OTHER, ["투자협약", "둘째", "㈜달", 20, "3억원"])
        answer = bring(officer, content)
        is_above = len(first) > len(self.OTHER)
        read_rows = [line for lines in groups(answer).values() for line in lines]
        assert read_rows == ([4, 2] if is_above else [6])
        line = 5 if is_above else 1
        assert f"다음 행에서 시작하는 표는 따로 저장해 올리십시오: {line}" in answer.content.decode()

    def test_pairs_of_a_name_and_what_it_is_are_no_table(self, officer: Client) -> None:
        answer = bring(officer, book(["행사", "CES 2023", "일자", "2023. 1. 5."], ["작성 중"], HEADINGS, row(0)))
        assert groups(answer) == {"new": [4]} and "표 하나만" not in answer.content.decode()

    @pytest.mark.parametrize("name", ["소계", "합 계", "총계(3건)", "계"])
    def test_a_row_of_sums_is_no_outcome_though_its_kind_is_that_of_the_rows_above(
        self, officer: Client, name: str
    ) -> None:
        rows = [[*SOL, "3억원"], [None, None, name, "2023-01-07", "3억원"]]
        answer = bring(officer, book([*SHORT, "금액"], *rows, merge="A2:B3"))
        assert groups(answer) == {"wrong": [3], "new": [2]}
        assert "합계 행" in errors(answer)["party"]


@pytest.mark.django_db
class TestNumbersAsTheyAreShown:
    @pytest.mark.parametrize(
        ("value", "number_format", "heading", "amount", "currency"),
        [
            (500_000, "#,##0,", "금액(천원)", 500_000, "KRW"),
            (1_234_567_000, "#,##0,,", "금액(백만원)", 1_234_567_000, "KRW"),
            (5000, "[$$-409]#,##0", "금액(백만원)", 5000, "USD"),
            (5000, '"US$"#,##0', "금액(백만원)", 5000, "USD"),
            (300, '#,##0"백만원"', "금액", 300_000_000, "KRW"),
            (7, "_-* #,##0_-;\\-* #,##0_-;_-* \"-\"_-;_-@_-", "금액(백만원)", 7_000_000, "KRW"),
            (1234.5600000000001, "General", "금액(백만원)", 1_234_560_000, "KRW"),
        ],
    )  # fmt: skip
    def test_they_say_what_people_see(
        self, officer: Client, value: Any, number_format: str, heading: str, amount: int, currency: str
    ) -> None:
        bring(officer, formatted(value, number_format, heading))
        apply(officer)
        money = money_of(Outcome.objects.get())
        assert (money.value, money.currency) == (amount, currency)

    def test_nothing_that_is_shown_as_a_dash_is_nothing(self, officer: Client) -> None:
        content = formatted(0, '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', "금액(백만원)")
        assert groups(bring(officer, content)) == {"new": [2]}

    @pytest.mark.parametrize("formula", ["=SUM(A1:A3)", ArrayFormula("E2:E2", "=SUM(A1:A3)")], ids=["plain", "array"])
    def test_a_formula_is_no_text(self, officer: Client, formula: Any) -> None:
        assert "수식" in errors(bring(officer, formatted(formula, heading="비고")))["note"]

    def test_a_formula_is_the_amount_that_it_came_to(self, officer: Client) -> None:
        content = formatted("=SUM(A1:A3)*1000", "#,##0,", "금액(천원)")
        assert "수식" in errors(bring(officer, content))["amount"], "nothing says what it comes to"
        bring(officer, worked_out(content, "<v>500000</v>"))
        apply(officer)
        assert money_of(Outcome.objects.get()).value == 500_000

    def test_a_formula_that_comes_to_words_stays_one(self, officer: Client) -> None:
        content = worked_out(formatted('="솔"', heading="비고"), "<v>솔</v>", "str")
        assert "수식" in errors(bring(officer, content))["note"]

    def test_a_long_text_is_kept_whole(self, officer: Client) -> None:
        bring(officer, formatted("가" * 20_000, heading="내용"))
        apply(officer)
        assert len(Outcome.objects.get().content) == 20_000

    @pytest.mark.parametrize(("typed", "year"), [("'98.1.5", 1998), ("'23.1.5", 2023)])
    def test_a_year_of_two_digits(self, officer: Client, typed: str, year: int) -> None:
        bring(officer, book(SHORT, [*SOL[:3], typed]))
        apply(officer)
        assert Outcome.objects.get().signed_on == date(year, 1, 5)

    def test_a_year_of_too_few_digits_is_asked_for(self, officer: Client) -> None:
        assert list(errors(bring(officer, book(SHORT, [*SOL[:3], "0023.1.8"])))) == ["signed_on"]


class TestCsv:
    @pytest.mark.parametrize("sign", [",", ";", "\t"])
    def test_its_cells_are_told_apart_by_any_of_the_usual_signs(self, sign: str) -> None:
        lines = [
            ["구분", "기업명", "금액"],
            ["투자협약", "㈜솔", '"1,000만원"'],
            ["업무협약", '"㈜달; 별"', '"두\n줄"'],
        ]
        sheet = read("\r\n".join(sign.join(cells) for cells in lines).encode("cp949"), "명단.csv")
        assert [line.cells for line in sheet.rows] == [
            ("투자협약", "㈜솔", "1,000만원"),
            ("업무협약", "㈜달; 별", "두 줄"),
        ]
        assert [line.number for line in sheet.rows] == [2, 3]

    def test_a_sign_within_the_cells_divides_none(self) -> None:
        lines = ["구분,비고", *(f"업무협약,하나;둘;셋;넷 {n}" for n in range(5))]
        assert read("\n".join(lines).encode(), "명단.csv").rows[4].cells == ("업무협약", "하나;둘;셋;넷 4")


@pytest.mark.django_db
def test_the_list_of_sheets_counts_the_rows_that_are_read(officer: Client) -> None:
    bring(officer, book(SHORT, SOL, [*SOL[:2], "㈜달", SOL[3]]))
    batch = ImportBatch.objects.get()
    assert [line.rows for line in officer.get("/imports/").context["lines"]] == [2] == [len(batch.rows_read())]
