"""Attribution: shares of events and of units, each 100 % together."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from crm.actions.attribution import Share, attribute_outcome
from crm.actions.base import Stale
from crm.models import Attribution
from crm.values.measures import AttributionRole as Role
from tests.builders import make_event, make_outcome, make_unit, system

pytestmark = pytest.mark.django_db


def test_shares_of_99_are_refused_with_their_sum() -> None:
    outcome, event, unit = make_outcome(), make_event(), make_unit("인공지능산업국")
    shares = [
        Share(Role.ORIGINATED, Decimal(50), event=event),
        Share(Role.SIGNED_AT, Decimal(49), event=event),
        Share(Role.SIGNED_AT, Decimal(100), org_unit=unit),
    ]
    with pytest.raises(ValidationError) as refused:
        attribute_outcome(system(), outcome, shares)
    assert "99" in str(refused.value.message_dict["shares"])
    assert not Attribution.objects.exists()


def test_the_whole_set_is_replaced_and_the_version_rises_once() -> None:
    outcome, event, one, other = make_outcome(), make_event(), make_unit("하나"), make_unit("둘")
    halves = [Share(Role.ORIGINATED, Decimal(50), org_unit=one), Share(Role.PROGRESSED, Decimal(50), org_unit=other)]
    first = attribute_outcome(system(), outcome, [*halves, Share(Role.SIGNED_AT, Decimal(100), event=event)])
    before = first.version
    changed = [
        Share(Role.ORIGINATED, Decimal("33.4"), org_unit=one),
        Share(Role.PROGRESSED, Decimal("66.6"), org_unit=other),
    ]
    second = attribute_outcome(system(), first, changed, version=before)
    assert second.version == before + 1
    live = Attribution.objects.filter(outcome=outcome, archived_at=None)
    assert {(a.org_unit, a.share) for a in live} == {(one, Decimal("33.4")), (other, Decimal("66.6"))}
    with pytest.raises(Stale):
        attribute_outcome(system(), second, [], version=before)


def test_one_event_in_two_roles_counts_both() -> None:
    outcome, event = make_outcome(), make_event()
    shares = [Share(Role.ORIGINATED, Decimal(50), event=event), Share(Role.SIGNED_AT, Decimal(50), event=event)]
    attribute_outcome(system(), outcome, shares)
    assert Attribution.objects.filter(event=event).count() == 2


@pytest.mark.parametrize("share", ["0", "-1", "100.01", "NaN", "Infinity"])
def test_a_share_is_a_share(share: str) -> None:
    outcome, event = make_outcome(), make_event()
    with pytest.raises(ValidationError):
        attribute_outcome(system(), outcome, [Share(Role.ORIGINATED, Decimal(share), event=event)])


def test_the_same_role_twice_is_refused() -> None:
    outcome, event = make_outcome(), make_event()
    with pytest.raises(ValidationError, match=r"twice|두 번"):
        attribute_outcome(system(), outcome, [Share(Role.ORIGINATED, Decimal(50), event=event)] * 2)


def test_a_share_is_of_one_thing() -> None:
    outcome, event, unit = make_outcome(), make_event(), make_unit("하나")
    for wrong in (Share(Role.ORIGINATED, Decimal(100)), Share(Role.ORIGINATED, Decimal(100), event, unit)):
        with pytest.raises(ValidationError):
            attribute_outcome(system(), outcome, [wrong])
