"""The amount is echoed as it is understood, while it is being typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Text = Callable[[Any], str]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("연간 1천만 달러", "USD 10,000,000 (1,000만 달러) · 연간"),
        ("USD 10m", "USD 10,000,000 (1,000만 달러)"),
        ("1조6천970억 원", "KRW 1,697,000,000,000 (1조 6,970억 원)"),
        ("약 5억원", "약 KRW 500,000,000 (5억 원)"),
        ("많이", "금액을 이해하지 못했습니다"),
        ("1,000", "통화를 함께 적어 주십시오"),
        ("<script>", "금액을 이해하지 못했습니다"),
        ("  ", ""),
    ],
)
def test_echo(officer: Client, text: Text, typed: str, said: str) -> None:
    page = text(officer.get("/amount-echo", {"text": typed}))
    assert said in page and ("<" not in page)
    assert text(officer.get("/amount-echo", {"amount": typed})) == page


def test_in_english_too(officer: Client, text: Text) -> None:
    officer.cookies["django_language"] = "en"
    assert "USD 10,000,000 · per year" in text(officer.get("/amount-echo", {"text": "연간 1천만 달러"}))


def test_jobs_are_no_amount(officer: Client, text: Text) -> None:
    assert text(officer.get("/amount-echo", {"amount": "20", "measure": "jobs"})) == ""
