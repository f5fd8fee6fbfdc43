"""What lists are narrowed by stands beside the records: after every action it says what they say, and to every reader
only of what the reader may see."""

from typing import Any

import pytest

from crm import listings
from crm.actions import documents, outcomes
from crm.models import Account, Document, ListedOutcome, Outcome
from crm.permissions import kept_from, masked, readable
from crm.queries.work_lists import strong_evidence
from crm.values.evidence import Grade
from crm.values.measures import Disclosure
from tests.builders import Cast, figure, make_cast, make_document, make_outcome, system
from tests.builders_concurrence import make_exchange
from tests.laws.scenarios import SCENARIOS, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def as_they_are() -> list[dict[str, Any]]:
    proven = set(Outcome.objects.filter(strong_evidence()).values_list("pk", flat=True))
    return [_told(listings.listed(outcome, outcome.pk in proven)) for outcome in Outcome.objects.order_by("pk")]


def as_listed() -> list[dict[str, Any]]:
    return [_told(listed) for listed in ListedOutcome.objects.order_by("pk")]


def _told(listed: ListedOutcome) -> dict[str, Any]:
    return {field.attname: getattr(listed, field.attname) for field in ListedOutcome._meta.concrete_fields}


@pytest.mark.parametrize("name", SCENARIOS)
def test_after_every_action(world: World, name: str) -> None:
    SCENARIOS[name](world)
    assert as_listed() == as_they_are()


def missing() -> set[str]:
    return set(ListedOutcome.objects.filter(is_proven=False, is_archived=False).values_list("title", flat=True))


def test_a_document_proves_its_outcome_as_long_as_it_is_told_to(cast: Cast) -> None:
    first, second = make_outcome("첫째"), make_outcome("둘째")
    paper = make_document(first)
    assert missing() == {"둘째"}
    documents.update_document(system(), Document.objects.get(pk=paper.pk), outcome=second)
    assert missing() == {"첫째"} and as_listed() == as_they_are()
    documents.update_document(system(), Document.objects.get(pk=paper.pk), grade=Grade.PRESS)
    assert missing() == {"첫째", "둘째"}


def test_a_figure_proves_its_outcome_as_long_as_it_stands(cast: Cast) -> None:
    outcome = make_outcome(figures=[figure(evidence_grade=Grade.OFFICIAL_RECORD)])
    assert missing() == set()
    outcomes.archive_outcome(system(), outcome, "두 번 기록됨")
    assert ListedOutcome.objects.get().is_archived and as_listed() == as_they_are()
    outcomes.restore_outcome(system(), Outcome.objects.get(), "다시 필요")
    assert missing() == set() and as_listed() == as_they_are()


@pytest.fixture
def disclosed(cast: Cast) -> list[Account]:
    """Outcomes of every level, led, cooperated in, asked about and nobody's; and who looks at them."""
    for level in Disclosure:
        make_outcome(f"{level} 주관", lead_unit=cast.unit, disclosure_level=level)
        make_outcome(f"{level} 협조", lead_unit=cast.other_unit, cooperating=[cast.unit], disclosure_level=level)
        make_outcome(f"{level} 남의", lead_unit=cast.other_unit, disclosure_level=level)
        make_outcome(f"{level} 주관 없음", disclosure_level=level)
    exchange = make_exchange(disclosure_level=Disclosure.CLOSED)
    return [cast.officer, cast.outsider, cast.leader, cast.admin, exchange.drafter, exchange.climate_officer]


def test_a_reader_s_lists_hold_what_the_reader_may_see(disclosed: list[Account]) -> None:
    for reader in disclosed:
        shown = set(readable(reader, Outcome.objects.all()).values_list("pk", flat=True))
        assert set(readable(reader, ListedOutcome.objects.all()).values_list("pk", flat=True)) == shown
        kept = kept_from(reader)
        listed = set() if kept is None else set(ListedOutcome.objects.filter(kept).values_list("pk", flat=True))
        assert listed == set(masked(reader, Outcome.objects.all())), reader
