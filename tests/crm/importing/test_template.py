"""The template is filled in below its headings; the example that it shows is no row of anybody's."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.models import ImportBatch, LedgerEntry, Outcome
from crm.values.measures import PartyRole
from tests.builders import Cast, figure, make_event, make_organisation, make_outcome, money_of
from tests.crm.importing.sheets import HEADINGS, apply, book, bring, groups, mend

pytestmark = pytest.mark.django_db
SHOWN_AS_EXAMPLE = "㈜솔 투자협약"
NO_ROW = "제목 줄 아래에 읽을 행이 없습니다"
ROW = ["업무협약", "드론 실증 협약", "무등드론", None, "CES 2023", "2023. 1. 8.", "300억원", "연간", None, "12"]


def template(client: Client) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(client.get("/imports/template/").content))


def saved(workbook: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def filled_in(client: Client, *rows: list[Any]) -> bytes:
    """With rows from the first line on that is empty."""
    workbook = template(client)
    sheet = workbook.worksheets[0]
    for line, row in enumerate(rows, start=sheet.max_row + 1):
        for place, cell in enumerate(row, start=1):
            sheet.cell(line, place, cell)
    return saved(workbook)


def test_as_it_comes_it_has_no_row(officer: Client) -> None:
    make_event()
    answer = bring(officer, officer.get("/imports/template/").content)
    assert answer.status_code == 422 and NO_ROW in answer.content.decode()
    assert not ImportBatch.objects.exists() and not Outcome.objects.exists()


def test_what_is_on_record_by_the_example_s_name_stays_as_it_is(officer: Client, cast: Cast) -> None:
    make_event()
    parties = [(make_organisation("㈜솔"), PartyRole.INVESTOR)]
    kept = make_outcome(SHOWN_AS_EXAMPLE, figures=[figure(7)], parties=parties, lead_unit=cast.unit)
    answer = bring(officer, filled_in(officer, ROW))
    assert groups(answer) == {"new": [3]}
    apply(officer)
    assert money_of(kept).value == 7


def test_filled_in_below_its_headings_it_is_read_in_full(officer: Client) -> None:
    make_event()
    answer = bring(officer, filled_in(officer, ROW, ["투자협약", "둘째 협약", *ROW[2:]]))
    assert groups(answer) == {"new": [3, 4]}
    assert "시트만 읽었습니다" not in answer.content.decode()
    apply(officer)
    first, second = Outcome.objects.order_by("title")
    assert (first.title, second.title) == ("둘째 협약", "드론 실증 협약")


def test_the_example_shows_how_on_a_sheet_of_its_own(officer: Client) -> None:
    first, second = template(officer).worksheets
    assert [first.title, second.title] == ["성과", "작성 예"]
    assert f"성과명: {SHOWN_AS_EXAMPLE}" in [cell.value for cell in second["A"]]
    assert first.max_row == 2


def test_it_is_no_row_either_to_whoever_took_its_words_for_headings(officer: Client) -> None:
    make_event()
    bring(
        officer, book([*HEADINGS[:5], "총액", "보도자료"], ["업무협약", "가", "솔", "", "2023-01-07", "5억원", "신문"])
    )
    mend(officer, columns="on", **{f"column-{n}": key for n, key in enumerate(
        ["kind", "title", "party", "event", "signed_on", "amount", "source"])})  # fmt: skip
    answer = bring(officer, officer.get("/imports/template/").content)
    assert answer.status_code == 422 and NO_ROW in answer.content.decode()
    assert not LedgerEntry.objects.exists()
