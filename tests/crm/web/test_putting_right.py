"""A mistake is put right where it is seen: a sitting, a participation, another name, a document, an event. What is put
away comes back at a click, and what keeps it is said."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.actions import documents, events, ledger, outcomes
from crm.actions.events import GOING_ALONG, HANGING
from crm.models import Consultation, Document, Event, LedgerEntry, OrganisationAlias, Participation
from crm.models.base import Record
from crm.queries.standing_entries import standing_entries
from crm.values.evidence import Grade
from crm.values.measures import Cause, Measure, OutcomeKind, Standing
from tests.builders import Cast, figure, make_document, make_event, make_organisation, make_outcome, system
from tests.crm.web.conftest import SignIn

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]


@pytest.fixture
def sitting(cast: Cast) -> Consultation:
    talk = outcomes.Talk("참가기업", "USD", Decimal(5000), Decimal(1000))
    sides = {"exhibitor": make_organisation("㈜솔"), "buyer": make_organisation("Virus Xbuster")}
    return outcomes.record_consultation(system(), talk, event=make_event(), met_on=date(2023, 1, 6), **sides)


def standing(sitting: Consultation) -> dict[str, Decimal]:
    return {f"{entry.measure} {entry.series}": entry.value for entry in standing_entries().filter(consultation=sitting)}


def undo(page: Any) -> tuple[str, dict[str, str]]:
    """Where the message's button leads, and what it sends."""
    found = re.search(r'class="messages".*?<form[^>]*action="([^"]+)">(.*?)</form>', page.content.decode(), re.DOTALL)
    assert found, page.content.decode()
    return found[1], dict(re.findall(r'name="([^"]+)" value="([^"]*)"', found[2]))


def test_a_consultation_is_corrected_where_it_is_seen(
    officer: Client, sitting: Consultation, fields: Fields, text: Text
) -> None:
    """Its amounts by reversal, with a reason; what is the same stays in the ledger as it is."""
    page, expected = f"/consultations/{sitting.pk}/", standing_entries().get(series="expected")
    assert page in officer.get(f"/events/{sitting.event_id}/part/").content.decode()
    sent = fields(officer.get(page)) | {"consulted": "USD 7,000", "content": "정수기 500대"}
    refused = officer.post(page, sent)
    assert refused.context["form"].errors["reason"] and standing(sitting)["money consulted"] == 5000
    assert officer.post(page, sent | {"reason": "천 단위 오기"}).status_code == 302
    assert standing(sitting) == {"count consulted": 1, "money consulted": 7000, "money expected": 1000}
    assert standing_entries().get(series="expected") == expected
    corrected = standing_entries().get(measure=Measure.MONEY, series="consulted")
    assert (corrected.cause, corrected.reason) == (Cause.CORRECTION, "천 단위 오기")
    assert Consultation.objects.get().content == "정수기 500대"


def test_words_of_a_consultation_change_without_a_reason(
    officer: Client, sitting: Consultation, fields: Fields
) -> None:
    before, page = LedgerEntry.objects.count(), f"/consultations/{sitting.pk}/"
    officer.post(page, fields(officer.get(page)) | {"note": "통역 있음"})
    assert Consultation.objects.get().note == "통역 있음" and LedgerEntry.objects.count() == before
    amended = fields(officer.get(page)) | {"expected": "", "reason": "계약 의사 없음", "met_on": "2023-01-07"}
    assert officer.post(page, amended).status_code == 302
    assert standing(sitting) == {"count consulted": 1, "money consulted": 5000}
    assert {e.value_date for e in standing_entries()} == {date(2023, 1, 7)}


def test_an_amount_is_refused_at_its_field_and_a_faster_change_is_told(
    officer: Client, sitting: Consultation, fields: Fields, text: Text
) -> None:
    page = f"/consultations/{sitting.pk}/"
    sent = fields(officer.get(page))
    wrong = officer.post(page, sent | {"consulted": "많음", "buyer": "모르는 회사"})
    assert set(wrong.context["form"].errors) == {"consulted", "buyer"}
    outcomes.update_consultation(system(), sitting, note="다른 사람이 고침")
    late = officer.post(page, sent | {"content": "내 것"})
    assert "그사이" in text(late) and "다른 사람이 고침" in text(late)
    assert Consultation.objects.get().content == ""


