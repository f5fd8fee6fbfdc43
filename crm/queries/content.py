"""What an outcome says: that which departments concur in, superiors approve and partners confirm, and its hash."""

import hashlib
import json
from typing import Any

from crm.models import Outcome
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure, Series

_TEXTS = (
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
    parties = outcome.parties.filter(archived_at=None)
    return {
        **{name: getattr(outcome, name) for name in _TEXTS},
        "event": _id(outcome.event_id),
        "lead_unit": _id(outcome.lead_unit_id),
        "signed_on": outcome.signed_on.isoformat() if outcome.signed_on else None,
        "parties": sorted([str(party.organisation_id), party.role] for party in parties),
        "figures": sorted(_figures(outcome), key=json.dumps),
    }


def content_hash(outcome: Outcome) -> str:
    """SHA-256 of the content, in hexadecimal digits."""
    return hash_of(content_of(outcome))


def hash_of(content: dict[str, Any]) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _figures(outcome: Outcome) -> list[list[Any]]:
    """Measure, series, value, currency, basis, year, whether approximate: of what was agreed, not of what it became."""
    agreed = standing_entries().filter(outcome=outcome, derived_from=None)
    return [
        [e.measure, e.series, f"{e.value.normalize():f}", e.currency, e.basis, e.for_year, e.approximate]
        for e in agreed.exclude(measure=Measure.COUNT).exclude(series=Series.REALISED)
    ]


def _id(pk: object) -> str | None:
    return None if pk is None else str(pk)
