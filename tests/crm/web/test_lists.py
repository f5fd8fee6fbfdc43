"""Organisations, events and follow-ups as lists: narrowed in words, kept, with chosen columns, as a file."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from crm.actions.events import record_participation
from crm.models import SavedFilter
from crm.values.measures import EventKind, FollowUpStatus, PartyRole
from tests.builders import Cast, make_event, make_follow_up, make_organisation, make_outcome, system

Text = Callable[[Any], str]


def listed(client: Client, place: str, **query: Any) -> list[str]:
    return [line.main.text for line in client.get(f"/{place}/", query).context["page"].lines]


def words(client: Client, place: str, **query: Any) -> list[str]:
    return [word.text for word in client.get(f"/{place}/", query).context["page"].filters.words]


def exported(client: Client, place: str, **query: Any) -> list[tuple[Any, ...]]:
    answer = client.get(f"/{place}/export/", {**query, "format": "xlsx"})
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


@pytest.fixture
def companies(cast: Cast) -> None:
    party = make_organisation("㈜솔", region="광주광역시", sector="의료기기", country="KR")
    make_outcome(parties=[(party, PartyRole.INVESTOR)])
    exhibitor = make_organisation("하늘", country="US", name_en="Haneul Inc.", aliases=["스카이"])
    record_participation(system(), event=make_event(), organisation=exhibitor)
    make_organisation("가온", region="전남")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["가온", "㈜솔", "하늘"]),
        ({"country": "US"}, ["하늘"]),
        ({"region": "광주"}, ["㈜솔"]),
        ({"sector": "의료"}, ["㈜솔"]),
        ({"tied": "outcomes"}, ["㈜솔"]),
        ({"tied": "events"}, ["하늘"]),
        ({"tied": "nothing"}, ["가온"]),
        ({"sort": "latest"}, ["가온", "하늘", "㈜솔"]),
        ({"q": "스카이", "country": "US"}, ["하늘"]),
        ({"country": "XX", "sort": "nonsense"}, ["가온", "㈜솔", "하늘"]),
    ],
)
def test_organisations_are_narrowed(officer: Client, companies: None, query: dict[str, str], found: list[str]) -> None:
    assert listed(officer, "organisations", **query) == found


def test_organisations_are_narrowed_in_words_that_are_kept(officer: Client, companies: None, text: Text) -> None:
    assert words(officer, "organisations", country="US", tied="events") == ["국가: 미국", "우리와의 관계: 행사 참가"]
    kept = {"place": "organisations", "query": "country=US", "name": "미국 기업"}
    assert "미국 기업" in text(officer.post("/filters/", kept, follow=True))
    assert SavedFilter.objects.get().place == "organisations"


def test_organisations_as_a_file(officer: Client, companies: None) -> None:
    rows = exported(officer, "organisations", country="US", columns=["name_en", "aliases"])
    assert ("이름", "영문 이름", "다른 이름") in [row[:3] for row in rows]
    assert ("하늘", "Haneul Inc.", "스카이") in [row[:3] for row in rows]
    assert "㈜솔" not in {cell for row in rows for cell in row}


def test_events_are_narrowed_sorted_and_exported_with_their_counts(cast: Cast, officer: Client) -> None:
    ces = make_event(country="US", city="Las Vegas", lead_unit=cast.unit)
    make_event("나 경진대회", kind=EventKind.PITCH_COMPETITION, starts_on=ces.starts_on + timedelta(400), ends_on=None)
    make_outcome(event=ces)
    assert listed(officer, "events") == ["나 경진대회", "CES 2023"]
    assert listed(officer, "events", sort="name") == ["CES 2023", "나 경진대회"]
    assert listed(officer, "events", year="2023") == listed(officer, "events", lead_unit=str(cast.unit.pk))
    assert listed(officer, "events", kind="pitch_competition") == listed(officer, "events", q="경진") == ["나 경진대회"]
    assert words(officer, "events", year="2023") == ["연도: 2023"]
    rows = exported(officer, "events", columns=["starts_on", "outcomes"])
    counts = {row[0]: row[2] for row in rows if len(row) > 2}
    assert (counts["CES 2023"], counts["나 경진대회"]) == (1, 0)


def test_follow_ups_keep_their_tab_while_they_are_narrowed(cast: Cast, officer: Client, text: Text) -> None:
    today = timezone.localdate()
    make_follow_up("착공 확인", outcome=make_outcome(), org_unit=cast.unit, due_on=today - timedelta(2))
    make_follow_up("송금 확인", outcome=make_outcome(), assignee=cast.outsider, due_on=today - timedelta(1))
    make_follow_up(
        "끝난 확인",
        outcome=make_outcome(),
        org_unit=cast.unit,
        status=FollowUpStatus.DONE,
        done_on=today,
        result="착공 완료",
    )
    late = {"show": "overdue", "org_unit": str(cast.unit.pk)}
    page = officer.get("/follow-ups/", late).context["page"]
    assert [(line.main.text, line.mark.text) for line in page.lines] == [("착공 확인", "2일 지남")]
    tabs = {label: (address, is_shown) for label, address, is_shown in page.tabs}
    assert tabs["기한 지남"][1] and f"org_unit={cast.unit.pk}" in tabs["완료·중단"][0]
    done = officer.get(f"/follow-ups/{tabs['완료·중단'][0]}")
    assert [line.main.text for line in done.context["page"].lines] == ["끝난 확인"] and "착공 완료" in text(done)
    assert '<input type="hidden" name="show" value="overdue"' in officer.get("/follow-ups/", late).content.decode()
    assert listed(officer, "follow-ups", assignee=str(cast.outsider.pk)) == ["송금 확인"]
    assert "착공 확인" in {cell for row in exported(officer, "follow-ups", **late) for cell in row}


def test_a_follow_up_is_completed_in_the_list(cast: Cast, officer: Client, text: Text) -> None:
    task = make_follow_up("착공 확인", outcome=make_outcome(), assignee=cast.officer)
    place = "/follow-ups/?show=mine&q=%EC%B0%A9%EA%B3%B5"
    page = officer.get(place).content.decode()
    assert f'action="/follow-ups/{task.pk}/complete/"' in page
    sent = {"version": task.version, "done_on": "2023-04-07", "result": "확인함", "next": place}
    assert officer.post(f"/follow-ups/{task.pk}/complete/", sent)["Location"] == place
    assert listed(officer, "follow-ups", show="mine") == []
