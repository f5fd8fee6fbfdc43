"""What a partner is shown of an outcome, and how the links that show it stand."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from crm.models import LedgerEntry, Outcome, PartnerConfirmation
from crm.queries.content import content_of, hash_of
from crm.queries.content_words import told
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure, Series

LANGUAGES = ("ko", "en")
# Who leads it and what the city writes about it for itself is not the partner's to confirm, nor shown to it.
_CLAIMED = ("kind", "title", "title_as_signed", "signed_on", "signed_at_place", "parties", "figures")


class LinkState(StrEnum):
    """CHANGED: still open, but the record is no longer what the link shows. STALE: answered, and changed since."""

    OPEN = "open"
    CHANGED = "changed"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ANSWERED = "answered"
    STALE = "stale"


def claim_of(outcome: Outcome) -> dict[str, Any]:
    """What the city claims, as plain JSON values: of the agreed content what concerns the partner, and what it says
    was realised."""
    content = content_of(outcome)
    realised = standing_entries().filter(outcome=outcome, series=Series.REALISED, derived_from=None)
    figures = sorted(_figure(entry) for entry in realised.exclude(measure=Measure.COUNT))
    return {**{name: content[name] for name in _CLAIMED}, "figures": [*content["figures"], *figures]}


def claim_hash(outcome: Outcome) -> str:
    return hash_of(claim_of(outcome))


def in_words(claim: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """The claim as it is shown, by language: pairs of a name and its lines. Kept with the link, so that what was shown
    stays readable when names change."""
    shown: dict[str, list[list[Any]]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            shown[language] = [[str(fact.name), [str(line) for line in fact.lines]] for fact in told(claim)]
    return shown


def is_stale(confirmation: PartnerConfirmation) -> bool:
    """Whether the outcome says something else now than what the partner was shown."""
    return confirmation.content_hash != claim_hash(confirmation.outcome)


def link_state(confirmation: PartnerConfirmation, now: datetime) -> LinkState:
    if confirmation.answer:
        return LinkState.STALE if is_stale(confirmation) else LinkState.ANSWERED
    if confirmation.revoked_at is not None or confirmation.outcome.archived_at is not None:
        return LinkState.REVOKED
    if confirmation.expires_at <= now:
        return LinkState.EXPIRED
    return LinkState.CHANGED if is_stale(confirmation) else LinkState.OPEN


def confirmations_of(outcome: Outcome) -> QuerySet[PartnerConfirmation]:
    """The newest link first."""
    about = ("outcome", "organisation", "asked_by", "document")
    found = PartnerConfirmation.objects.filter(outcome=outcome, archived_at=None).select_related(*about)
    return found.order_by("-created_at", "-id")


def _figure(e: LedgerEntry) -> list[Any]:
    """Measure, series, value, currency, basis, year (0 for none), whether approximate."""
    return [e.measure, e.series, f"{e.value.normalize():f}", e.currency, e.basis, e.for_year or 0, e.approximate]
