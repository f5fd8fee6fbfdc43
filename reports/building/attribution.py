"""The section on attribution: what falls to each event and each unit, nothing twice."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from crm.models.labels import label
from crm.values.measures import AttributionRole, Basis, Measure, Series, Standing
from reports.building.rows import as_rows
from reports.building.words import UNKNOWN, heading, kind_label, trace_between
from reports.figures.attribution import Attributed, AttributedFigure, Holder, together
from reports.figures.listing import Listing
from reports.report import Column, Row, Section, Table, Value


def attribution_section(found: Attributed, as_of: datetime) -> Section:
    tables = (
        _table(found, as_of, Holder.EVENT, _("By event"), found.events),
        _table(found, as_of, Holder.UNIT, _("By unit"), found.units),
    )
    return Section("attribution", heading("attribution"), tables=tables)


def _table(
    found: Attributed, as_of: datetime, holder: Holder, caption: str, figures: Listing[AttributedFigure]
) -> Table:
    def behind(figure: AttributedFigure, **which: str) -> str:
        asked = {"measure": figure.measure, "kind": figure.kind, "series": figure.series, "basis": figure.basis}
        asked |= {"currency": figure.currency, "standing": Standing.CONFIRMED}
        return trace_between(found.first_day, found.last_day, as_of, **asked, **which)

    def row(line: tuple[AttributedFigure, bool]) -> Row:
        f, is_whole = line
        if is_whole:
            return Row((_("Together"), None, *_figure(f)), emphasis=True, link=behind(f))
        link = behind(f, **{holder: str(f.holder or "none"), "role": f.role})
        return Row((f.name or _("Not attributed"), _role(f.role), *_figure(f)), link=link)

    lines = figures.each(lambda f: (f, False)).followed_by([(f, True) for f in together(figures)])
    return Table(
        f"attribution_{holder}s",
        caption,
        (
            Column("holder", _("Event") if holder == Holder.EVENT else _("Department"), weight=1.8),
            Column("role", _("Role"), weight=1.2),
            Column("kind", _("Kind"), weight=1.4),
            Column("series", _("Series"), weight=1),
            Column("what", _("What"), weight=1.3),
            Column("value", _("Share of the figure"), "money", 1.4),
        ),
        as_rows(lines, row),
        unit=_("Unit: outcomes, people, one unit of the currency"),
        footnotes=tuple(_footnotes(holder)) if lines else (),
        empty=_("No confirmed outcome was recorded for this period."),
    )


def _footnotes(holder: Holder) -> Iterable[str]:
    yield _("Confirmed outcomes by their shares of 100 %: no outcome counts twice, and the parts add to the whole.")
    yield {
        Holder.EVENT: _("%(unknown)s as a role: no shares are stated, and the whole falls to the outcome's event."),
        Holder.UNIT: _("%(unknown)s as a role: no shares are stated, and the whole falls to the lead unit."),
    }[holder] % {"unknown": UNKNOWN}


def _role(role: str) -> str | None:
    return label(AttributionRole(role)) if role else None


def _figure(figure: AttributedFigure) -> tuple[Value, ...]:
    return kind_label(figure.kind), label(Series(figure.series)), _what(figure), figure.value


def _what(figure: AttributedFigure) -> str:
    if figure.measure != Measure.MONEY:
        return label(Measure(figure.measure))
    return {
        Basis.TOTAL: figure.currency,
        Basis.ANNUAL: _("%(currency)s a year") % {"currency": figure.currency},
        Basis.UNSTATED: _("%(currency)s (basis not stated)") % {"currency": figure.currency},
    }[Basis(figure.basis)]
