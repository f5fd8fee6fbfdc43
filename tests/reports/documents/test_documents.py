"""What holds for every format: names, refusals, and the same bytes for the same report."""

import hashlib
import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from reports.documents import CONTENT_TYPES, FORMATS, UnknownFormat, file_name, render
from reports.report import Report
from tests.reports.documents.builders import AS_OF, ces_report, entries, with_entries

ROOT = Path(__file__).parents[3]
DIGESTS = (
    "import hashlib\n"
    "from reports.documents import FORMATS, render\n"
    "from tests.reports.documents.builders import ces_report\n"
    "print(' '.join(hashlib.sha256(render(ces_report(), f)).hexdigest() for f in FORMATS))\n"
)


@pytest.mark.parametrize("format", FORMATS)
def test_same_report_same_bytes(format: str) -> None:
    assert render(ces_report(), format) == render(ces_report(), format)


def test_same_bytes_in_processes_of_other_zones_and_hash_seeds() -> None:
    here = " ".join(hashlib.sha256(render(ces_report(), format)).hexdigest() for format in FORMATS)
    assert _digests(TZ="America/Los_Angeles", PYTHONHASHSEED="1") == here
    assert _digests(TZ="Asia/Seoul", PYTHONHASHSEED="2", LC_ALL="C") == here


def _digests(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("format", FORMATS)
def test_same_moment_in_another_zone_gives_the_same_bytes(format: str) -> None:
    elsewhere = AS_OF.astimezone(timezone(timedelta(hours=-8)))
    assert render(replace(ces_report(), as_of=elsewhere), format) == render(ces_report(), format)


@pytest.mark.parametrize("format", ["xlsx", "pdf", "hwpx", "json"])
def test_another_as_of_gives_other_bytes(format: str) -> None:
    later = replace(ces_report(), as_of=AS_OF + timedelta(days=1))
    assert render(later, format) != render(ces_report(), format)


@pytest.mark.parametrize("format", ["xlsx", "csv", "json"])
def test_a_long_table_is_in_memory_at_no_time_but_as_the_document(format: str) -> None:
    short, long = with_entries(entries(500)), with_entries(entries(3500))
    render(short, format)  # what is loaded once does not count
    (small, first), (large, second) = _peak(short, format), _peak(long, format)
    assert second - first < 2.5 * (large - small) + 500_000


def _peak(report: Report, format: str) -> tuple[int, int]:
    """The size of the document, and the most memory that was in use while it was made."""
    tracemalloc.start()
    try:
        return len(render(report, format)), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_file_names_are_the_citys_date_in_ascii() -> None:
    assert file_name(ces_report(), "xlsx") == "ieum-quarterly-2023Q1-asof-2023-03-31-ko.xlsx"
    after_midnight = replace(ces_report(), as_of=AS_OF + timedelta(seconds=2), language="en")
    assert file_name(after_midnight, "pdf") == "ieum-quarterly-2023Q1-asof-2023-04-01-en.pdf"
    assert file_name(replace(ces_report(), period='../"\r\nx'), "csv").count("/") == 0


def test_every_format_has_a_content_type() -> None:
    assert set(CONTENT_TYPES) == set(FORMATS) == {"xlsx", "pdf", "hwpx", "csv", "json"}
    assert CONTENT_TYPES["hwpx"] == "application/hwp+zip"


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(UnknownFormat, match="hwp"):
        render(ces_report(), "hwp")
    with pytest.raises(UnknownFormat):
        file_name(ces_report(), "exe")
