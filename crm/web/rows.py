"""The rows of the table of outcomes, written in one go: a hundred of them by a template take longer than the rest of
their page."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.template import Library
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.web.marks import badge, linked
from crm.web.options import escape
from crm.web.shortening import truncatechars
from crm.web.text import UNKNOWN

register = Library()
_LONGEST, _LONGEST_EVENT = 120, 60


def _amounts(line: Any) -> str:
    return "<br>".join(f'<span class="amount">{escape(value)}</span>' for value in line.values) or UNKNOWN


# By the column: what it is called, its style, and what stands in it of a line.
_CELLS: Final[dict[str, tuple[Promise, str, Callable[[Any], str]]]] = {
    "kind": (pgettext_lazy("page", "Kind"), "", lambda line: escape(line.kind)),
    "parties": (_("Parties"), "", lambda line: "<br>".join(map(linked, line.parties)) or UNKNOWN),
    "signed_on": (_("Signed on"), ' class="nowrap"', lambda line: escape(line.signed_on)),
    "lead_unit": (_("Lead unit"), "", lambda line: escape(line.lead_unit)),
    "values": (_("What stands"), "", _amounts),
    "standing": (_("Standing"), "", lambda line: badge(line.standing)),
}


@register.simple_tag
def outcome_headings(columns: Iterable[str]) -> SafeString:
    """The names of these columns, of all where none are told."""
    wanted = set(columns or _CELLS)
    names = (name for key, (name, _style, _cell) in _CELLS.items() if key in wanted)
    return mark_safe("".join(f'<th scope="col">{escape(name)}</th>' for name in names))


@register.simple_tag
def outcome_rows(lines: Iterable[Any], columns: Iterable[str], ticks: Any, in_event: bool) -> SafeString:
    """Of OutcomeLines: with these columns, all where none are told; to be ticked where there are `ticks`; with their
    events but on the page of an event."""
    wanted = set(columns or _CELLS)
    cells = [
        (f'<td data-label="{escape(name)}"{style}>', cell)
        for key, (name, style, cell) in _CELLS.items()
        if key in wanted
    ]
    form = escape(ticks.form) if ticks else ""

    def row(line: Any) -> str:
        title = escape(line.title)
        box = f'<input type="checkbox" name="record" value="{line.id}" form="{form}" aria-label="{title}">'
        tick = f'<td class="tick">{box}</td>' if form else ""
        event = "" if in_event or not line.event else _event(line.event.text)
        main = f'<a href="{line.address}">{escape(truncatechars(line.title, _LONGEST))}</a>{event}'
        shown = "".join(f"{opening}{cell(line)}</td>" for opening, cell in cells)
        more = "".join(f'<td data-label="{escape(name)}">{escape(text)}</td>' for name, text in line.more)
        return f'<tr>{tick}<td class="main">{main}</td>{shown}{more}</tr>'

    return mark_safe("\n".join(map(row, lines)))


def _event(name: str) -> str:
    return f'<br><span class="quiet">{escape(truncatechars(name, _LONGEST_EVENT))}</span>'
