"""The detailed tables: per outcome, and the ledger entries behind every number."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from crm.dates import day_text
from crm.models import LedgerEntry
from crm.models.labels import label
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, Measure, PartyRole, Series
from crm.values.money import format_number
from reports.building.keys import key_of
from reports.building.rows import as_rows
from reports.building.words import amounts, kind_label, standing_text
from reports.figures.entries import EntryFigures
from reports.figures.listing import Listing
from reports.figures.outcomes import OutcomeFigures, OutcomeListing, subject_id
from reports.report import Column, Row, Table


def outcomes_table(outcomes: OutcomeListing) -> Table:
    columns = (
        Column("title", _("Outcome"), weight=2.2),
        Column("kind", _("Kind"), weight=1.2),
        Column("parties", _("Parties"), weight=1.8),
        Column("event", _("Event"), weight=1.2),
        Column("lead_unit", _("Lead unit"), weight=1.2),
        Column("value_date", _("Value date"), "date", 1.0),
        Column("signed_on", _("Signed on"), "date", 1.0),
        Column("standing", _("Standing"), weight=0.9),
        Column("total", label(Basis.TOTAL), weight=1.4),
        Column("annual", _("Per year"), weight=1.4),
        Column("jobs", _("Jobs"), weight=0.9),
        Column("evidence", _("Evidence"), weight=1.0),
    )
    return Table(
        "outcomes",
        _("Outcomes of the quarter"),
        columns,
        as_rows(outcomes, _outcome_row),
        footnotes=(
            _("Where no signing date is known, the value date is the first day of the event."),
            _("Amounts name their series; amounts of different series are different facts."),
        ),
        empty=_("No outcome was recorded for this quarter."),
    )


def _outcome_row(outcome: OutcomeFigures) -> Row:
    also = f" ({', '.join(outcome.also_called)})" if outcome.also_called else ""
    money = [v for v in outcome.values if v.measure == Measure.MONEY]
    jobs = [v for v in outcome.values if v.measure == Measure.JOBS]
    evidence = label(Grade(outcome.evidence_grade)) if outcome.evidence_grade else None
    values = (
        outcome.title + also,
        kind_label(outcome.kind),
        ", ".join(f"{name} ({label(PartyRole(role))})" for name, role in outcome.parties) or None,
        outcome.event or None,
        outcome.lead_unit or None,
        outcome.value_date,
        outcome.signed_on,
        standing_text(outcome),
        amounts([v for v in money if v.basis != Basis.ANNUAL]),
        amounts([v for v in money if v.basis == Basis.ANNUAL]),
        " / ".join(f"{label(Series(v.series))} {format_number(v.value)}" for v in jobs) or None,
        evidence,
    )
    return Row(values, link=f"/outcomes/{outcome.id}/")


def entries_table(entries: Listing[EntryFigures]) -> Table:
    columns = (
        Column("value_date", _("Value date"), "date", 1.0),
        Column("recorded_at", _("Recorded"), "datetime", 1.3),
        Column("about", _("About"), weight=2.2),
        Column("kind", _("Kind"), weight=1.1),
        Column("series", _("Series"), weight=0.9),
        Column("measure", _("Measure"), weight=0.7),
        Column("value", _("Value"), "number", 1.4),
        Column("currency", _("Currency"), weight=0.7),
        Column("basis", _("Basis"), weight=0.8),
        Column("krw_value", _("KRW value"), "number", 1.4),
        Column("fx", _("Rate and its date"), weight=1.3),
        Column("as_reported", _("As reported"), weight=1.4),
        Column("source", _("Source"), weight=1.5),
        Column("evidence", _("Evidence"), weight=1.0),
        Column("cause", _("Cause"), weight=0.9),
        Column("recorded_by", _("Recorded by"), weight=0.9),
        Column("id", _("Entry"), weight=1.1),
    )
    return Table(
        "entries",
        _("Ledger entries of the quarter"),
        columns,
        as_rows(entries, entry_row),
        unit=_("Reversals carry a minus sign"),
        empty=_("No entry was recorded in this period."),
    )


def shared_entries_table(entries: Listing[EntryFigures], shares: Mapping[UUID, Decimal]) -> Table:
    """The entries with the per cent of their outcome that counts, by outcome, behind the value."""
    table = entries_table(entries)
    at = [column.key for column in table.columns].index("value") + 1

    def shared(one: EntryFigures) -> Row:
        row = entry_row(one)
        return replace(row, values=(*row.values[:at], shares.get(subject_id(one.entry)), *row.values[at:]))

    return replace(
        table, columns=(*table.columns[:at], share_column(), *table.columns[at:]), rows=as_rows(entries, shared)
    )


def share_column() -> Column:
    return Column("share", _("Share attributed (%)"), "money", 0.7)


def entry_row(one: EntryFigures) -> Row:
    entry = one.entry
    rate = None
    if entry.fx_rate is not None and entry.fx_date is not None:
        rate = f"{format_number(entry.fx_rate)} / {entry.fx_per} ({day_text(entry.fx_date)})"
    values = (
        entry.value_date,
        entry.recorded_at,
        one.about,
        kind_label(entry.kind),
        label(Series(entry.series)),
        label(Measure(entry.measure)),
        entry.value,
        entry.currency or None,
        label(Basis(entry.basis)) if entry.measure == Measure.MONEY else None,
        entry.krw_value,
        rate,
        entry.as_reported or None,
        entry.source,
        label(Grade(entry.evidence_grade)),
        label(Cause(entry.cause)),
        entry.recorded_by.username,
        str(entry.id)[-12:],
    )
    return Row(values, link=_place(entry), key=key_of(entry))


def _place(entry: LedgerEntry) -> str:
    """The page on which the entry stands: its outcome's, else the event's."""
    if entry.outcome_id:
        return f"/outcomes/{entry.outcome_id}/#entry-{entry.id}"
    event_id = entry.consultation.event_id if entry.consultation else entry.event_id
    return f"/events/{event_id}/"
