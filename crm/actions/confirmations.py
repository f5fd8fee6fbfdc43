"""Partner confirmation: a one-time link shows a partner what the city claims; its answer becomes evidence."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.accounts import token_digest
from crm.actions.base import Caller, Conflict, action, expect_version, hold, store
from crm.actions.documents import Upload, attach_document
from crm.actions.follow_ups import plan_follow_up
from crm.dates import day_text
from crm.models import Document, Organisation, Outcome, PartnerConfirmation
from crm.models.labels import label
from crm.queries.confirmations import LANGUAGES, LinkState, claim_of, in_words, link_state
from crm.queries.content import hash_of
from crm.values.concurrence import PartnerAnswer
from crm.values.evidence import Grade
from crm.values.money import format_amount
from crm.values.periods import SEOUL

LONGEST_LIFE = 90


@dataclass(frozen=True, slots=True)
class Reply:
    """What the partner answers. `content_hash` is that of the claim it saw, `language` the one it read it in.
    `amount` in units of `currency`, where the other value that it states is money."""

    answer: PartnerAnswer
    content_hash: str
    language: str = "ko"
    stated_value: str = ""
    amount: Decimal | None = None
    currency: str = ""
    comment: str = ""
    position: str = ""


def new_token() -> str:
    """What nobody guesses."""
    return secrets.token_urlsafe(32)


@action("confirmation.ask")
def ask_partner(
    caller: Caller,
    /,
    outcome: Outcome,
    organisation: Organisation,
    *,
    language: str = "ko",
    days: int = 14,
    token: str = "",
    **fields: Any,
) -> tuple[PartnerConfirmation, str]:
    """Makes a link for a party of the outcome, open for so many days; `fields` may name its id. The token is given
    this once: only its hash is kept. `token` is one of `new_token`, where what is sent twice has to be one link.
    Raises ValidationError naming what is wrong."""
    hold(outcome)
    errors: dict[str, str] = {}
    if outcome.archived_at is not None:
        errors["__all__"] = _("This outcome is archived; restore it first.")
    if not outcome.parties.filter(organisation=organisation, archived_at=None).exists():
        errors["organisation"] = _("Only a party of the outcome can confirm it.")
    if language not in LANGUAGES:
        errors["language"] = _("A link speaks Korean or English.")
    if not 1 <= days <= LONGEST_LIFE:
        errors["days"] = _("A link lives from 1 to %(most)d days.") % {"most": LONGEST_LIFE}
    if errors:
        raise ValidationError(errors)
    plain = token or new_token()
    facts = claim_of(outcome)
    fields |= {
        "outcome": outcome,
        "organisation": organisation,
        "language": language,
        "claim": {"facts": facts, "shown": in_words(facts)},
        "content_hash": hash_of(facts),
        "asked_by": caller.account,
        "expires_at": caller.now + timedelta(days=days),
    }
    return store(PartnerConfirmation(digest=token_digest(plain)), fields), plain


@action("confirmation.revoke")
def revoke_link(
    caller: Caller, /, confirmation: PartnerConfirmation, *, version: int | None = None
) -> PartnerConfirmation:
    """Closes a link that nobody has answered. Raises Conflict where it was answered, Stale."""
    expect_version(confirmation, version)
    hold(confirmation)
    if confirmation.answer:
        raise Conflict(_("This link was answered already."))
    return store(confirmation, {"revoked_at": confirmation.revoked_at or caller.now})


@action("confirmation.answer")
def answer_claim(caller: Caller, /, confirmation: PartnerConfirmation, reply: Reply) -> PartnerConfirmation:
    """Takes the partner's answer, keeps it as a document of the outcome and, where another value was stated, asks the
    lead unit to look. The ledger stays as it is.

    Raises Conflict where the link is used, revoked, expired or the claim has changed; Stale for the second of two at
    once; ValidationError: `stated_value`."""
    hold(confirmation)
    hold(confirmation.outcome)
    _check_open(caller, confirmation, reply)
    is_other = reply.answer == PartnerAnswer.OTHER_VALUE
    if is_other and not reply.stated_value.strip():
        raise ValidationError({"stated_value": _("State the value that is right.")})
    answered = {
        "answer": reply.answer,
        "answered_at": caller.now,
        "stated_value": reply.stated_value.strip() if is_other else "",
        "stated_amount": reply.amount if is_other else None,
        "stated_currency": reply.currency if is_other else "",
        "comment": reply.comment.strip(),
        "respondent_position": reply.position.strip(),
    }
    # What officers read is in their language, whatever the partner read.
    with translation.override("ko"):
        store(confirmation, {**answered, "document": _keep(caller, confirmation, answered, reply)})
        if is_other:
            title = _("The partner stated another value: %(value)s") % {"value": answered["stated_value"]}
            outcome = confirmation.outcome
            plan_follow_up(caller, title=title[:500], outcome=outcome, org_unit=outcome.lead_unit)
    notifying.partner_answered(confirmation)
    return confirmation


def _check_open(caller: Caller, confirmation: PartnerConfirmation, reply: Reply) -> None:
    state = link_state(confirmation, caller.now)
    if state in (LinkState.ANSWERED, LinkState.STALE):
        raise Conflict(_("This link was answered already."))
    if state == LinkState.REVOKED:
        raise Conflict(_("This link was revoked. Ask the city for a new one."))
    if state == LinkState.EXPIRED:
        raise Conflict(_("This link has expired. Ask the city for a new one."))
    if state == LinkState.CHANGED or reply.content_hash != confirmation.content_hash:
        raise Conflict(_("What this link shows has changed meanwhile. Ask the city for a new one."))


def _keep(caller: Caller, confirmation: PartnerConfirmation, answered: dict[str, object], reply: Reply) -> Document:
    day = caller.now.astimezone(SEOUL).date()
    named = {"partner": confirmation.organisation.name, "day": day_text(day)}
    return attach_document(
        caller,
        Upload(f"partner-confirmation-{confirmation.pk}.txt", _text(caller, confirmation, answered, reply).encode()),
        title=(_("Partner's confirmation (%(partner)s, %(day)s)") % named)[:300],
        grade=Grade.PARTNER_CONFIRMED,
        outcome=confirmation.outcome,
        source=_("Confirmation link %(id)s") % {"id": confirmation.pk},
        dated_on=day,
    )


def _text(caller: Caller, confirmation: PartnerConfirmation, answered: dict[str, object], reply: Reply) -> str:
    """Exactly what was shown and answered, in words."""
    language = reply.language if reply.language in LANGUAGES else confirmation.language
    shown = [f"{name}: {' / '.join(lines)}" for name, lines in confirmation.claim["shown"][language]]
    stated = reply.amount if reply.answer == PartnerAnswer.OTHER_VALUE else None
    amount = "" if stated is None else format_amount(stated, reply.currency, "ko")
    said = (
        (_("Partner"), confirmation.organisation.name),
        (_("Answer"), label(PartnerAnswer(reply.answer))),
        (_("Value stated by the partner"), answered["stated_value"]),
        (_("Amount stated by the partner"), amount),
        (_("Comment"), answered["comment"]),
        (_("Position of the respondent"), answered["respondent_position"]),
        (_("Answered at"), caller.now.astimezone(SEOUL).isoformat(timespec="seconds")),
        (_("Shown in"), language),
        (_("SHA-256 of what was shown"), confirmation.content_hash),
    )
    answer = [f"{name}: {value}" for name, value in said if value]
    return "\n".join([f"[{_('What was shown')}]", *shown, "", f"[{_('What was answered')}]", *answer, ""])
