"""The whole report as JSON."""

import json
from typing import Any

from reports.documents import render
from tests.reports.documents.builders import NASTY, ces_report, nasty_report


def _document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render(ces_report(), "json"))
    return loaded


def test_says_what_it_is() -> None:
    document = _document()
    assert document["key"] == "quarterly"
    assert document["as_of"] == "2023-03-31T23:59:59+09:00"
    assert document["definition_version"] == "quarterly/1"
    assert document["is_demo"] is True


def test_rows_are_keyed_by_column_and_decimals_are_exact_strings() -> None:
    document = _document()
    tables = document["sections"][1]["tables"]
    assert [table["key"] for table in tables] == ["counts", "money", "jobs"]
    assert tables[1]["unit"] == "단위: 만달러, 억원"
    first = tables[1]["rows"][0]
    assert (first["annual"], first["total"], first["rate"]) == ("1000", None, "1246.80")
    assert document["entries"][1]["value"] == "10000000"
    assert document["entries"][1]["recorded_at"] == "2023-02-07T10:00:00+09:00"
    assert document["outcomes"][1]["jobs"] == 20
    assert document["outcomes"][1]["signed_on"] == "2023-01-07"


def test_keys_are_sorted_and_korean_is_readable() -> None:
    text = render(ces_report(), "json").decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    assert "벤텍프런티어" in text


def test_hostile_words_survive() -> None:
    rows = json.loads(render(nasty_report(), "json"))["entries"]
    assert [row["a"] for row in rows if "반쪽" not in row["a"]] == [text for text in NASTY if "반쪽" not in text]
