"""What a partner is shown of an outcome, and how the links that show it stand."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation

from crm.models import LedgerEntry, Outcome, PartnerConfirmation
from crm.queries.content import contents_of, hash_of
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
    return claims_of([outcome])[outcome.pk]


def claims_of(outcomes: Sequence[Outcome]) -> dict[UUID, dict[str, Any]]:
    """The claims by the outcome's id, read together."""
    realised: dict[UUID, list[list[Any]]] = {}
    found = standing_entries().filter(outcome__in=outcomes, series=Series.REALISED, derived_from=None)
    for entry in found.exclude(measure=Measure.COUNT):
        realised.setdefault(entry.outcome_id, []).append(_figure(entry))  # type: ignore[arg-type]
    return {
        pk: {
            **{name: content[name] for name in _CLAIMED},
            "figures": [*content["figures"], *sorted(realised.get(pk, []))],
        }
        for pk, content in contents_of(outcomes).items()
    }


def in_words(claim: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """The claim as it is shown, by language: pairs of a name and its lines. Kept with the link, so that what was shown
    stays readable when names change."""
    shown: dict[str, list[list[Any]]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            shown[language] = [[str(fact.name), [str(line) for line in fact.lines]] for fact in told(claim)]
    return shown


def link_state(confirmation: PartnerConfirmation, now: datetime) -> LinkState:
    return link_states([confirmation], now)[confirmation.pk]


def link_states(confirmations: Sequence[PartnerConfirmation], now: datetime | None) -> dict[UUID, LinkState]:
    """How the links stand, by their id, read together. Stale: the outcome says something else now than was shown.
    Without a time: as they were left, whether or not their time has passed since."""
    outcomes = {found.outcome_id: found.outcome for found in confirmations}
    hashes = {pk: hash_of(claim) for pk, claim in claims_of(list(outcomes.values())).items()}
    return {c.pk: _state(c, now, is_stale=c.content_hash != hashes[c.outcome_id]) for c in confirmations}


def _state(confirmation: PartnerConfirmation, now: datetime | None, *, is_stale: bool) -> LinkState:
    if confirmation.answer:
        return LinkState.STALE if is_stale else LinkState.ANSWERED
    if confirmation.revoked_at is not None or confirmation.outcome.archived_at is not None:
        return LinkState.REVOKED
    if now is not None and confirmation.expires_at <= now:
        return LinkState.EXPIRED
    return LinkState.CHANGED if is_stale else LinkState.OPEN


def confirmations_of(outcome: Outcome) -> QuerySet[PartnerConfirmation]:
    """The newest link first."""
    return confirmations_ever_of(outcome).filter(archived_at=None)


def confirmations_ever_of(outcome: Outcome) -> QuerySet[PartnerConfirmation]:
    """The same with those that were archived."""
    about = ("outcome", "organisation", "asked_by", "document")
    found = PartnerConfirmation.objects.filter(outcome=outcome).select_related(*about)
    return found.order_by("-created_at", "-id")


def _figure(e: LedgerEntry) -> list[Any]:
    """Measure, series, value, currency, basis, year (0 for none), whether approximate."""
    return [e.measure, e.series, f"{e.value.normalize():f}", e.currency, e.basis, e.for_year or 0, e.approximate]
