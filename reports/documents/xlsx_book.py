"""A workbook in the making: tables laid on sheets, links and names between them, and the file at the end.

openpyxl writes all of it but the rows of the tables and the links from their cells: these are put into its sheets while
they are packed, so that a long table is in memory at no time."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC
from io import BytesIO
from itertools import islice
from typing import Final, Self
from xml.sax.saxutils import quoteattr

from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.cell import absolute_coordinate
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from reports.documents.archives import EARLIEST, zip_entry
from reports.documents.text import tongue
from reports.documents.xlsx_cells import Place, add_styles, fitted, put_text
from reports.documents.xlsx_rows import Aside, RowWriter, Spool, Styles
from reports.report import Report, Row, Table

SAMPLE: Final = 200  # rows of a table that are looked at for the widths of its columns
_LABEL_FORMAT = (b';;"/>', b';;" sourceLinked="0"/>')  # openpyxl cannot say that a label's format is its own
_DIMENSION = re.compile(rb'<dimension ref="([A-Z0-9:]+)"')


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a table stands: the row of its header, and its rows from `first` to `last` (before `first`: it has none).
    `totals`: the rows that have a name of their own, with their places."""

    sheet: Worksheet
    table: Table
    first: int
    spool: Spool
    totals: list[tuple[int, Row]] = field(default_factory=list)

    @property
    def header(self) -> int:
        return self.first - 1

    @property
    def last(self) -> int:
        return self.first + len(self.spool) - 1

    def area(self, first: int, last: int, columns: int = 0) -> str:
        """The cells of these rows, over so many columns (0: all), e.g. `A3:H9`."""
        return f"A{first}:{get_column_letter(columns or len(self.table.columns) or 1)}{last}"

    def behind(self, key: str) -> str:
        """The cells of the rows whose keys begin with this one; empty where there is none."""
        places = self.spool.behind(key) if key else range(0)
        return self.area(self.first + places.start, self.first + places.stop - 1) if places else ""


@dataclass(frozen=True, slots=True)
class Beside:
    """The columns right of a table in which the key and the path of each row stand; 0: nowhere."""

    key: int = 0
    path: int = 0


NOTHING_BESIDE: Final = Beside()


@dataclass(frozen=True, slots=True)
class _Link:
    cell: str
    location: str
    tip: str


def sample(table: Table) -> list[Row]:
    return list(islice(table.rows, SAMPLE))


def location(sheet: Worksheet, area: str) -> str:
    """Cells as a formula names them, e.g. `'총괄'!$A$3:$H$9`."""
    return f"{quote_sheetname(sheet.title)}!{absolute_coordinate(area)}"


