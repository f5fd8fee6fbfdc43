"""The quarter's numbers of the founding case: the same on the page, in the workbook, in the PDF, in the Hangul document
and from the API."""

import html
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from hwpx import HwpxDocument

from crm.demo.accounts import open_demo_accounts
from crm.models import Account
from tests import founding_case

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 4, 3, tzinfo=UTC)
ASKED = {"period": "2023Q1", "as_of": "2023-03-31"}
# kind → (confirmed, unconfirmed), as the city announced it
COUNTS = {
    "수출계약": (1, 0),
    "투자협약": (1, 0),
    "업무협약": (1, 1),
    "논의 기약": (2, 0),
}


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DEMO_TOKEN", "a-long-demo-token-0123456789")
    founding_case.load()
    yield open_demo_accounts(datetime.now(UTC)).token


@pytest.fixture
def leader(token: str) -> Client:
    client = Client(headers={"accept-language": "ko"})
    client.force_login(Account.objects.get(username="leader"), "django.contrib.auth.backends.ModelBackend")
    return client


def download(leader: Client, kind: str) -> bytes:
    answer = leader.get("/reports/quarterly/download/", {**ASKED, "format": kind, "lang": "ko"})
    assert answer.status_code == 200
    return answer.content


def text_of(page: bytes) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.decode())))


def pdf_text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pages)


def sheet_rows(sheet: Any, caption: str) -> list[tuple[Any, ...]]:
    """The rows below the table that carries this caption, up to the first empty line."""
    rows = [tuple(v for v in row if v is not None) for row in sheet.iter_rows(values_only=True)]
    start = next(i for i, row in enumerate(rows) if row and str(row[0]).startswith(caption)) + 2
    end = next((i for i in range(start, len(rows)) if not rows[i]), len(rows))
    return rows[start:end]


def test_the_api_gives_the_announced_numbers(token: str) -> None:
    answer = Client().get("/api/v1/figures/quarterly", ASKED, headers={"authorization": f"Bearer {token}"})
    quarter = answer.json()["quarter"]
    counts = {c["kind"]: (c["confirmed"], c["unconfirmed"]) for c in quarter["counts"]}
    assert counts["export_contract"] == (1, 0)
    assert counts["investment_mou"] == (1, 0)
    assert counts["business_mou"] == (1, 1)
    assert counts["promise"] == (2, 0)
    (money,) = quarter["money"]
    assert (money["kind"], money["currency"], money["annual"], money["total"]) == (
        "export_contract", "USD", "10000000", None,
    )  # fmt: skip
    assert money["krw_annual"] is None and money["without_rate"] == 1
    (jobs,) = quarter["jobs"]
    assert (jobs["kind"], jobs["announced"], jobs["realised"]) == ("investment_mou", 20, None)


def test_the_page_says_the_same(leader: Client) -> None:
    text = text_of(leader.get("/reports/quarterly/", ASKED).content)
    for kind, (confirmed, unconfirmed) in COUNTS.items():
        assert f"{kind} {confirmed} 0 {unconfirmed}" in text
    assert "USD – 10,000,000 – – –" in text
    assert re.search(r"투자협약 20 – –", text)


def test_the_workbook_says_the_same_in_numbers(leader: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(download(leader, "xlsx")))
    overview = book.worksheets[0]
    counts = {row[0]: row[1:4] for row in sheet_rows(overview, "성과 건수")}
    for kind, (confirmed, unconfirmed) in COUNTS.items():
        assert counts[kind] == (confirmed, 0, unconfirmed)
        assert all(isinstance(n, int) for n in counts[kind])
    (money,) = sheet_rows(overview, "금액")[:1]
    assert money == ("수출계약", "계약 체결", "USD", "–", 10_000_000, "–", "–", "–")
    assert sheet_rows(overview, "고용")[0] == ("투자협약", 20, "–", "–")
    assert book.sheetnames == ["추진개요", "성과별 내역", "원장 내역", "용어 정의", "주석"]
    assert book.worksheets[1].freeze_panes and book.worksheets[2].freeze_panes
    assert overview._charts


def test_the_pdf_says_the_same(leader: Client) -> None:
    text = pdf_text(download(leader, "pdf"))
    for kind, (confirmed, unconfirmed) in COUNTS.items():
        assert f"{kind} {confirmed} 0 {unconfirmed}" in text
    assert "USD – 10,000,000 – – –" in text
    assert "투자협약 20 – –" in text


def test_the_hangul_document_says_the_same(leader: Client) -> None:
    text = re.sub(r"\s+", " ", HwpxDocument.open(io.BytesIO(download(leader, "hwpx"))).text.plain())
    for kind, (confirmed, unconfirmed) in COUNTS.items():
        assert f"{kind} {confirmed} 0 {unconfirmed}" in text
    assert "USD – 10,000,000 – – –" in text
    assert "투자협약 20 – –" in text


def test_json_and_csv_carry_them_too(leader: Client) -> None:
    report = json.loads(download(leader, "json"))
    tables = {t["key"]: t["rows"] for s in report["sections"] for t in s["tables"]}
    assert Decimal(tables["quarter_money"][0]["annual"]) == 10_000_000
    assert tables["quarter_money"][0]["total"] is None
    assert "10000000" in download(leader, "csv").decode("utf-8-sig")


def test_the_day_before_the_briefing_nothing_was_known(leader: Client) -> None:
    answer = leader.get("/reports/quarterly/", {"period": "2023Q1", "as_of": "2023-02-06"})
    assert answer.status_code == 422
