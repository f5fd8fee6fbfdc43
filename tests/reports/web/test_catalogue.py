"""Every report of the house: listed, shown, made as a file in every format and by the command, and refused clearly."""

import html
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from crm.actions import outcomes
from crm.actions.accounts import open_account, system_caller
from crm.models import Event, OrgUnit, Programme, Publication
from crm.values.measures import Role
from reports.asking import ABOUT, read_question
from reports.catalogue import REPORTS, ReportKind
from reports.documents import FORMATS
from reports.publishing import run_again
from tests.builders import make_event
from tests.laws.scenarios import NOW, World, make_world

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", REPORTS.values(), ids=list(REPORTS))


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def leader(world: World) -> Client:
    client = Client(raise_request_exception=True)
    reader = open_account(system_caller(NOW), None, username="leader", name="간부", role=Role.LEADERSHIP)
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    return client


def answers(kind: ReportKind) -> dict[str, str]:
    """What a reader would choose, so that the report is about something."""
    first = {"event": Event, "unit": OrgUnit, "programme": Programme}
    said = {"period": "2023Q1", "year": "2023"}
    said |= {ask: str(first[ask].objects.order_by("created_at")[0].pk) for ask in kind.asks if ask in ABOUT}
    return {ask: said[ask] for ask in kind.asks}


def test_every_report_is_listed_with_what_it_tells(leader: Client) -> None:
    text = leader.get("/reports/").content.decode()
    for kind in REPORTS.values():
        assert f"/reports/{kind.key}/" in text
        assert str(kind.lead) in text


@KINDS
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_report_has_a_page_in_both_languages(leader: Client, kind: ReportKind, language: str) -> None:
    answer = leader.get(f"/reports/{kind.key}/", {**answers(kind), "lang": language, "whole": ""})
    assert answer.status_code == 200
    with translation.override("ko"):
        assert kind.key == "quarterly" or f">{kind.name}</h1>" in answer.content.decode()
    told = "기준" if language == "ko" else "As of"
    assert told in answer.content.decode()


