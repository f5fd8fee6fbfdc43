"""Publishing: the same report on any later day is the same bytes, and nothing can change what it says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import translation

from crm.actions import ledger, outcomes
from crm.actions.accounts import system_caller
from crm.actions.base import Caller, Forbidden
from crm.models import LedgerEntry, Publication
from crm.values.periods import Quarter
from reports.documents import FORMATS
from reports.publishing import hash_of, run_again
from tests.laws.scenarios import NOW, World, figure, make_world
from tests.reports.published import publish_quarterly

pytestmark = pytest.mark.django_db
PERIOD = Quarter(2023, 1)
AS_OF = NOW + timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


def at(world: World, **later: int) -> Caller:
    return replace(world.caller, now=AS_OF + timedelta(**later))


@pytest.fixture
def published(world: World) -> Publication:
    return publish_quarterly(at(world, hours=1), PERIOD, AS_OF, "ko")


def test_every_format_is_kept_with_its_hash(published: Publication) -> None:
    assert published.state == "published"
    assert sorted(file.format for file in published.files.all()) == sorted(FORMATS)
    for file in published.files.all():
        with default_storage.open(file.file.name) as kept:
            assert len(kept.read()) == file.size > 0


def test_made_again_after_the_record_moved_on_it_is_the_same_bytes(world: World, published: Publication) -> None:
    ledger.correct_figure(at(world, days=5), world.money, figure(value=Decimal(1)), "오기")
    outcomes.update_outcome(at(world, days=6), world.outcome, title="다른 이름", disclosure_level="closed")
    outcomes.archive_outcome(at(world, days=7), world.outcome, "두 번 기록됨")
    again = run_again(Publication.objects.get(pk=published.pk))
    assert [(one.format, one.is_same) for one in again.documents] == [(f, True) for f in sorted(FORMATS)]
    assert again.is_same


def test_a_document_that_was_changed_would_be_found(published: Publication) -> None:
    published.about = "2022Q4"
    assert not run_again(published).is_same


def test_who_asked_before_the_closing_and_writes_after_it_is_recorded_after_it(
    world: World, published: Publication
) -> None:
    late = replace(world.caller, now=AS_OF - timedelta(seconds=1))
    entry = ledger.post_figure(late, world.outcome, figure(value=Decimal(7)))
    assert entry.recorded_at == AS_OF + timedelta(microseconds=1)
    assert run_again(published).is_same


def test_history_from_before_a_published_report_is_refused(world: World, published: Publication) -> None:
    count = LedgerEntry.objects.count()
    before = system_caller(AS_OF + timedelta(days=1), AS_OF - timedelta(days=30))
    with translation.override("ko"), pytest.raises(ValidationError, match=r"2023\. 3\. 2\."):
        ledger.post_figure(before, world.outcome, figure())
    assert LedgerEntry.objects.count() == count


def test_what_is_archived_after_a_late_caller_can_be_restored(world: World, published: Publication) -> None:
    late = replace(world.caller, now=AS_OF - timedelta(seconds=1))
    outcomes.archive_outcome(late, world.outcome, "잘못 기록됨")
    outcomes.restore_outcome(at(world, days=3), world.outcome, "맞음")
    standing = LedgerEntry.objects.filter(outcome=world.outcome, reverses=None, reversed_by=None)
    assert {entry.measure for entry in standing} == {"count", "money"}


def test_editions_are_counted_and_a_second_press_makes_none(world: World) -> None:
    first = publish_quarterly(at(world, hours=1), PERIOD, AS_OF, "ko")
    again = publish_quarterly(at(world, hours=2), PERIOD, AS_OF, "ko", id=first.pk)
    second = publish_quarterly(at(world, hours=3), PERIOD, AS_OF, "ko")
    assert (first.edition, again.pk, second.edition) == (1, first.pk, 2)


def test_a_time_to_come_is_not_published(world: World) -> None:
    with pytest.raises(ValidationError):
        publish_quarterly(at(world), PERIOD, AS_OF + timedelta(days=9), "ko")
    assert not Publication.objects.exists()


def test_an_officer_publishes_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        publish_quarterly(Caller(world.officer, AS_OF, "page"), PERIOD, AS_OF, "ko")


@pytest.mark.parametrize(("level", "is_told"), [("open", True), ("partly", False)])
def test_values_that_are_kept_back_are_in_no_published_document(world: World, level: str, is_told: bool) -> None:
    outcomes.update_outcome(world.caller, world.outcome, disclosure_level=level)
    ledger.post_figure(world.caller, world.outcome, figure(value=Decimal(77_777_777), as_reported="7천7백만불"))
    published = publish_quarterly(at(world, hours=1), PERIOD, AS_OF, "ko")
    with default_storage.open(published.files.get(format="csv").file.name) as kept:
        text = kept.read().decode()
    assert ("7천7백만불" in text) is is_told


def test_the_hash_is_of_the_figures() -> None:
    world = make_world()
    from reports.figures.quarterly import quarterly

    before = hash_of(quarterly(PERIOD, AS_OF))
    assert before == hash_of(quarterly(PERIOD, AS_OF))
    ledger.post_figure(world.caller, world.outcome, figure(value=Decimal(7), value_date=date(2023, 1, 9)))
    assert before != hash_of(quarterly(PERIOD, datetime(2023, 3, 3, tzinfo=UTC)))
