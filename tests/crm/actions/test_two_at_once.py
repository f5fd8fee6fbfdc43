"""Two people on one request or one approval at the same moment: one wins, the other is told, both departments count."""

import pytest

from crm.actions import approval, outcomes
from crm.models import Approval, Concurrence
from crm.queries.content import content_hash
from crm.values.concurrence import Answer
from crm.values.measures import Role, Standing
from tests.builders import system
from tests.builders_concurrence import Exchange, agree_all, answer, as_caller, make_exchange, person
from tests.crm.actions.test_concurrency import both

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def exchange() -> Exchange:
    return make_exchange()


def test_two_heads_of_one_unit_answer(exchange: Exchange) -> None:
    second = person("second", Role.TEAM_LEAD, exchange.climate)
    one, two = exchange.asked(exchange.climate), exchange.asked(exchange.climate)
    ended = both(
        lambda: answer(exchange.climate_head, one, Answer.AGREE, version=one.version),
        lambda: answer(second, two, Answer.DISAGREE, opinion="부지 미정", version=two.version),
    )
    assert ended == ["Stale", "done"]
    rows = Concurrence.history.filter(id=one.pk).exclude(answer="")
    assert rows.values("answer").distinct().count() == 1


@pytest.mark.parametrize("_round", range(3))
def test_two_units_answer_and_both_count(exchange: Exchange, _round: int) -> None:
    one, two = exchange.asked(exchange.climate), exchange.asked(exchange.economy)
    ended = both(lambda: answer(exchange.climate_head, one), lambda: answer(exchange.economy_head, two))
    assert ended == ["done", "done"]
    assert exchange.now().standing == Standing.CONFIRMED


def test_approved_and_returned(exchange: Exchange) -> None:
    agree_all(exchange)
    approval.submit(as_caller(exchange.drafter), exchange.now())
    second, seen = person("second", Role.BUREAU_HEAD, exchange.lead), content_hash(exchange.now())
    one, two = Approval.objects.get(), Approval.objects.get()
    ended = both(
        lambda: approval.approve(as_caller(exchange.head), one, content_hash=seen, version=one.version),
        lambda: approval.return_draft(as_caller(second), two, "금액 확인", version=two.version),
    )
    assert ended == ["Stale", "done"]


@pytest.mark.parametrize("_round", range(3))
def test_approved_and_edited(exchange: Exchange, _round: int) -> None:
    """Whoever comes first: what stands approved is what was read, or it is reopened."""
    agree_all(exchange)
    approval.submit(as_caller(exchange.drafter), exchange.now())
    found, seen, outcome = Approval.objects.get(), content_hash(exchange.now()), exchange.now()
    both(
        lambda: approval.approve(as_caller(exchange.head), found, content_hash=seen),
        lambda: outcomes.update_outcome(system(), outcome, title="㈜솔 변경협약"),
    )
    now = Approval.objects.get()
    assert now.status != "approved" or now.content_hash == content_hash(exchange.now())
