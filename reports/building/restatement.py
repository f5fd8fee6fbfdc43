"""From two readings of one quarter to a report of what moved between them, and why. Adds nothing up."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from crm.models import LedgerEntry
from crm.models.labels import label
from crm.permissions import EVERYTHING, Sight
from crm.values.measures import Basis, Cause, Measure, Series, Standing
from crm.values.money import format_number
from crm.values.periods import SEOUL, Quarter
from reports.building.cover import Told, report_of
from reports.building.details import entries_table
from reports.building.sight import seen_entries
from reports.building.words import kind_label, time_text, trace_between
from reports.figures import definitions
from reports.figures.entries import EntryFigures
from reports.figures.listing import Listing
from reports.figures.outcomes import subject_id
from reports.figures.restatement import CAUSES, DEFINITION, IN_WON, Bridge, Restatement
from reports.report import Column, ColumnKind, Language, Note, Report, Row, Section, SummaryLine, Table

_ORDER = (Measure.COUNT, Measure.MONEY, IN_WON, Measure.JOBS)


def build_restatement(
    found: Restatement,
    names: Mapping[UUID, str],
    period: Quarter,
    language: Language,
    sight: Sight = EVERYTHING,
) -> Report:
    """Opening, what moved by cause, closing, figure by figure, and the entries that moved them."""

    def named(some: Sequence[LedgerEntry]) -> list[EntryFigures]:
        return [EntryFigures(entry, names[subject_id(entry)]) for entry in some]

    with translation.override(language):
        told = Told(
            key="restatement",
            title=_("Restatement of the quarterly report"),
            as_of=found.later,
            period=str(period),
            period_label=period.label(language),
            summary=_summary(found),
            sections=[_section(measure, found) for measure in _ORDER],
            notes=(_rules(found),),
            outcomes=_definitions(found),
            entries=entries_table(seen_entries(Listing(found.entries, named), sight)),
            definition=found.definition_now,
        )
        return report_of(told, language)


def _summary(found: Restatement) -> list[SummaryLine]:
    return [
        SummaryLine(_("From"), time_text(found.earlier)),
        SummaryLine(_("To"), time_text(found.later)),
        SummaryLine(_("Figures that differ"), format_number(Decimal(len(found.bridges)))),
        SummaryLine(_("Entries recorded between"), format_number(Decimal(len(found.entries)))),
    ]


def _section(measure: str, found: Restatement) -> Section:
    names = {
        Measure.COUNT: _("Number of outcomes"),
        Measure.MONEY: _("Amounts"),
        IN_WON: _("Amounts in won"),
        Measure.JOBS: _("Jobs"),
    }
    units = {
        Measure.COUNT: _("Unit: outcomes"),
        Measure.MONEY: _("Unit: one unit of the currency"),
        IN_WON: _("Unit: one won"),
        Measure.JOBS: _("Unit: people"),
    }
    has_currency = measure == Measure.MONEY
    rows = [_row(bridge, found, has_currency) for bridge in found.bridges if bridge.measure == measure]
    table = Table(
        f"restatement_{measure}",
        names[measure],
        _columns(measure, has_currency, _causes(found)),
        tuple(rows),
        unit=units[measure],
        footnotes=(_("Opening and all causes add up to the closing value."),) if rows else (),
        empty=_("Nothing moved between the two times."),
    )
    numeral = "ⅠⅡⅢⅣ"[_ORDER.index(measure)]
    return Section(f"restatement_{measure}", f"{numeral}. {names[measure]}", tables=(table,))


def _columns(measure: str, has_currency: bool, causes: Sequence[str]) -> tuple[Column, ...]:
    kind: ColumnKind = "money" if measure in (Measure.MONEY, IN_WON) else "integer"
    return (
        Column("kind", _("Kind"), weight=2.0),
        Column("series", _("Series"), weight=1.0),
        Column("standing", _("Standing"), weight=0.9),
        *([Column("currency", _("Currency"), weight=0.7)] if has_currency else []),
        *([Column("basis", _("Basis"), weight=0.9)] if kind == "money" else []),
        Column("opening", _("Opening"), kind, 1.3),
        *(Column(cause, _cause_label(cause), kind, 1.2) for cause in causes),
        Column("closing", _("Closing"), kind, 1.3),
    )


def _row(bridge: Bridge, found: Restatement, has_currency: bool) -> Row:
    is_money = bridge.measure in (Measure.MONEY, IN_WON)
    by = dict(bridge.by_cause)
    which = {
        "measure": Measure.MONEY if is_money else bridge.measure,
        "kind": bridge.kind,
        "series": bridge.series,
        "standing": bridge.standing,
        **({"currency": bridge.currency} if has_currency else {}),
        **({"basis": bridge.basis} if is_money else {}),
    }

    def at(moment: datetime, **more: str) -> str:
        return trace_between(found.first_day, found.last_day, moment, **which, **more)

    after = found.earlier.astimezone(SEOUL).isoformat()
    said = [kind_label(bridge.kind), label(Series(bridge.series)), label(Standing(bridge.standing))]
    said += [bridge.currency] if has_currency else []
    said += [label(Basis(bridge.basis))] if is_money else []
    causes = _causes(found)
    moved = [by.get(cause) for cause in causes]
    moved_links = [at(found.later, after=after, cause=cause) if cause in by else None for cause in causes]
    if DEFINITION in by:  # the records are those of the opening, counted otherwise
        moved_links[causes.index(DEFINITION)] = at(found.earlier)
    return Row(
        (*said, bridge.opening, *moved, bridge.closing),
        links=(*(None for _each in said), at(found.earlier), *moved_links, at(found.later)),
    )


def _causes(found: Restatement) -> Sequence[str]:
    """Those that can be: between readings by the same rules no definition moved anything."""
    return CAUSES if found.definition_then != found.definition_now else [one for one in CAUSES if one != DEFINITION]


def _cause_label(cause: str) -> str:
    return _("Definition") if cause == DEFINITION else label(Cause(cause))


def _definitions(found: Restatement) -> Table:
    """A changed definition is a cause too: it is named, whatever it did."""
    columns = (Column("what", _("Definitions"), weight=2.0), Column("version", _("Version"), weight=1.0))
    then, now = found.definition_then, found.definition_now
    rows = (Row((_("As published"), then)), Row((_("Now"), now)), *_redefined(then, now))
    changed = then != now
    note = (
        _("The definitions have changed between the two: what that did to each figure is a cause of its own.")
        if changed
        else _("Both readings rest on the same definitions: no difference comes from a definition.")
    )
    return Table("restatement_definitions", _("Definition changes"), columns, rows, footnotes=(note,))


def _redefined(then: str, now: str) -> Iterator[Row]:
    """Each figure whose rule is another: the old one and the new one."""
    for was, is_now in definitions.redefined(then, now):
        name = next(str(one.name) for one in (is_now, was) if one)
        yield Row((name, " → ".join(f"v{one.version}: {one.rule}" if one else "–" for one in (was, is_now))))


def _rules(found: Restatement) -> Note:
    return Note(
        _("How to read it"),
        (
            _("Opening: the figure as it was known at %(time)s.") % {"time": time_text(found.earlier)},
            _("Closing: the figure as it was known at %(time)s.") % {"time": time_text(found.later)},
            _("%(cause)s: recorded after the earlier time; what it is about lies in the quarter.")
            % {"cause": label(Cause.LATE_ENTRY)},
            _("In won: the known values of all currencies; a rate that came later moves them by the cause FX."),
        ),
    )