def test_a_sitting_that_was_none_leaves_the_totals_and_comes_back(
    officer: Client, sitting: Consultation, text: Text
) -> None:
    page = f"/consultations/{sitting.pk}/archive/"
    assert "집계에서 빠집니다" in text(officer.get(page))
    assert officer.post(page, {"reason": " "}).context["form"].errors["reason"]
    done = officer.post(page, {"reason": "없던 상담"}, follow=True)
    assert standing(sitting) == {} and "Virus" not in text(officer.get(f"/events/{sitting.event_id}/part/"))
    assert officer.get(f"/consultations/{sitting.pk}/").status_code == 302
    address, sent = undo(done)
    officer.post(address, sent)
    assert standing(sitting) == {"count consulted": 1, "money consulted": 5000, "money expected": 1000}


def a_participation(cast: Cast) -> tuple[Record, str]:
    made = events.record_participation(system(), event=make_event(), organisation=make_organisation())
    return made, f"/events/{made.event_id}/part/"


def an_alias(cast: Cast) -> tuple[Record, str]:
    company = make_organisation("㈜솔", aliases=["쏠라"])
    return OrganisationAlias.objects.get(), f"/organisations/{company.pk}/"


def a_document(cast: Cast) -> tuple[Record, str]:
    outcome = make_outcome("협약", lead_unit=cast.unit)
    return make_document(outcome), f"/outcomes/{outcome.pk}/evidence/"


def an_event(cast: Cast) -> tuple[Record, str]:
    made = make_event("두 번 적은 행사")
    return made, f"/events/{made.pk}/"


def a_consultation(cast: Cast) -> tuple[Record, str]:
    sides = {"exhibitor": make_organisation("㈜솔"), "buyer": make_organisation("Virus Xbuster")}
    talk = outcomes.Talk("참가기업", "USD", Decimal(5000))
    made = outcomes.record_consultation(system(), talk, event=make_event(), met_on=date(2023, 1, 6), **sides)
    return made, f"/events/{made.event_id}/part/"


@pytest.mark.parametrize(
    ("make", "place", "on_the_way", "show", "called"),
    [
        (a_participation, "participations", True, "participations", "솔"),
        (an_alias, "aliases", False, "aliases", "쏠라"),
        (a_document, "documents", True, "documents", "협약서"),
        (an_event, "events", False, "events", "두 번"),
        (a_consultation, "consultations", True, "consultations", "virus"),
    ],
)
def test_what_was_put_away_is_undone_and_brought_back_from_the_archive(
    cast: Cast, officer: Client, leader: Client, make: Any, place: str, on_the_way: bool, show: str, called: str
) -> None:
    record, seen = make(cast)
    away, listed = f"/{place}/{record.pk}/archive/", f"/outcomes/archive/?show={show}&q={called}"
    door = officer.get(seen).content.decode()
    assert (f"/{place}/{record.pk}/" if on_the_way else away) in door
    if on_the_way:
        assert away in officer.get(f"/{place}/{record.pk}/").content.decode()
    assert away not in leader.get(seen).content.decode() and leader.post(away, {"reason": "오기"}).status_code == 403

    def stands() -> bool:
        record.refresh_from_db()
        return record.archived_at is None

    address, sent = undo(officer.post(away, {"reason": "오기"}, follow=True))
    assert not stands() and leader.post(address, sent).status_code == 403
    assert officer.get(address).status_code == 405
    officer.post(address, sent)
    assert stands()
    officer.post(away, {"reason": "오기"})
    assert not stands()
    (line,) = leader.get(listed).context["page"].lines
    assert line.restore == "" and officer.get(f"/outcomes/archive/?show={show}&q=없음").context["page"].lines == ()
    page = officer.get(listed)
    (line,) = page.context["page"].lines
    assert line.who == "담당자" and f'action="{line.restore}"' in page.content.decode()
    back = officer.post(line.restore, {"next": page.context["page"].here})
    assert stands() and back["Location"] == page.context["page"].here


