"""The scenarios of partner confirmation and attribution: one an action."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from crm.actions import attribution, confirmations
from crm.models import PartnerConfirmation
from crm.values.concurrence import PartnerAnswer
from crm.values.measures import AttributionRole


def _asked(w: Any) -> PartnerConfirmation:
    return confirmations.ask_partner(w.caller, w.outcome, w.company)[0]


def _answer(w: Any) -> object:
    asked = _asked(w)
    reply = confirmations.Reply(
        PartnerAnswer.OTHER_VALUE, asked.content_hash, "ko", "2천만 달러", Decimal(20_000_000), "USD", "증액", "팀장"
    )
    return confirmations.answer_claim(w.caller, asked, reply)


def _attribute(w: Any) -> object:
    shares = [
        attribution.Share(AttributionRole.SIGNED_AT, Decimal(100), event=w.event),
        attribution.Share(AttributionRole.ORIGINATED, Decimal(50), org_unit=w.unit),
        attribution.Share(AttributionRole.PROGRESSED, Decimal(50), org_unit=w.heir),
    ]
    return attribution.attribute_outcome(w.caller, w.outcome, shares)


PARTNERS: dict[str, Callable[[Any], object]] = {
    "ask_partner": _asked,
    "revoke_link": lambda w: confirmations.revoke_link(w.caller, _asked(w)),
    "answer_claim": _answer,
    "attribute_outcome": _attribute,
}
