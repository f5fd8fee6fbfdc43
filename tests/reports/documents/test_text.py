"""How values print, by the kind of their column."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.documents.text import as_text
from reports.report import ColumnKind, Value

KINDS: tuple[ColumnKind, ...] = ("text", "integer", "money", "percent", "number", "date", "datetime")


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_prints_as_a_dash_never_as_zero(kind: ColumnKind) -> None:
    assert as_text(None, kind) == "–"


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [
        (0, "integer", "0"),
        (1234, "integer", "1,234"),
        (Decimal("1234.50"), "money", "1,234.5"),
        (Decimal("10000000"), "money", "10,000,000"),
        (Decimal("-3"), "money", "△3"),
        (Decimal("1246.80"), "number", "1,246.8"),
        (Decimal("42.35"), "percent", "42.4"),
        (Decimal("100"), "percent", "100.0"),
        (Decimal("-0.25"), "percent", "△0.3"),
        (date(2023, 1, 7), "date", "2023. 1. 7."),
        (datetime(2023, 3, 31, 14, 59, tzinfo=UTC), "datetime", "2023. 3. 31. 23:59"),
        ("수출계약", "text", "수출계약"),
        ("=1+1", "text", "=1+1"),
    ],
)
def test_values_print_by_kind(value: Value, kind: ColumnKind, printed: str) -> None:
    assert as_text(value, kind) == printed
