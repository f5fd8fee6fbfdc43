"""An outcome as a line of a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.models import Account, LedgerEntry, Outcome
from crm.models.labels import label
from crm.permissions import with_masks
from crm.queries.outcome_lists import outcome_rows
from crm.values.measures import Basis, Disclosure, Measure, OutcomeKind, PartyRole, Series
from crm.web.pages.links import Badge, Link, address_of, event_link, organisation_link, standing_badge
from crm.web.text import UNKNOWN, day_text, value_text


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """`more` are further columns, as (name, text). `waits` leads to what it waits for, where a list says so."""

    id: UUID
    address: str
    title: str
    kind: str
    standing: Badge
    parties: tuple[Link, ...]
    event: Link | None
    lead_unit: str
    signed_on: str
    values: tuple[str, ...]
    more: tuple[tuple[str, str], ...] = ()
    waits: Link | None = None


def rows_for(reader: Account) -> Callable[[Iterable[UUID]], QuerySet[Outcome]]:
    """What reads outcomes of these ids, which the reader may see, with all that their lines show."""
    return lambda ids: with_masks(reader, outcome_rows(ids))


def outcome_lines(rows: Iterable[Outcome]) -> tuple[OutcomeLine, ...]:
    return tuple(outcome_line(outcome) for outcome in rows)


def outcome_line(outcome: Outcome) -> OutcomeLine:
    """Of an outcome read by `rows_for`; its values only where the reader may see them."""
    return OutcomeLine(
        id=outcome.pk,
        address=address_of("outcome", outcome.pk),
        title=outcome.title,
        kind=label(OutcomeKind(outcome.kind)),
        standing=standing_badge(outcome.standing),
        parties=tuple(
            organisation_link(p.organisation, label(PartyRole(p.role)))
            for p in outcome.party_rows  # type: ignore[attr-defined]
        ),
        event=event_link(outcome.event),
        lead_unit=str(outcome.lead_unit) if outcome.lead_unit else UNKNOWN,
        signed_on=day_text(outcome.signed_on),
        values=_values(outcome),
    )


def _values(outcome: Outcome) -> tuple[str, ...]:
    if outcome.is_masked:  # type: ignore[attr-defined]
        return (label(Disclosure.CLOSED),)
    return tuple(short_value(e) for e in outcome.value_entries)  # type: ignore[attr-defined]


def short_value(entry: LedgerEntry) -> str:
    """`Announced USD 10,000,000 · Per year`: never without its series, an annual one never without its basis."""
    text = value_text(entry.value, entry.currency, entry.approximate)
    if entry.measure == Measure.JOBS:
        text = _("%(number)s jobs") % {"number": text}
    words = f"{label(Series(entry.series))} {text}"
    return words if entry.basis == Basis.TOTAL else f"{words} · {label(Basis(entry.basis))}"
