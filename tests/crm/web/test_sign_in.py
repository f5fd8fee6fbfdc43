"""Signing in and out, the language, and what is open to nobody else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from crm.actions.accounts import update_account
from crm.web.urls import urlpatterns
from tests.builders import PASSWORD, Cast, system

OPEN_TO_ALL = {"healthz", "readyz", "login", "partner", "calendar-feed", "look", "booth-worker", "booth-file"}
NAMES = sorted({p.name for p in urlpatterns if getattr(p, "name", None)} - OPEN_TO_ALL - {"logout"})


def address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[UUID(int=1)])


def sign_in(client: Client, username: str = "officer", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login/", {"username": username, "password": password, **more})


def test_one_signs_in_and_stands_on_the_days_page(cast: Cast, client: Client, text: Callable[[Any], str]) -> None:
    answer = sign_in(client)

    assert answer.status_code == 302 and answer["Location"] == "/"
    assert "담당자 담당자 · 인공지능산업국" in text(client.get("/"))


def test_one_comes_back_to_the_page_that_was_asked_for(cast: Cast, client: Client) -> None:
    asked = client.get("/outcomes/?kind=promise")
    assert asked["Location"] == "/login/?next=/outcomes/%3Fkind%3Dpromise"
    assert sign_in(client, next="/outcomes/?kind=promise")["Location"] == "/outcomes/?kind=promise"


@pytest.mark.parametrize("sent_to", ["/changes/{0}/undo/", "/reports/runs/new/", "/outcomes/bulk/"])
def test_one_who_sent_a_form_too_late_comes_back_to_its_page(cast: Cast, client: Client, sent_to: str) -> None:
    form = "http://testserver/outcomes/?kind=promise#rows"
    asked = client.post(sent_to.format(UUID(int=1)), headers={"Referer": form})
    assert asked["Location"] == "/login/?next=/outcomes/%3Fkind%3Dpromise"


@pytest.mark.parametrize("referer", ["https://example.org/outcomes/", "//example.org/", "javascript:alert(1)", ""])
def test_a_page_of_another_host_is_none_to_come_back_to(cast: Cast, client: Client, referer: str) -> None:
    headers = {"Referer": referer} if referer else {}
    assert client.post("/outcomes/bulk/", headers=headers)["Location"] == "/login/?next=/outcomes/bulk/"


def test_nobody_is_sent_to_another_host(cast: Cast, client: Client) -> None:
    assert sign_in(client, next="https://example.org/")["Location"] == "/"


def test_signing_out_ends_it(officer: Client) -> None:
    assert officer.post("/logout/")["Location"] == "/login/"
    assert officer.get("/")["Location"] == "/login/?next=/"


@pytest.mark.parametrize("name", NAMES)
def test_everything_else_takes_signing_in(db: None, client: Client, name: str) -> None:
    for answer in (client.get(address(name)), client.post(address(name))):
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/login/")


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(
    cast: Cast, client: Client, text: Callable[[Any], str]
) -> None:
    wrong_password = text(sign_in(client, password="something-else"))
    wrong_name = text(sign_in(client, username="nobody"))
    assert "사용자 이름 또는 비밀번호가 맞지 않습니다." in wrong_password
    assert wrong_password == wrong_name


def test_a_closed_account_stays_out(cast: Cast, client: Client) -> None:
    update_account(system(), cast.officer, is_active=False)
    assert sign_in(client).status_code == 200


def test_after_ten_wrong_passwords_one_is_locked_out(cast: Cast, client: Client, text: Callable[[Any], str]) -> None:
    answers = [sign_in(client, password="wrong") for _i in range(10)]

    assert answers[-1].status_code == 429
    assert "로그인이 잠시 잠겼습니다" in text(answers[-1])
    assert sign_in(client).status_code == 429


def test_the_language_is_korean_until_english_is_chosen(officer: Client, text: Callable[[Any], str]) -> None:
    assert "후속조치" in text(officer.get("/", headers={"accept-language": "en"}))

    answer = officer.post("/i18n/setlang/", {"language": "en", "next": "/outcomes/"})

    assert answer["Location"] == "/outcomes/"
    page = officer.get("/outcomes/")
    assert "Follow-ups" in text(page) and '<html lang="en">' in page.content.decode()
