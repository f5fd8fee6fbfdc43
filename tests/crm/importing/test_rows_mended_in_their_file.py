"""The rows that were not applied come as a file: mended there and brought again, they say what they said."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.models import ImportBatch, Outcome
from tests.builders import money_of
from tests.crm.importing.sheets import apply, book, bring, groups, mend

pytestmark = pytest.mark.django_db
FIELDS = ["kind", "title", "party", "signed_on", "amount"]


def bring_wrong_day(client: Client, heading: str, above: str = "", typed: Any = 500) -> Any:
    headings = ["구분", "성과명", "기업명", "체결일", heading]
    return bring(client, book([above], headings, ["투자협약", "협약", "㈜솔", "2023-01-32", typed]))


def choose(client: Client, unit: str) -> Any:
    return mend(client, columns="on", unit=unit, **{f"column-{n}": key for n, key in enumerate(FIELDS)})


def mended(client: Client) -> bytes:
    """The file of the rows that were left, the day put right."""
    batch = ImportBatch.objects.order_by("-created_at")[0]
    workbook = openpyxl.load_workbook(io.BytesIO(client.get(f"/imports/{batch.pk}/rejected/").content))
    days = [cell for row in workbook.worksheets[0] for cell in row if cell.value == "2023-01-32"]
    days[0].value = "2023-01-31"
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("heading", "above", "chosen", "value", "currency"),
    [
        ("금액", "(단위: 백만원)", "", 500_000_000, "KRW"),
        ("금액", "(단위: 천달러, 명)", "", 500_000, "USD"),
        ("금액(백만원)", "", "", 500_000_000, "KRW"),
        ("금액(백만원)", "(단위: 억원)", "", 500_000_000, "KRW"),
        ("금액", "", "백만유로", 500_000_000, "EUR"),
        ("금액", "(단위: 백만원)", "만원", 5_000_000, "KRW"),
        ("투자금액(백만원)", "", "천달러", 500_000, "USD"),
    ],
)
def test_amounts_count_what_they_counted(
    officer: Client, heading: str, above: str, chosen: str, value: int, currency: str
) -> None:
    assert groups(bring_wrong_day(officer, heading, above)) == {"wrong": [3]}
    if chosen:
        choose(officer, chosen)
    assert groups(bring(officer, mended(officer))) == {"new": [3]}
    apply(officer)
    money = money_of(Outcome.objects.get())
    assert (money.value, money.currency) == (value, currency)


def test_an_amount_of_which_nobody_says_what_it_counts_is_asked_for_again(officer: Client) -> None:
    bring_wrong_day(officer, "금액(백만원)")
    assert "단위를 알 수 없습니다" in choose(officer, "").content.decode()
    answer = bring(officer, mended(officer))
    assert groups(answer) == {"wrong": [3]} and "단위를 알 수 없습니다" in answer.content.decode()
