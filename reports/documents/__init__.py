"""Report documents: each format renders the same report object, and the same object gives the same bytes."""

import re
from collections.abc import Callable
from typing import Final

from reports.documents.csv import render_csv
from reports.documents.hwpx import render_hwpx
from reports.documents.hwpx_package import MEDIA_TYPE as HWPX_MEDIA_TYPE
from reports.documents.json import render_json
from reports.documents.pdf import render_pdf
from reports.documents.text import city_time, spoken_in, tongue
from reports.documents.xlsx import render_xlsx
from reports.report import Report, read_through

_RENDERERS: Final[dict[str, Callable[[Report], bytes]]] = {
    "xlsx": render_xlsx,
    "pdf": render_pdf,
    "hwpx": render_hwpx,
    "csv": render_csv,
    "json": render_json,
}
# To lay out a column it goes through all of its rows, column after column.
_READ_AGAIN: Final = frozenset({"pdf"})
FORMATS: Final[tuple[str, ...]] = tuple(_RENDERERS)
CONTENT_TYPES: Final[dict[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "hwpx": HWPX_MEDIA_TYPE,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_NOT_IN_FILE_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


class UnknownFormat(ValueError):
    """A format that no document is made in."""


def render(report: Report, format: str) -> bytes:
    """The document of the report in one of FORMATS, dates in the report's own language, whoever asks; raises
    UnknownFormat, and FontMissing where a PDF has no font."""
    with spoken_in(tongue(report)):
        return _RENDERERS[_known(format)](read_through(report) if format in _READ_AGAIN else report)


def file_name(report: Report, format: str) -> str:
    """E.g. `ieum-quarterly-2023Q1-asof-2023-03-31-ko.xlsx`: ASCII, safe in a header and on every file system."""
    as_of = city_time(report.as_of).date().isoformat()
    parts = ("ieum", report.key, report.period, "asof", as_of, report.language)
    return "-".join(_NOT_IN_FILE_NAMES.sub("_", part) for part in parts) + f".{_known(format)}"


def _known(format: str) -> str:
    if format not in _RENDERERS:
        raise UnknownFormat(f"No report is made as {format!r}; known are {', '.join(FORMATS)}.")
    return format
