"""The links to partners on the page of an outcome, and the page that gives one out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.models import Account, Document, Outcome, PartnerConfirmation
from crm.models.labels import label
from crm.permissions import may, sees_values
from crm.queries.confirmations import LinkState, confirmations_of, link_states
from crm.values.concurrence import PartnerAnswer
from crm.web.pages.links import Badge
from crm.web.text import time_text

_STATES: dict[LinkState, tuple[Promise | str, str]] = {
    LinkState.OPEN: (_("Link open"), "calm"),
    LinkState.CHANGED: (_("Changed since the link was made"), "warn"),
    LinkState.EXPIRED: (_("Link expired"), "warn"),
    LinkState.REVOKED: (_("Link revoked"), "calm"),
    LinkState.ANSWERED: (_("Answered"), "good"),
    LinkState.STALE: (_("Changed since the answer"), "bad"),
}


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """One link. `said` is empty while nobody has answered."""

    id: UUID
    partner: str
    state: Badge
    said: str
    comment: str
    asked: str
    expires: str
    document: Document | None
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class ConfirmationSection:
    """`stale` are the documents of answers that what is recorded does not agree with any more."""

    lines: tuple[ConfirmationLine, ...]
    may_ask: bool
    stale: frozenset[UUID] = frozenset()


def confirmation_section(outcome: Outcome, reader: Account, now: datetime) -> ConfirmationSection:
    if not sees_values(reader, outcome):
        return ConfirmationSection((), may_ask=False)
    may_revoke = may(reader, "confirmation.revoke", outcome)
    found = list(confirmations_of(outcome))
    states = link_states(found, now)
    lines = tuple(_line(link, states[link.pk], may_revoke) for link in found)
    may_ask = outcome.archived_at is None and may(reader, "confirmation.ask", outcome)
    stale = {link.document_id for link in found if states[link.pk] == LinkState.STALE and link.document_id}
    return ConfirmationSection(lines, may_ask, frozenset(stale))


def _line(found: PartnerConfirmation, state: LinkState, may_revoke: bool) -> ConfirmationLine:
    text, tone = _STATES[state]
    answer = label(PartnerAnswer(found.answer)) if found.answer else ""
    said = " · ".join(part for part in (answer, found.stated_value, found.respondent_position) if part)
    return ConfirmationLine(
        id=found.pk,
        partner=found.organisation.name,
        state=Badge(str(text), tone),
        said=said,
        comment=found.comment,
        asked=f"{found.asked_by} · {time_text(found.created_at)}",
        expires=time_text(found.expires_at),
        document=found.document,
        may_revoke=may_revoke and state in (LinkState.OPEN, LinkState.CHANGED, LinkState.EXPIRED),
    )
