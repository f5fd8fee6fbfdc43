"""Partner confirmation: links, answers, what becomes of them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from crm.actions.base import Conflict, Stale
from crm.actions.confirmations import Reply, answer_claim, ask_partner, revoke_link
from crm.actions.ledger import correct_figure
from crm.actions.outcomes import update_outcome
from crm.models import Document, FollowUp, LedgerEntry, PartnerConfirmation
from crm.queries.confirmations import LinkState, link_state
from crm.values.concurrence import PartnerAnswer
from tests.builders import figure, make_organisation, make_unit, money_of, system
from tests.builders_partners import make_claim, make_link

pytestmark = pytest.mark.django_db


def confirm(link: PartnerConfirmation, **changes: Any) -> PartnerConfirmation:
    reply = Reply(PartnerAnswer.CONFIRMED, link.content_hash)
    return answer_claim(system(), link, replace(reply, **changes))


def again(link: PartnerConfirmation) -> PartnerConfirmation:
    return PartnerConfirmation.objects.get(pk=link.pk)


def test_the_token_itself_is_kept_nowhere() -> None:
    link, token = make_link()
    assert token not in str(PartnerConfirmation.objects.values().get(pk=link.pk))
    assert "1,000,000" in str(link.claim["shown"]["ko"]) and "1,000,000" in str(link.claim["shown"]["en"])


def test_only_a_party_is_asked() -> None:
    outcome, _partner = make_claim()
    with pytest.raises(ValidationError) as refused:
        ask_partner(system(), outcome, make_organisation("남의 회사"), language="fr", days=0)
    assert set(refused.value.message_dict) == {"organisation", "language", "days"}


def test_a_confirmation_becomes_evidence_and_the_ledger_stays() -> None:
    link, _token = make_link()
    entries = LedgerEntry.objects.count()
    answered = confirm(link, position="대외협력팀장")
    document = Document.objects.get(outcome=link.outcome)
    assert (answered.document, document.grade) == (document, "partner_confirmed")
    kept = document.file.read().decode()
    assert link.content_hash in kept and "USD 1,000,000" in kept and "대외협력팀장" in kept
    assert LedgerEntry.objects.count() == entries
    assert link_state(again(link), timezone.now()) == LinkState.ANSWERED


def test_another_value_asks_the_lead_unit_to_look() -> None:
    unit = make_unit("인공지능산업국")
    outcome, partner = make_claim(lead_unit=unit)
    link, _token = ask_partner(system(), outcome, partner)
    reply = {
        "answer": PartnerAnswer.OTHER_VALUE,
        "stated_value": "90만 달러",
        "amount": Decimal(900_000),
        "currency": "USD",
    }
    confirm(link, **reply)
    follow_up = FollowUp.objects.get(outcome=outcome)
    assert follow_up.org_unit == unit and "90만 달러" in follow_up.title
    assert Document.objects.get(outcome=outcome).grade == "partner_confirmed"
    assert money_of(outcome).value == 1_000_000


def test_another_value_has_to_be_stated() -> None:
    link, _token = make_link()
    with pytest.raises(ValidationError) as refused:
        confirm(link, answer=PartnerAnswer.OTHER_VALUE, stated_value="  ")
    assert "stated_value" in refused.value.message_dict
    assert not Document.objects.exists() and not again(link).answer


def test_a_link_is_answered_once() -> None:
    link, _token = make_link()
    twin = again(link)
    confirm(link)
    with pytest.raises(Stale):  # it was open when the second looked
        confirm(twin)
    with pytest.raises(Conflict):
        confirm(again(link))
    with pytest.raises(Conflict):
        revoke_link(system(), again(link))
    assert Document.objects.count() == 1


def test_a_revoked_an_expired_and_a_changed_link_take_no_answer() -> None:
    link, _token = make_link()
    late = replace(system(), now=timezone.now() + timedelta(days=15))
    with pytest.raises(Conflict):
        answer_claim(late, link, Reply(PartnerAnswer.CONFIRMED, link.content_hash))
    with pytest.raises(Conflict):
        confirm(again(link), content_hash="0" * 64)
    revoke_link(system(), again(link))
    with pytest.raises(Conflict):
        confirm(again(link))
    assert not Document.objects.exists()


def test_an_edit_makes_an_open_link_changed_and_an_answer_stale() -> None:
    link, _token = make_link()
    entry = money_of(link.outcome)
    correct_figure(system(), entry, figure(2_000_000), "오기")
    assert link_state(again(link), timezone.now()) == LinkState.CHANGED
    with pytest.raises(Conflict):
        confirm(again(link))
    fresh, _token = ask_partner(system(), again(link).outcome, link.organisation)
    confirm(fresh)
    update_outcome(system(), again(link).outcome, title="다른 제목")
    assert link_state(again(fresh), timezone.now()) == LinkState.STALE


def test_what_the_partner_does_not_see_makes_nothing_stale() -> None:
    link, _token = make_link()
    confirm(link)
    update_outcome(system(), again(link).outcome, note="내부 메모", lead_unit=make_unit("다른 부서"))
    assert link_state(again(link), timezone.now()) == LinkState.ANSWERED