def test_a_document_on_which_something_rests_is_kept(cast: Cast, officer: Client, text: Text) -> None:
    """Where a figure rests on it, and where an outcome is confirmed by nothing else."""
    outcome = make_outcome("수출계약", lead_unit=cast.unit)
    paper = make_document(outcome)
    entry = ledger.post_figure(system(), outcome, figure(evidence=paper, evidence_grade=Grade.SIGNED_DOCUMENT))
    away = f"/documents/{paper.pk}/archive/"
    assert "근거로 한 수치" in text(officer.post(away, {"reason": "다른 회사의 것"}))
    assert Document.objects.get().archived_at is None
    ledger.reverse_figure(system(), entry, Cause.CORRECTION, "오기")
    officer.post(away, {"reason": "다른 회사의 것"})
    assert Document.objects.get().archived_at is not None

    proved = make_outcome(
        "통관 실적", lead_unit=cast.unit, kind=OutcomeKind.REALISED_EXPORT, standing=Standing.UNCONFIRMED
    )
    alone = make_document(proved, grade=Grade.OFFICIAL_RECORD)
    outcomes.update_outcome(system(), proved, standing=Standing.CONFIRMED)
    assert "이 문서만으로" in text(officer.post(f"/documents/{alone.pk}/archive/", {"reason": "오기"}))
    make_document(proved, b"%PDF-1.5", grade=Grade.SIGNED_DOCUMENT)
    officer.post(f"/documents/{alone.pk}/archive/", {"reason": "오기"})
    alone.refresh_from_db()
    assert alone.archived_at is not None


def test_what_is_said_of_a_document_is_changed_by_those_who_may(
    cast: Cast, officer: Client, signed_in: SignIn, fields: Fields
) -> None:
    paper = make_document(make_outcome("협약", lead_unit=cast.unit))
    page = f"/documents/{paper.pk}/"
    assert signed_in(cast.outsider).get(page).status_code == 403
    officer.post(page, fields(officer.get(page)) | {"title": "투자협약서 원본"})
    assert Document.objects.get().title == "투자협약서 원본"


def test_an_event_on_which_something_hangs_is_kept_and_says_what(
    cast: Cast, officer: Client, signed_in: SignIn, text: Text
) -> None:
    """And nothing comes back to an event that is put away."""
    event = make_event()
    outcome = make_outcome("협약", event=event, lead_unit=cast.unit)
    events.record_participation(system(), event=event, organisation=make_organisation())
    told = text(officer.post(f"/events/{event.pk}/archive/", {"reason": "두 번 적음"}))
    assert "성과 1" in told and "참가 1" in told and Event.objects.get().archived_at is None
    outcomes.archive_outcome(system(), outcome, "두 번 적음")
    events.archive_participation(system(), Participation.objects.get())
    officer.post(f"/events/{event.pk}/archive/", {"reason": "두 번 적음"})
    assert Event.objects.get().archived_at is not None
    assert f"/events/{event.pk}/edit/" not in officer.get(f"/events/{event.pk}/").content.decode()
    for page in (f"/participations/{Participation.objects.get().pk}/restore/", f"/outcomes/{outcome.pk}/restore/"):
        told = text(signed_in(cast.teamlead).post(page, {"reason": "되돌림"}, follow=True))
        assert f"{event.name}: 보관된 기록" in told
    outcome.refresh_from_db()
    assert None not in (Participation.objects.get().archived_at, outcome.archived_at)


def test_nothing_hangs_on_an_event_that_does_not_keep_it() -> None:
    """Every kind of record that names an event either keeps it or goes along with it."""
    naming = {
        relation.related_model for relation in Event._meta.related_objects if issubclass(relation.related_model, Record)
    }
    assert naming == {*HANGING, *GOING_ALONG}


def test_who_took_part_again_meanwhile_keeps_the_mistaken_one_in_the_archive(officer: Client, cast: Cast) -> None:
    first = events.record_participation(system(), event=make_event(), organisation=make_organisation())
    events.archive_participation(system(), first)
    events.record_participation(system(), event=first.event, organisation=first.organisation)
    told = officer.post(reverse("participation-restore", args=[first.pk]), follow=True).content.decode()
    assert 'class="notice error"' in told
    first.refresh_from_db()
    assert first.archived_at is not None


def test_the_archive_takes_no_more_queries_for_more(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        paper = make_document(make_outcome(f"협약 {number}", lead_unit=cast.other_unit), str(number).encode())
        documents.archive_document(system(), paper, "오기")
    officer = signed_in(cast.officer)
    shown = {key for key, _name, _is_shown in officer.get("/outcomes/archive/").context["page"].tabs}
    assert {"events", "aliases", "targets", "costs", "links", "filters"} < shown
    for key in shown:
        with django_assert_max_num_queries(12):
            assert officer.get(f"/outcomes/archive/?show={key}&q=협약").status_code == 200
