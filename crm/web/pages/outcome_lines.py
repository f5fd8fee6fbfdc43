"""An outcome as a line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Account, LedgerEntry, Outcome
from crm.models.labels import label
from crm.permissions import masked
from crm.values.measures import Basis, Disclosure, Measure, OutcomeKind, PartyRole, Series
from crm.web.pages.links import Badge, Link, event_link, organisation_link, standing_badge
from crm.web.text import UNKNOWN, day_text, value_text


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """`more` are further columns, as (name, text)."""

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


def outcome_lines(found: Iterable[Outcome], reader: Account) -> tuple[OutcomeLine, ...]:
    """Of outcomes that the reader may see; the values only of those whose values the reader may see."""
    rows = list(found)
    kept = masked(reader, rows)
    return tuple(outcome_line(outcome, outcome.pk in kept) for outcome in rows)


def outcome_line(outcome: Outcome, is_masked: bool) -> OutcomeLine:
    """Of an outcome read by `with_lines`."""
    return OutcomeLine(
        id=outcome.pk,
        address=reverse("outcome", args=[outcome.pk]),
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
        values=_values(outcome, is_masked),
    )


def _values(outcome: Outcome, is_masked: bool) -> tuple[str, ...]:
    if is_masked:
        return (label(Disclosure.CLOSED),)
    return tuple(short_value(e) for e in outcome.value_entries)  # type: ignore[attr-defined]


def short_value(entry: LedgerEntry) -> str:
    """`Announced USD 10,000,000 · Per year`: never without its series, an annual one never without its basis."""
    text = value_text(entry.value, entry.currency, entry.approximate)
    if entry.measure == Measure.JOBS:
        text = _("%(number)s jobs") % {"number": text}
    words = f"{label(Series(entry.series))} {text}"
    return words if entry.basis == Basis.TOTAL else f"{words} · {label(Basis(entry.basis))}"