class Book:
    """To be used in a `with`: its rows wait in temporary files."""

    def __init__(self, titles: Sequence[str]) -> None:
        self.workbook = Workbook()
        add_styles(self.workbook)
        self.sheets = [self.workbook.worksheets[0], *(self.workbook.create_sheet() for _ in titles[1:])]
        for sheet, title in zip(self.sheets, titles, strict=True):
            sheet.title = title
        self._styles = Styles(self.workbook)
        self._laid: dict[str, list[Laid]] = {}
        self._links: dict[str, list[_Link]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._open.close()

    def lay(
        self,
        sheet: Worksheet,
        table: Table,
        row: int,
        widths: Sequence[float],
        *,
        beside: Beside = NOTHING_BESIDE,
        entries: Laid | None = None,
    ) -> Laid:
        """Caption and unit in `row`, the header below, then the rows; their numbers lead to those of the `entries` that
        are behind them."""
        last = max(len(table.columns), 2)
        put_text(sheet, (row, 1), table.caption, "ieum caption")
        if table.unit:
            put_text(sheet, (row, last), table.unit, "ieum unit")
        for number, column in enumerate(table.columns, start=1):
            put_text(sheet, (row + 1, number), column.label, "ieum header")
        laid = Laid(sheet, table, row + 2, self._open.enter_context(Spool()))
        self._laid.setdefault(sheet.title, []).append(laid)
        writer = RowWriter(self._styles, [column.kind for column in table.columns], widths)
        for each in table.rows:
            linked = self._linked(laid, each, entries) if entries and each.behind else ()
            if each.key and not beside.key:
                laid.totals.append((laid.last + 1, each))
            laid.spool.add(writer.row(each, linked, _asides(each, beside)), each.key if beside.key else "")
        return laid

    def _linked(self, laid: Laid, row: Row, entries: Laid) -> list[bool]:
        areas = [entries.behind(key) for key in row.behind]
        for number, (key, area) in enumerate(zip(row.behind, areas, strict=True), start=1):
            if area:
                self.link(laid.sheet, (laid.last + 1, number), location(entries.sheet, area), key)
        return [bool(area) for area in areas]

    def link(self, sheet: Worksheet, place: Place, to: str, tip: str = "") -> None:
        """From a cell to a place in the workbook (see `location`)."""
        cell = f"{get_column_letter(place[1])}{place[0]}"
        self._links.setdefault(sheet.title, []).append(_Link(cell, to, fitted(tip)[:255]))

    def written(self, report: Report | None = None) -> bytes:
        """The file. With the report every date in it is the report's as-of time; without, the writer's clock."""
        saved = BytesIO()
        self.workbook.save(saved)
        packed = BytesIO()
        sheets = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(self.sheets, start=1)}
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = zip_entry(name, report.as_of if report else EARLIEST)
                if name in sheets:
                    with target.open(entry, "w") as opened:
                        for part in self._parts(sheets[name], source.read(name)):
                            opened.write(part)
                elif name.startswith("xl/charts/"):
                    target.writestr(entry, source.read(name).replace(*_LABEL_FORMAT))
                elif report and name == ARC_CORE:
                    target.writestr(entry, tostring(_properties(report).to_tree()))
                else:
                    target.writestr(entry, source.read(name))
        return packed.getvalue()

    def _parts(self, sheet: Worksheet, content: bytes) -> Iterator[bytes]:
        """The sheet's XML, with the rows of its tables and its links where they belong."""
        laid = [one for one in self._laid.get(sheet.title, ()) if len(one.spool)]
        links = self._links.get(sheet.title, ())
        content = _dimensioned(content, max((one.last for one in laid), default=1))
        if links:
            before = content.index(b"<pageMargins")
            content = content[:before] + _hyperlinks(links) + content[before:]
        for one in laid:
            header = content.index(f'<row r="{one.header}"'.encode())
            end = content.index(b"</row>", header) + len(b"</row>")
            yield content[:end]
            yield from one.spool.numbered(one.first)
            content = content[end:]
        yield content


def _asides(row: Row, beside: Beside) -> list[Aside]:
    words = ((beside.key, row.key), (beside.path, row.link))
    return [Aside(column, text) for column, text in words if column and text]


def _dimensioned(content: bytes, last: int) -> bytes:
    """With the size that the sheet has once its rows are in."""
    found = _DIMENSION.search(content)
    if found is None:
        return content
    size = CellRange(found[1].decode())
    size.expand(down=max(0, last - (size.max_row or 1)))
    return content[: found.start(1)] + size.coord.encode() + content[found.end(1) :]


def _hyperlinks(links: Sequence[_Link]) -> bytes:
    each = (
        f"<hyperlink ref={quoteattr(one.cell)} location={quoteattr(one.location)}"
        + (f" tooltip={quoteattr(one.tip)}" if one.tip else "")
        + "/>"
        for one in links
    )
    return f"<hyperlinks>{''.join(each)}</hyperlinks>".encode()


def _properties(report: Report) -> DocumentProperties:
    stamp = report.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return DocumentProperties(
        creator=fitted(report.organisation),
        title=fitted(f"{report.title} {report.period_label}"),
        language=tongue(report),
        created=stamp,
        modified=stamp,
    )
