"""The columns of the list of outcomes: on the page as chosen, in a file as values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.models import CooperatingUnit, Outcome
from crm.models.labels import label
from crm.values.measures import Disclosure, OutcomeKind, PartyRole, Series, Standing
from crm.values.money import format_number
from crm.values.stages import Stage
from crm.web.pages.outcome_lines import short_value
from crm.web.text import UNKNOWN, day_text
from reports.figures.amounts import krw_stated
from reports.report import Column, ColumnKind, Row, Table, Value


@dataclass(frozen=True, slots=True)
class OutcomeColumn:
    """`value` is what a file says; `is_closed`: what is kept from readers of partly open outcomes."""

    key: str
    name: Promise
    value: Callable[[Outcome], Value]
    kind: ColumnKind = "text"
    weight: float = 1.0
    is_closed: bool = False


def _parties(outcome: Outcome) -> str:
    rows = outcome.party_rows  # type: ignore[attr-defined]
    return " / ".join(f"{p.organisation.name} ({label(PartyRole(p.role))})" for p in rows)


def _values(outcome: Outcome) -> str:
    return " / ".join(short_value(e) for e in outcome.value_entries)  # type: ignore[attr-defined]


def _krw(series: Series) -> Callable[[Outcome], Value]:
    return lambda outcome: krw_stated(outcome.value_entries, series)  # type: ignore[attr-defined]


def _cooperating(outcome: Outcome) -> str:
    return ", ".join(str(c.org_unit) for c in outcome.cooperating_rows)  # type: ignore[attr-defined]


_BINDING: Final = {True: _("Yes"), False: _("No"), None: ""}
COLUMNS: Final = (
    OutcomeColumn("title", _("Outcome"), lambda o: o.title, weight=2.2),
    OutcomeColumn("kind", pgettext_lazy("page", "Kind"), lambda o: label(OutcomeKind(o.kind))),
    OutcomeColumn("stage", _("Stage"), lambda o: label(Stage(o.stage))),
    OutcomeColumn("parties", _("Parties"), _parties, weight=1.8),
    OutcomeColumn("event", _("Event"), lambda o: o.event.name if o.event else None, weight=1.3),
    OutcomeColumn("signed_on", _("Signed on"), lambda o: o.signed_on, "date"),
    OutcomeColumn("lead_unit", _("Lead unit"), lambda o: str(o.lead_unit) if o.lead_unit else None),
    OutcomeColumn("cooperating", _("Cooperating units"), _cooperating, weight=1.3),
    OutcomeColumn("values", _("What stands"), _values, weight=1.8, is_closed=True),
    # Numbers that a spreadsheet adds up, where the words beside them cannot be.
    OutcomeColumn("announced_krw", _("Announced, total in KRW"), _krw(Series.ANNOUNCED), "money", is_closed=True),
    OutcomeColumn("committed_krw", _("Committed, total in KRW"), _krw(Series.COMMITTED), "money", is_closed=True),
    OutcomeColumn("realised_krw", _("Realised, total in KRW"), _krw(Series.REALISED), "money", is_closed=True),
    OutcomeColumn("standing", _("Standing"), lambda o: label(Standing(o.standing))),
    OutcomeColumn("binding", _("Binding"), lambda o: str(_BINDING[o.binding])),
    OutcomeColumn("disclosure", _("Disclosure"), lambda o: label(Disclosure(o.disclosure_level))),
    OutcomeColumn("document_number", _("Document number"), lambda o: o.document_number, is_closed=True),
    OutcomeColumn("delay_reason", _("Reason for delay"), lambda o: o.delay_reason, weight=1.6, is_closed=True),
    OutcomeColumn("next_steps", _("Next steps"), lambda o: o.next_steps, weight=1.6, is_closed=True),
    OutcomeColumn("code", _("Code"), lambda o: o.code),
    OutcomeColumn("id", _("Identifier"), lambda o: str(o.pk), weight=1.5),
)
USUAL: Final = ("title", "kind", "parties", "signed_on", "lead_unit", "values", "standing")
# What the page's own cells show; the others are shown as text.
OWN_CELLS: Final = frozenset(USUAL)


def chosen_columns(keys: Iterable[str]) -> tuple[OutcomeColumn, ...]:
    """In their own order; the title always, the usual ones where none is known."""
    wanted = set(keys) & {column.key for column in COLUMNS}
    wanted = wanted | {"title"} if wanted else set(USUAL)
    return tuple(column for column in COLUMNS if column.key in wanted)


def with_columns(found: QuerySet[Outcome], columns: Iterable[OutcomeColumn]) -> QuerySet[Outcome]:
    """What the columns need beyond a line of the list, read once for all."""
    if all(column.key != "cooperating" for column in columns):
        return found
    units = CooperatingUnit.objects.filter(archived_at=None).select_related("org_unit").order_by("id")
    return found.prefetch_related(Prefetch("cooperating_units", units, to_attr="cooperating_rows"))


def cell_text(column: OutcomeColumn, outcome: Outcome) -> str:
    value = _value(column, outcome)
    if isinstance(value, Decimal):
        return format_number(value)
    return day_text(value) if isinstance(value, date) else str(value or UNKNOWN)


def _value(column: OutcomeColumn, outcome: Outcome) -> Value:
    """What is not kept from the reader."""
    is_kept = column.is_closed and outcome.is_masked  # type: ignore[attr-defined]
    return label(Disclosure.CLOSED) if is_kept else column.value(outcome) or None


def outcomes_sheet(found: Iterable[Outcome], columns: tuple[OutcomeColumn, ...], filters: Iterable[str]) -> Table:
    """All of the found outcomes as one table; `filters` in words stand below it."""
    return Table(
        "outcomes",
        str(_("Outcomes")),
        tuple(Column(c.key, str(c.name), c.kind, c.weight) for c in columns),
        tuple(Row(tuple(_value(column, outcome) for column in columns)) for outcome in found),
        footnotes=tuple(filters),
        empty=str(_("No outcome matches these filters.")),
    )
