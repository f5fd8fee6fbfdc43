"""Merging organisations: what moves, what collides, what is refused; and the way back."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from crm.actions import batches, concurrence, events, external_ids, merges, organisations, outcomes
from crm.actions.base import Caller, Conflict, Forbidden, Stale
from crm.models import Contact, ExternalId, FeedEntry, Merge, Organisation, OrganisationAlias, Party, SimilarPair
from crm.models.base import HistoryRow
from crm.queries.content import content_hash
from crm.queries.duplicates import alike_to, organisations_called, organisations_like, pairs_to_review
from crm.values.evidence import Grade
from crm.values.measures import PartyRole, Standing
from crm.values.periods import Quarter
from reports.figures.plain import plain_quarterly
from reports.figures.quarterly import quarterly
from tests.builders import (
    Cast,
    figure,
    make_cast,
    make_contact,
    make_event,
    make_organisation,
    make_outcome,
    system,
)

pytestmark = pytest.mark.django_db


def merged(kept: Organisation, gone: Organisation, **told: Any) -> Merge:
    for one in (kept, gone):
        one.refresh_from_db()
    return merges.merge_organisations(system(), kept, gone, **{"reason": "같은 회사", **told})


def undone(merge: Merge) -> Merge:
    return merges.undo_merge(system(), Merge.objects.get(pk=merge.pk))


def test_every_column_that_names_an_organisation_has_a_rule() -> None:
    told = {(model, field) for model, field in (*merges.MOVING, *merges.STAYING)}
    found = {
        (relation.related_model, relation.field.name)
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if relation.one_to_many and not issubclass(relation.related_model, HistoryRow)  # type: ignore[union-attr]
    }
    assert found == told


def test_what_was_the_one_s_is_the_other_s_and_back_again() -> None:
    kept, gone = make_organisation("㈜벤텍프런티어"), make_organisation("벤텍프론티어", ["VENTEC"], region="광주")
    event, other = make_event(), make_event("MWC")
    outcome = make_outcome(parties=[(gone, PartyRole.INVESTOR)])
    both = make_outcome("둘 다", parties=[(kept, PartyRole.INVESTOR), (gone, PartyRole.INVESTOR)])
    make_contact(gone)
    for company, where in ((kept, event), (gone, event), (gone, other)):
        events.record_participation(system(), organisation=company, event=where)
    external_ids.name_externally(system(), gone, "kotra", "K-1")

    merge = merged(kept, gone, take=["region"])

    kept.refresh_from_db(), gone.refresh_from_db()
    assert (gone.merged_into, gone.current(), kept.region) == (kept, kept, "광주")
    assert gone.archived_at is not None
    assert [p.organisation for p in outcome.parties.filter(archived_at=None)] == [kept]
    assert [p.organisation for p in both.parties.filter(archived_at=None)] == [kept]
    assert {p.event for p in kept.participations.filter(archived_at=None)} == {event, other}
    assert kept.participations.filter(archived_at=None).count() == 2 and kept.contacts.count() == 1
    assert ExternalId.objects.get(value="K-1").record_id == kept.pk
    assert organisations_called("벤텍프론티어") == [kept] and organisations_called("VENTEC") == [kept]
    assert pairs_to_review().count() == 0

    undone(merge)

    kept.refresh_from_db(), gone.refresh_from_db()
    assert (gone.merged_into, gone.archived_at, kept.region) == (None, None, "")
    assert [p.organisation for p in outcome.parties.filter(archived_at=None)] == [gone]
    assert {p.organisation for p in both.parties.filter(archived_at=None)} == {kept, gone}
    assert {p.event for p in gone.participations.filter(archived_at=None)} == {event, other}
    assert {p.event for p in kept.participations.filter(archived_at=None)} == {event}
    assert gone.contacts.count() == 1 and ExternalId.objects.get(value="K-1").record_id == gone.pk
    assert organisations_called("VENTEC") == [gone] and pairs_to_review().count() == 1


def test_the_name_may_be_taken_and_the_old_one_is_still_found() -> None:
    kept, gone = make_organisation("솔라텍"), make_organisation("솔라텍코리아")
    merge = merged(kept, gone, take=["name"])
    kept.refresh_from_db()
    assert kept.name == "솔라텍코리아" and kept.key == "솔라텍코리아"
    assert organisations_called("솔라텍") == [kept]
    undone(merge)
    kept.refresh_from_db()
    assert (kept.name, kept.key) == ("솔라텍", "솔라텍")
    assert organisations_called("솔라텍") == [kept]


def test_no_figure_moves_and_no_past_reading_either() -> None:
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    make_outcome(parties=[(gone, PartyRole.INVESTOR)], figures=[figure(5_000)], standing=Standing.CONFIRMED)
    make_outcome("둘", parties=[(gone, PartyRole.INVESTOR), (kept, PartyRole.INVESTOR)], figures=[figure(7_000)])
    before = datetime.now(UTC) + timedelta(microseconds=1)
    known = plain_quarterly(quarterly(Quarter(2023, 1), before))

    merge = merged(kept, gone)

    after = datetime.now(UTC) + timedelta(seconds=1)
    assert plain_quarterly(quarterly(Quarter(2023, 1), before)) == known
    now = quarterly(Quarter(2023, 1), after)
    assert now.quarter == quarterly(Quarter(2023, 1), before).quarter
    assert {name for o in now.outcomes for name, _role in o.parties} == {"가나다라"}
    undone(merge)
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert quarterly(Quarter(2023, 1), later).quarter == now.quarter


def test_what_a_department_said_still_holds_and_what_did_not_hold_does_not() -> None:
    cast: Cast = make_cast()
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    outcome = make_outcome(parties=[(gone, PartyRole.INVESTOR)], lead_unit=cast.unit)
    asked = concurrence.request_concurrence(system(), outcome, cast.other_unit)
    before = content_hash(outcome)

    merge = merged(kept, gone)

    asked.refresh_from_db()
    assert asked.archived_at is None and asked.content_hash == content_hash(outcome) != before
    undone(merge)
    asked.refresh_from_db()
    assert asked.content_hash == before


def test_two_legal_persons_are_two() -> None:
    kept = make_organisation("가나다라", business_registration_number="124-81-00998")
    gone = make_organisation("가나다러", business_registration_number="220-81-62517")
    with pytest.raises(ValidationError, match="법인"):
        merged(kept, gone)
    gone.refresh_from_db()
    assert gone.archived_at is None


@pytest.mark.parametrize("case", ["itself", "archived", "reason", "met"])
def test_what_cannot_be_merged_is_refused_and_nothing_is_written(case: str) -> None:
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    told = {"reason": " "} if case == "reason" else {}
    if case == "itself":
        gone = kept
    if case == "archived":
        merged(make_organisation("가나다로"), gone)
    if case == "met":
        talk = outcomes.Talk("상담일지", Grade.CITY_STATEMENT)
        met = {"exhibitor": kept, "buyer": gone, "met_on": date(2023, 1, 6)}
        outcomes.record_consultation(system(), talk, event=make_event(), **met)
    count = Merge.objects.count()
    with pytest.raises(ValidationError):
        merged(kept, gone, **told)
    assert Merge.objects.count() == count


def test_what_somebody_changed_meanwhile_is_looked_at_again() -> None:
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    seen = (kept.version, gone.version)
    organisations.update_organisation(system(), gone, region="부산")
    with pytest.raises(Stale):
        merged(kept, gone, versions=seen)


def test_the_way_back_is_closed_where_what_moved_is_a_third_s() -> None:
    kept, gone, third = make_organisation("가나다라"), make_organisation("가나다러"), make_organisation("마바사아")
    outcome = make_outcome(parties=[(gone, PartyRole.INVESTOR)])
    merge = merged(kept, gone, take=["region"])
    assert Party.objects.get(outcome=outcome, archived_at=None).organisation == kept
    second = merged(third, kept)
    with pytest.raises(Conflict, match="먼저"):
        undone(merge)
    undone(second)
    undone(merge)
    assert Party.objects.get(outcome=outcome, archived_at=None).organisation == gone
    with pytest.raises(Conflict):
        undone(merge)


def test_a_field_changed_since_is_not_overwritten_by_the_way_back() -> None:
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러", region="광주")
    merge = merged(kept, gone, take=["region"])
    kept.refresh_from_db()
    organisations.update_organisation(system(), kept, region="서울")
    with pytest.raises(Conflict, match="지역"):
        undone(merge)
    gone.refresh_from_db()
    assert gone.archived_at is not None


def test_mirrors_are_told_where_it_went() -> None:
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    merge = merged(kept, gone)
    told = FeedEntry.objects.filter(record_id=gone.pk).latest("id")
    assert (told.deleted, told.reason, told.merged_into) == (True, "merged", kept.pk)
    undone(merge)
    told = FeedEntry.objects.filter(record_id=gone.pk).latest("id")
    assert (told.deleted, told.reason, told.merged_into) == (False, "", None)


def test_officers_tell_apart_and_heads_merge() -> None:
    cast = make_cast()
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    officer = type(system())(cast.officer, system().now, "page")
    with pytest.raises(Forbidden):
        merges.merge_organisations(officer, kept, gone, reason="같은 회사")
    (pair,) = pairs_to_review()
    merges.tell_apart(officer, pair)
    assert not pairs_to_review().exists()
    organisations.update_organisation(system(), gone, name="가나다루")
    assert not pairs_to_review().exists()
    merges.ask_again(officer, SimilarPair.objects.get())
    assert pairs_to_review().count() == 1


def test_short_names_are_alike_only_when_they_are_the_same() -> None:
    make_organisation("솔"), make_organisation("설")
    assert not SimilarPair.objects.exists()
    make_organisation("㈜솔")
    assert [pair.is_same_key for pair in pairs_to_review()] == [True]


@pytest.mark.parametrize("typed", ["벤텍프론티어", "벤택프런티어", "벤텍 프런티어(주)", "뱬텍프런티어", "펜텍프런티어"])
def test_a_misspelling_is_found_among_many(typed: str) -> None:
    for number in range(60):
        make_organisation(f"벤{'가나다라마바'[number % 6]}{'사아자차카타'[number // 6 % 6]}상사{number}")
    wanted = make_organisation("벤텍프런티어")
    assert organisations_like(typed)[0] == wanted


NAMES = ["벤텍프런티어", "㈜벤텍프론티어", "벤택프런티어", "Ventek Frontier", "Ventec Frontier", "솔", "㈜솔", "설", "무등로봇",
         "무동로봇", "무등로보트", "광주전자부품", "전주전자부품", "새벽별반도체", "새벽벌반도체", "가", "韓國電子", "한국전자"]  # fmt: skip


def test_of_many_at_once_the_same_are_alike_as_one_by_one() -> None:
    made = [make_organisation(f"{name}{number or ''}") for number in range(3) for name in NAMES]
    made += [make_organisation(f"회사 {number}", aliases=[NAMES[number]]) for number in range(6)]
    merged(made[0], made.pop(1))
    one_by_one = {one.pk: alike_to([one])[one.pk] for one in made}
    assert alike_to(made) == one_by_one
    assert len(made) > 20 < sum(len(others) for others in one_by_one.values()), "many, and alike"


def test_a_batch_leaves_the_pairs_that_its_rows_would_leave_alone() -> None:
    make_organisation("벤텍프런티어")
    batches.record_batch(
        system(), [partial(_record, name=name, aliases=[f"{name} 지사"]) for name in (*NAMES[1:], *"나다라마바")]
    )
    assert_every_pair_is_noted()


def test_a_batch_may_leave_its_names_to_be_compared_later() -> None:
    make_organisation("벤텍프런티어")
    waiting: list[UUID] = []
    makes = [partial(_record, name=name) for name in (*NAMES[1:], *"나다라마바")]
    batches.record_batch(system(), makes, waiting.extend)
    assert len(waiting) == len(makes) and not SimilarPair.objects.exists()
    for _turn in range(2):
        merges.note_similar_names(system(), waiting)
        assert_every_pair_is_noted()


def assert_every_pair_is_noted() -> None:
    alike = {one.pk: alike_to([one])[one.pk] for one in Organisation.objects.all()}
    found = {frozenset((pair.first_id, pair.second_id)) for pair in SimilarPair.objects.all()}
    assert found == {frozenset((one, other)) for one, others in alike.items() for other in others}
    names = {frozenset((pair.first.name, pair.second.name)) for pair in pairs_to_review()}
    assert {frozenset(("벤텍프런티어", "㈜벤텍프론티어")), frozenset(("솔", "㈜솔"))} <= names


def _record(caller: Caller, **fields: Any) -> Organisation:
    return organisations.record_organisation(caller, **fields)


def test_nothing_is_added_to_one_that_was_merged_away() -> None:
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    seen, person = Organisation.objects.get(pk=gone.pk), make_contact(kept)
    merged(kept, gone)
    last = make_organisation("마바사아")
    merged(last, kept)
    for one in (seen, Organisation.objects.get(pk=gone.pk)):  # whoever read it before the merge, and after it
        with pytest.raises(Conflict, match="마바사아"):
            organisations.add_alias(system(), one, name="GNDR")
        with pytest.raises(Conflict, match="마바사아"):
            make_contact(one)
        with pytest.raises(Conflict, match="마바사아"):
            organisations.update_contact(system(), Contact.objects.get(pk=person.pk), organisation=one)
    assert Contact.objects.get().organisation == last
    assert not OrganisationAlias.objects.filter(organisation=gone).exists()


def test_two_add_to_one_organisation_at_once() -> None:
    company = make_organisation("가나다라")
    seen = Organisation.objects.get(pk=company.pk)
    organisations.add_alias(system(), company, name="하나")
    organisations.add_alias(system(), seen, name="둘")
    assert {alias.name for alias in company.aliases.all()} == {"하나", "둘"}
