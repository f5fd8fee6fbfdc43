"""Links to partners for the tests."""

from typing import Any

from crm.actions.confirmations import ask_partner
from crm.models import Organisation, Outcome, PartnerConfirmation
from crm.values.measures import PartyRole
from tests.builders import figure, make_organisation, make_outcome, system


def make_claim(name: str = "㈜솔", **fields: Any) -> tuple[Outcome, Organisation]:
    """An outcome with one party and one amount: USD 1,000,000."""
    partner = make_organisation(name)
    return make_outcome(figures=[figure()], parties=[(partner, PartyRole.INVESTOR)], **fields), partner


def make_link(**asked: Any) -> tuple[PartnerConfirmation, str]:
    outcome, partner = make_claim()
    return ask_partner(system(), outcome, partner, **asked)
