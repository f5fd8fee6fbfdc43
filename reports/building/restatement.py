"""From two readings of one quarter to a report of what moved between them, and why. Adds nothing up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from crm.models import LedgerEntry
from crm.models.labels import label
from crm.permissions import EVERYTHING, Sight
from crm.values.measures import Basis, Cause, Measure, Series, Standing
from crm.values.money import format_number
from crm.values.periods import SEOUL, Quarter
from reports.building.details import entries_table
from reports.building.sight import seen_entries
from reports.building.words import kind_label, labels, time_text, trace_between
from reports.figures import definitions
from reports.figures.entries import EntryFigures
from reports.figures.listing import Listing
from reports.figures.outcomes import subject_id
from reports.figures.restatement import CAUSES, IN_WON, Bridge, Restatement
from reports.report import Column, ColumnKind, Language, Note, Report, Row, Section, SummaryLine, Table

_ORDER = (Measure.COUNT, Measure.MONEY, IN_WON, Measure.JOBS)


def build_restatement(
    found: Restatement,
    names: Mapping[UUID, str],
    period: Quarter,
    language: Language,
    sight: Sight = EVERYTHING,
    *,
    definition_then: str = "",
) -> Report:
    """Opening, what moved by cause, closing, figure by figure, and the entries that moved them. `definition_then` is
    the version of the definitions that the earlier reading was published with, where it was published."""

    def named(some: Sequence[LedgerEntry]) -> list[EntryFigures]:
        return [EntryFigures(entry, names[subject_id(entry)]) for entry in some]

    with translation.override(language):
        return Report(
            key="restatement",
            title=_("Restatement of the quarterly report"),
            organisation=settings.ORGANISATION,
            period=str(period),
            period_label=period.label(language),
            as_of=found.later.astimezone(SEOUL),
            language=language,
            definition_version=definitions.VERSION,
            labels=labels(),
            summary=tuple(_summary(found)),
            sections=tuple(_section(measure, found) for measure in _ORDER),
            outcomes=_definitions(definition_then),
            entries=entries_table(seen_entries(Listing(found.entries, named), sight)),
            notes=(_rules(found),),
            is_demo=settings.IS_DEMO,
        )


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
        _columns(measure, has_currency),
        tuple(rows),
        unit=units[measure],
        footnotes=(_("Opening and all causes add up to the closing value."),) if rows else (),
        empty=_("Nothing moved between the two times."),
    )
    numeral = "ⅠⅡⅢⅣ"[_ORDER.index(measure)]
    return Section(f"restatement_{measure}", f"{numeral}. {names[measure]}", tables=(table,))


def _columns(measure: str, has_currency: bool) -> tuple[Column, ...]:
    kind: ColumnKind = "money" if measure in (Measure.MONEY, IN_WON) else "integer"
    return (
        Column("kind", _("Kind"), weight=2.0),
        Column("series", _("Series"), weight=1.0),
        Column("standing", _("Standing"), weight=0.9),
        *([Column("currency", _("Currency"), weight=0.7)] if has_currency else []),
        *([Column("basis", _("Basis"), weight=0.9)] if kind == "money" else []),
        Column("opening", _("Opening"), kind, 1.3),
        *(Column(cause, label(cause), kind, 1.2) for cause in CAUSES),
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
    moved = [by.get(cause) for cause in CAUSES]
    moved_links = [at(found.later, after=after, cause=cause) if cause in by else None for cause in CAUSES]
    return Row(
        (*said, bridge.opening, *moved, bridge.closing),
        links=(*(None for _each in said), at(found.earlier), *moved_links, at(found.later)),
    )


def _definitions(then: str) -> Table:
    """A changed definition is a cause too: it is named, whatever it did."""
    columns = (Column("what", _("Definitions"), weight=2.0), Column("version", _("Version"), weight=1.0))
    rows = (Row((_("As published"), then or definitions.VERSION)), Row((_("Now"), definitions.VERSION)))
    changed = bool(then) and then != definitions.VERSION
    note = (
        _("The definitions have changed between the two. The bridge reads both with the definitions of now.")
        if changed
        else _("Both readings rest on the same definitions: no difference comes from a definition.")
    )
    return Table("restatement_definitions", _("Definition changes"), columns, rows, footnotes=(note,))


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
