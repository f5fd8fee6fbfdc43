"""What the page of a sheet says in English."""

import io

import openpyxl
import pytest
from django.test import Client

from crm.models import ImportBatch
from tests.builders import make_event
from tests.crm.importing.sheets import HEADINGS, book, bring, groups, row


@pytest.mark.django_db
def test_one_row_is_one_row(officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    read = bring(officer, book(HEADINGS, row(1))).content.decode()
    assert "1 of 1 row would be written." in read and "Apply 1 row<" in read
    address = f"/imports/{ImportBatch.objects.get().pk}/"
    assert "1 row is on record" in officer.post(f"{address}apply/", {"position": "0"}, follow=True).content.decode()
    assert "Apply 2 rows<" in bring(officer, book(HEADINGS, row(2), row(3))).content.decode()


@pytest.mark.django_db
def test_the_template_is_in_the_language_of_who_takes_it_and_read_in_both(officer: Client) -> None:
    make_event()
    for number, (taken_in, read_in) in enumerate((("en", "ko"), ("ko", "en"))):
        officer.cookies["django_language"] = taken_in
        workbook = openpyxl.load_workbook(io.BytesIO(officer.get("/imports/template/").content))
        sheet, example = workbook.worksheets
        headings = [cell.value for cell in sheet[sheet.max_row]]
        told = (
            {"Kind": "Investment MOU", "Basis": "Total"}
            if taken_in == "en"
            else {"구분": "투자협약", "금액기준": "총액"}
        )
        assert set(told) <= set(headings)
        assert {f"{name}: {value}" for name, value in told.items()} <= {cell.value for cell in example["A"]}
        kind, total = told.values()
        row = [kind, f"협약 {number}", f"㈜기업{number}", None, "CES 2023", "2023-01-08", "300억원", total, None, "12"]
        for place, cell in enumerate([*row, None, None, "신문", f"가-{number}"], start=1):
            sheet.cell(sheet.max_row + (place == 1), place, cell)
        filled = io.BytesIO()
        workbook.save(filled)
        officer.cookies["django_language"] = read_in
        answer = bring(officer, filled.getvalue())
        assert list(groups(answer)) == ["new"]
        matched = answer.content.decode()
        assert (">Signed on</option>" in matched) is (read_in == "en")
        assert (">체결일</option>" in matched) is (read_in == "ko")
        assert set(ImportBatch.objects.latest("created_at").columns.values()) >= {"signed_on", "document_number"}
