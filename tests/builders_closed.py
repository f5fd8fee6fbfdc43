"""One record of every kind that can be kept from others, for the tests of who sees what."""

from dataclasses import dataclass
from typing import Any

from crm.actions import approval, chains, confirmations
from crm.models import Concurrence, Organisation, OrgUnit, Outcome
from crm.values.measures import Disclosure, PartyRole
from tests.builders import make_document, make_follow_up, make_organisation, money_of, system
from tests.builders_concurrence import as_caller, make_exchange
from tests.builders_demonstrations import make_demonstration


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed outcome and a closed demonstration that `lead` leads, and what is about them. `records` has one of each
    kind, by the name that the API gives to it."""

    lead: OrgUnit
    partner: Organisation
    outcome: Outcome
    records: dict[str, Any]


def make_closed() -> Closed:
    partner = make_organisation("㈜비공개")
    exchange = make_exchange(disclosure_level=Disclosure.CLOSED, parties=[(partner, PartyRole.INVESTOR)])
    document, follow_up = make_document(exchange.outcome), make_follow_up(outcome=exchange.outcome)
    submitted = approval.submit(as_caller(exchange.drafter), exchange.now())
    link, _token = confirmations.ask_partner(system(), exchange.now(), partner)
    demonstration = make_demonstration(lead_unit=exchange.lead, disclosure_level=Disclosure.CLOSED)
    records = {
        "outcomes": exchange.now(),
        "ledger-entries": money_of(exchange.outcome),
        "documents": document,
        "follow-ups": follow_up,
        "concurrences": Concurrence.objects.filter(outcome=exchange.outcome).order_by("id")[0],
        "approvals": submitted,
        "confirmations": link,
        "demonstrations": demonstration,
        "chain-links": chains.link_chain(system(), from_demonstration=demonstration, to_outcome=exchange.now()),
    }
    return Closed(exchange.lead, partner, exchange.now(), records)
