"""Published reports on the pages: published once from the report, handed out as they went out, made again."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from crm.actions.accounts import open_account, system_caller
from crm.actions.publications import close_books
from crm.models import Publication
from crm.values.measures import Role
from crm.values.periods import Quarter
from tests.laws.scenarios import NOW, World, make_world
from tests.reports.published import publish_quarterly

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def reader(role: Role) -> Client:
    client = Client()
    account = open_account(system_caller(NOW), None, username=f"reader-{role}", name="보고 담당", role=role)
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def form_of(client: Client) -> dict[str, str]:
    text = client.get("/reports/quarterly/?period=2023Q1").content.decode()
    part = text[text.index('action="/reports/published/new/"') :]
    return dict(re.findall(r'name="(report|id|period|as_of|lang)" value="([^"]+)"', part[: part.index("</form>")]))


def test_what_the_page_shows_is_published_once(world: World) -> None:
    client = reader(Role.LEADERSHIP)
    form = form_of(client)
    for _press in (1, 2):
        answer = client.post("/reports/published/new/", form)
        assert answer.status_code == 302
    (published,) = Publication.objects.all()
    assert answer["Location"] == f"/reports/published/{published.pk}/"
    listed = client.get("/reports/published/").content.decode()
    assert f"/reports/published/{published.pk}/" in listed
    shown = client.get(f"/reports/published/{published.pk}/?again=1").content.decode()
    assert "한 바이트도 다르지 않습니다" in shown
    kept = published.files.get(format="pdf")
    assert kept.sha256 in shown
    handed_out = client.get(f"/reports/published/{published.pk}/pdf/")
    assert b"".join(handed_out.streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]


def test_an_edition_that_was_cut_off_is_finished(world: World) -> None:
    admin = reader(Role.ADMINISTRATOR)
    caller = system_caller(NOW + timedelta(days=2))
    whole = publish_quarterly(caller, Quarter(2023, 1), NOW + timedelta(days=1), "ko")
    cut = close_books(caller, "quarterly", "2023Q1", NOW + timedelta(days=1), "ko", whole.asked, whole.inputs)
    assert "파일 만들기" in admin.get(f"/reports/published/{cut.pk}/").content.decode()
    admin.post(f"/reports/published/{cut.pk}/finish/")
    hashes = [set(Publication.objects.get(pk=pk).files.values_list("format", "sha256")) for pk in (whole.pk, cut.pk)]
    assert hashes[0] == hashes[1] != set()


def test_an_edition_whose_definitions_are_gone_says_so_instead_of_being_finished(world: World) -> None:
    caller = system_caller(NOW + timedelta(days=2))
    inputs = {"hidden": [], "masked": [], "organisation": "", "is_demo": True, "definition": "gone", "definitions": {}}
    asked = {"period": "2023Q1", "lang": "ko"}
    cut = close_books(caller, "quarterly", "2023Q1", NOW + timedelta(days=1), "ko", asked, inputs)
    answer = reader(Role.ADMINISTRATOR).post(f"/reports/published/{cut.pk}/finish/", follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    cut.refresh_from_db()
    assert cut.state == "closed" and not cut.files.exists()


def test_an_officer_reads_and_does_not_publish(world: World) -> None:
    client = reader(Role.OFFICER)
    assert 'action="/reports/published/new/"' not in client.get("/reports/quarterly/?period=2023Q1").content.decode()
    assert client.get("/reports/published/").status_code == 200
    assert client.post("/reports/published/new/", {"period": "2023Q1"}).status_code == 403
    assert not Publication.objects.exists()
