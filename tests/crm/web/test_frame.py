"""What surrounds every page: navigation, the demonstration's banner, error pages, nothing inline, nothing outside."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from crm.actions import follow_ups, org_units
from crm.models import Account
from tests.builders import (
    Cast,
    figure,
    make_contact,
    make_document,
    make_event,
    make_follow_up,
    make_organisation,
    make_outcome,
    money_of,
    system,
)

Text = Callable[[Any], str]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)


def addresses(cast: Cast) -> Iterator[str]:
    outcome = make_outcome(figures=[figure()], event=make_event())
    sol = make_organisation()
    make_document(outcome)
    entry, contact, task = money_of(outcome), make_contact(sol), make_follow_up(outcome=outcome)
    follow_ups.record_directive(system(), text="실증 방안", event=outcome.event, given_on="2023-02-07")
    org_units.record_programme(system(), name="AI 2단계 사업")
    for name in ("today", "events", "event-new", "outcomes", "outcome-new", "organisations", "organisation-new"):
        yield reverse(name)
    for name in ("follow-ups", "programmes", "org-units"):
        yield reverse(name)
    for name, pk in [
        *[(n, outcome.pk) for n in ("outcome", "outcome-edit", "outcome-archive", "figure-new", "follow-up-new")],
        *[("document-new", outcome.pk), ("figure-correct", entry.pk), ("figure-take-back", entry.pk)],
        *[(n, outcome.event_id) for n in ("event", "event-edit", "claim-new")],
        *[(n, sol.pk) for n in ("organisation", "organisation-edit", "alias-new", "contact-new")],
        *[("contact-show", contact.pk), ("follow-up", task.pk)],
    ]:
        yield reverse(name, args=[pk])


def test_every_page_opens_with_nothing_inline_and_nothing_from_outside(
    cast: Cast, signed_in: Callable[[Account], Client]
) -> None:
    teamlead = signed_in(cast.teamlead)
    for address in addresses(cast):
        answer = teamlead.get(address)
        assert answer.status_code == 200, address
        body = answer.content.decode()
        assert not INLINE.search(body), (address, INLINE.search(body))
        assert not OUTSIDE.search(body), address
        assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_every_page_is_said_in_korean(cast: Cast, signed_in: Callable[[Account], Client], text: Text) -> None:
    """Words that only the untranslated page would have."""
    teamlead = signed_in(cast.teamlead)
    english = re.compile(r"\b(?:the|of|and|is|not|Save|Cancel|Edit|Kind|Title|Name|Source|required)\b")
    for address in addresses(cast):
        found = english.findall(text(teamlead.get(address)))
        assert not found, (address, found)


def test_the_menu_marks_where_one_is(officer: Client) -> None:
    body = officer.get("/outcomes/").content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', body) == ["/outcomes/"]
    for place in ("/", "/events/", "/organisations/", "/follow-ups/", "/reports/quarterly/"):
        assert re.search(rf'<li><a href="{place}"( data-key="[a-z]")?>', body), place


def test_demonstration_data_is_called_that(officer: Client, settings: Settings, text: Text) -> None:
    assert "시연 데이터" not in text(officer.get("/"))
    settings.IS_DEMO = True
    assert "시연 데이터" in text(officer.get("/"))


def test_a_forbidden_page_says_so_in_the_readers_language(leader: Client, text: Text) -> None:
    answer = leader.get("/outcomes/new/")
    assert answer.status_code == 403 and "권한이 없습니다" in text(answer)
    leader.cookies["django_language"] = "en"
    assert "Not allowed" in text(leader.get("/outcomes/new/"))


def test_a_page_that_is_not_there(officer: Client, client: Client, text: Text) -> None:
    for reader in (officer, client):
        answer = reader.get("/nothing/")
        assert answer.status_code == 404 and "찾을 수 없습니다" in text(answer)


def test_a_form_without_its_token_is_refused(cast: Cast, text: Text) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    answer = client.post("/outcomes/new/", {})
    assert answer.status_code == 403 and "양식이 만료되었습니다" in text(answer)


def test_signing_in_from_a_tab_opened_earlier_is_asked_once_more(cast: Cast, text: Text) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"username": "officer", "password": "x", "next": "/outcomes/"}, follow=True)
    assert answer.redirect_chain == [("/login/?next=%2Foutcomes%2F", 302)]
    assert "이전에 열린 화면이었습니다" in text(answer)
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    answer = client.post("/login/", {"username": "officer", "password": "x", "next": "/outcomes/"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/outcomes/" and answer.status_code == 200
    assert "이전에 열린 화면이었습니다" not in text(answer)


def test_a_fault_of_ours_is_owned_up_to(officer: Client, monkeypatch: pytest.MonkeyPatch, text: Text) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("crm.web.views.today.today_page", broken)
    officer.raise_request_exception = False
    answer = officer.get("/")
    assert answer.status_code == 500 and "시스템 오류이며" in text(answer) and "secret" not in text(answer)


def test_programmes_and_units_are_listed(officer: Client, text: Text) -> None:
    programme = org_units.record_programme(system(), name="AI 2단계 사업")
    org_units.record_programme_status(system(), programme, "2025-08-22", "예타 면제", "보도")
    assert "2025. 8. 22. 예타 면제 (보도)" in text(officer.get("/programmes/"))
    assert "인공지능산업국" in text(officer.get("/org-units/"))


def test_what_is_too_long_is_called_so(officer: Client, settings: Settings, text: Text) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = officer.post(reverse("outcome-new"), {"note": "가" * 1000})
    assert answer.status_code == 413
    assert "내용이 너무 깁니다" in text(answer)
    assert "저장하지 못했습니다" in text(answer)
