"""What an outcome says: that which departments concur in, superiors approve and partners confirm, and its hash."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crm.models import LedgerEntry, Outcome, Party
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure, Series

TEXTS = (
    "kind",
    "title",
    "title_as_signed",
    "signed_at_place",
    "binding",
    "term_years",
    "period_from",
    "period_to",
    "content",
)


def content_of(outcome: Outcome) -> dict[str, Any]:
    """The content as plain JSON values: what was agreed, between whom, for how much. What comes later (realised values,
    stages, notes) is not part of it, nor is who is asked about it."""
    return contents_of([outcome])[outcome.pk]


def contents_of(outcomes: Sequence[Outcome]) -> dict[UUID, dict[str, Any]]:
    """The contents by the outcome's id, read together."""
    parties: dict[UUID, list[list[str]]] = {}
    for party in Party.objects.filter(outcome__in=outcomes, archived_at=None):
        parties.setdefault(party.outcome_id, []).append([str(party.organisation_id), party.role])
    figures: dict[UUID, list[list[Any]]] = {}
    # Of what was agreed, not of what it became.
    agreed = standing_entries().filter(outcome__in=outcomes, derived_from=None)
    for entry in agreed.exclude(measure=Measure.COUNT).exclude(series=Series.REALISED):
        figures.setdefault(entry.outcome_id, []).append(_figure(entry))  # type: ignore[arg-type]
    return {
        outcome.pk: {
            **{name: getattr(outcome, name) for name in TEXTS},
            "event": _id(outcome.event_id),
            "lead_unit": _id(outcome.lead_unit_id),
            "signed_on": outcome.signed_on.isoformat() if outcome.signed_on else None,
            "parties": sorted(parties.get(outcome.pk, [])),
            "figures": sorted(figures.get(outcome.pk, []), key=json.dumps),
        }
        for outcome in outcomes
    }


def content_hash(outcome: Outcome) -> str:
    """SHA-256 of the content, in hexadecimal digits."""
    return hash_of(content_of(outcome))


def hash_of(content: dict[str, Any]) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _figure(e: LedgerEntry) -> list[Any]:
    """Measure, series, value, currency, basis, year, whether approximate."""
    return [e.measure, e.series, f"{e.value.normalize():f}", e.currency, e.basis, e.for_year, e.approximate]


def _id(pk: object) -> str | None:
    return None if pk is None else str(pk)
