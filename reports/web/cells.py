"""The rows of a report's table, written in one go: a page has thousands of cells."""

from collections.abc import Iterable
from html import escape

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from reports.web.pages.tables import PageCell, PageRow

register = Library()


@register.simple_tag
def table_rows(rows: Iterable[PageRow]) -> SafeString:
    return mark_safe("\n".join(map(_row, rows)))


def _row(row: PageRow) -> str:
    opening = '<tr class="sum">' if row.emphasis else "<tr>"
    return f"{opening}{''.join(map(_cell, row.cells))}</tr>"


def _cell(cell: PageCell) -> str:
    text = escape(cell.text)
    shown = f'<a href="{escape(cell.link)}">{text}</a>' if cell.link else text
    return f'<td data-label="{cell.label}" class="{cell.style}">{shown}</td>'