@KINDS
def test_the_form_comes_at_once_and_the_report_after_it(
    leader: Client, kind: ReportKind, django_assert_max_num_queries: Any
) -> None:
    if kind.key == "quarterly":  # its sums come at once, its parts after them
        return
    with django_assert_max_num_queries(12):
        page = leader.get(f"/reports/{kind.key}/", answers(kind)).content.decode()
    box = 'class="summary-box"'
    assert box not in page
    address = html.unescape(re.findall(r'class="block later" id="report" hx-get="([^"]+)"', page)[0])
    part = leader.get(address, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part and box in part
    alone = leader.get(address).content.decode()
    assert "<html" in alone and part.split(box)[1].split("</section>")[0] in alone


@KINDS
@pytest.mark.parametrize("format", FORMATS)
def test_a_report_is_a_file_in_every_format(leader: Client, kind: ReportKind, format: str) -> None:
    asked = {**answers(kind), "format": format, "as_of": "2023-05-31"}
    first = leader.get(f"/reports/{kind.key}/download/", asked)
    assert first.status_code == 200
    assert kind.key in first["Content-Disposition"]
    again = leader.get(f"/reports/{kind.key}/download/", asked)
    assert first.content == again.content, "the same question has the same answer, to the byte"


@KINDS
def test_a_report_in_both_languages_has_every_word_in_both_and_every_number_once(
    leader: Client, kind: ReportKind
) -> None:
    asked = {**answers(kind), "format": "json", "as_of": "2023-05-31"}
    korean, english, both = (
        leader.get(f"/reports/{kind.key}/download/", {**asked, "lang": language}).json()
        for language in ("ko", "en", "both")
    )
    assert both["title"] == f"{korean['title']} / {english['title']}"
    tables = [[t for s in one["sections"] for t in s["tables"]] for one in (korean, english, both)]
    assert len(tables[2]) == len(tables[0])
    for ours, theirs, table in zip(*tables, strict=True):
        for one, other, row in zip(ours["rows"], theirs["rows"], table["rows"], strict=True):
            for key, value in row.items():
                assert value == (one[key] if one[key] == other[key] else f"{one[key]} / {other[key]}")
    for format in ("pdf", "hwpx", "xlsx"):
        assert (
            leader.get(f"/reports/{kind.key}/download/", {**asked, "lang": "both", "format": format}).status_code == 200
        )


@KINDS
def test_the_command_writes_the_same_file_as_the_page(leader: Client, kind: ReportKind, tmp_path: Path) -> None:
    told = [f"--{ask}={value}" for ask, value in answers(kind).items()]
    call_command("report", kind.key, *told, "--as-of=2023-05-31", "--format=csv", f"--output={tmp_path / 'file'}")
    asked = {**answers(kind), "format": "csv", "as_of": "2023-05-31", "lang": "ko"}
    assert (tmp_path / "file").read_bytes() == leader.get(f"/reports/{kind.key}/download/", asked).content


@KINDS
def test_a_time_before_the_first_record_and_one_to_come_are_refused(leader: Client, kind: ReportKind) -> None:
    for as_of in ("1999-01-01", "2999-01-01", "gestern"):
        for place in ("", "download/"):
            answer = leader.get(f"/reports/{kind.key}/{place}", {**answers(kind), "as_of": as_of})
            assert answer.status_code == 422, (as_of, place)
            assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("as_of", ["9999-12-31", "12345-01-01", "1989-12-31"])
def test_of_a_year_that_is_not_kept_the_years_are_told_and_not_how_to_write_it(leader: Client, as_of: str) -> None:
    page = leader.get("/reports/cohorts/", {"as_of": as_of}).content.decode()
    assert "기준일은 1990년부터 오늘까지" in page and "같이 적으십시오" not in page


@KINDS
def test_a_report_is_published_by_a_button_and_made_again_to_the_byte(world: World, kind: ReportKind) -> None:
    admin = open_account(system_caller(NOW), None, username="admin", name="관리", role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(admin, "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/reports/{kind.key}/", {**answers(kind), "as_of": "2023-05-31", "whole": ""}).content.decode()
    publishing = page.split('action="/reports/published/new/"')[1].split("</form>")[0]
    posted = dict(re.findall(r'name="(\w+)" value="([^"]*)"', publishing))
    del posted["csrfmiddlewaretoken"]
    answer = client.post("/reports/published/new/", posted)
    edition = Publication.objects.get()
    assert answer["Location"] == f"/reports/published/{edition.pk}/"
    assert client.post("/reports/published/new/", posted)["Location"] == answer["Location"], "pressed twice it is one"
    assert sorted(file.format for file in edition.files.all()) == sorted(FORMATS)
    outcomes.update_outcome(system_caller(NOW + timedelta(days=400)), world.outcome, title="다른 이름")
    assert run_again(edition).is_same
    live = client.get(f"/reports/published/{edition.pk}/").content.decode()
    assert f"/reports/{kind.key}/" in live


@KINDS
def test_every_table_with_a_trace_code_is_found_by_it(leader: Client, kind: ReportKind) -> None:
    asked = {**answers(kind), "as_of": "2023-05-31", "whole": ""}
    codes = re.findall(r"<code>(T-[\w-]+)</code>", leader.get(f"/reports/{kind.key}/", asked).content.decode())
    assert codes
    for code in codes:
        found = leader.get("/reports/trace/", {"code": code})
        assert found.status_code == 302, code
        assert f"<code>{code}</code>" in leader.get(found["Location"]).content.decode()


def test_what_the_report_is_about_has_to_be_a_record_of_ours(leader: Client) -> None:
    asking = [kind for kind in REPORTS.values() if set(kind.asks) & set(ABOUT)]
    for kind in asking:
        ask = next(iter(set(kind.asks) & set(ABOUT)))
        assert leader.get(f"/reports/{kind.key}/").status_code == 200, "the form alone"
        assert leader.get(f"/reports/{kind.key}/download/").status_code == 422
        for wrong in ("x", "01a21fe8-9fff-70f7-8473-7498a1e26039", "\x00"):
            assert leader.get(f"/reports/{kind.key}/", {**answers(kind), ask: wrong}).status_code == 422


@pytest.mark.parametrize("year", ["0", "99999999999999999999", "2023.5", "２０２３", "-1"])
def test_a_year_that_is_none_is_refused(leader: Client, year: str) -> None:
    for kind in REPORTS.values():
        if "year" in kind.asks:
            assert leader.get(f"/reports/{kind.key}/", {**answers(kind), "year": year}).status_code == 422


def test_what_was_asked_stays_chosen_however_old_it_is(leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.web.pages.catalogue._MOST_CHOICES", 1)
    gone = make_event("CES 1998", starts_on=date(1998, 1, 5), ends_on=None)
    asked = (
        ("follow-ups", "period", "1998Q4"),
        ("annual-contracts", "year", "1999"),
        ("performance", "event", gone.pk),
    )
    for key, ask, value in asked:
        page = leader.get(f"/reports/{key}/", {ask: str(value)}).content.decode()
        assert f'<option value="{value}" selected>' in page, key


def test_an_unknown_report_is_not_found(leader: Client) -> None:
    assert leader.get("/reports/nothing/").status_code == 404
    assert leader.get("/reports/nothing/download/").status_code == 404


def test_the_command_says_what_it_needs() -> None:
    with pytest.raises(CommandError, match="--period is needed by quarterly"):
        call_command("report", "quarterly")
    with pytest.raises(CommandError, match="--period is not asked by cohorts"):
        call_command("report", "cohorts", "--period=2023Q1")


def test_a_question_is_never_of_a_time_to_come(world: World) -> None:
    now = NOW + timedelta(days=40)
    question = read_question(REPORTS["cohorts"], {"as_of": now.date().isoformat()}, now)
    assert question is not None
    assert question.as_of == now
