"""Schedules and runs on the pages: set, run by hand in the background, watched, cancelled, started again, handed out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from crm.actions import report_runs
from crm.actions.accounts import open_account, system_caller
from crm.jobs.reports import run_reports, work_off
from crm.models import ReportRun, ReportSchedule
from crm.values.measures import Role
from reports.documents import FORMATS
from tests.laws.scenarios import NOW, World, make_world

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "월간 현황", "report": "collaboration", "covers": "this_quarter", "rhythm": "monthly", "day": "5", "language": "ko",
    "formats": ["csv"], "recipients": "one@example.invalid, two@example.invalid", "is_active": "on",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    return make_world()


def reader(role: Role) -> Client:
    client = Client()
    account = open_account(system_caller(NOW), None, username=f"reader-{role}", name="보고 담당", role=role)
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str, **headers: Any) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def head(world: World) -> Client:
    return reader(Role.BUREAU_HEAD)


@pytest.fixture
def schedule(head: Client) -> ReportSchedule:
    for _press in (1, 2):
        answer = head.post("/reports/schedules/new/", {**TYPED, "id": "0190a0d2-0000-7000-8000-000000000001"})
        assert answer.status_code == 302
    return ReportSchedule.objects.get()


def test_a_schedule_is_set_once_changed_and_stopped(head: Client, schedule: ReportSchedule) -> None:
    assert schedule.recipients == ["one@example.invalid", "two@example.invalid"]
    listed = text_of(head, "/reports/schedules/")
    assert schedule.report == "collaboration" and "부서 간 협업" in listed
    assert "월간 현황" in listed and "매월 5일" in listed and "수신자 2명" in listed
    changed = {**TYPED, "version": "1", "recipients": "three@example.invalid", "name": "월보"}
    address = f"/reports/schedules/{schedule.pk}/"
    assert "one@example.invalid" in text_of(head, address)
    assert head.post(address, changed).status_code == 302
    assert "그사이 이 기록이 변경되었습니다" in head.post(address, {**changed, "name": "늦은 것"}).content.decode()
    head.post(f"{address}stop/")
    schedule.refresh_from_db()
    assert (schedule.name, schedule.recipients, schedule.is_active) == ("월보", ["three@example.invalid"], False)
    assert schedule.history.count() == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"recipients": "one@example.invalid two"}, "전자우편 주소가 아닙니다: two"),
        ({"formats": []}, "필수"),
        ({"rhythm": "weekly", "day": "8"}, "1부터 7까지의 수"),
        ({"day": "x"}, "정수"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(head: Client, wrong: dict[str, Any], said: str) -> None:
    answer = head.post("/reports/schedules/new/", {**TYPED, **wrong, "id": str(uuid4())})
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not ReportSchedule.objects.exists()


def test_run_by_hand_it_waits_for_the_worker_and_is_one_run(head: Client, schedule: ReportSchedule) -> None:
    pk = str(uuid4())
    for _press in (1, 2):
        answer = head.post(f"/reports/schedules/{schedule.pk}/run/", {"id": pk})
    assert answer["Location"] == f"/reports/runs/{pk}/"
    waiting = text_of(head, f"/reports/runs/{pk}/")
    assert "분기</h1>" in waiting
    assert "대기" in waiting and "run_jobs reports" in waiting and 'hx-trigger="every 2s"' in waiting
    assert OrmQ.objects.first().func() == "crm.jobs.reports.work_off"  # type: ignore[union-attr]
    assert work_off(pk) and not work_off(pk)
    assert sorted(one.to[0] for one in mail.outbox) == ["one@example.invalid", "two@example.invalid"]
    shown = text_of(head, f"/reports/runs/{pk}/", hx_request="true")
    assert "완료" in shown and "2/2" in shown and "<html" not in shown and "hx-trigger" not in shown
    file = head.get(f"/reports/runs/{pk}/files/csv/")
    assert b"".join(file.streaming_content) == mail.outbox[0].attachments[0][1].encode()  # type: ignore[attr-defined]
    assert f"/reports/runs/{pk}/" in text_of(head, "/reports/runs/")


def test_without_a_worker_the_next_daily_run_works_it_off(head: Client, schedule: ReportSchedule) -> None:
    head.post(f"/reports/schedules/{schedule.pk}/run/", {"id": str(uuid4())})
    OrmQ.objects.all().delete()
    run_reports(system_caller(timezone.now()), timezone.localdate() - timedelta(days=40))
    assert ReportRun.objects.get().state == "done"


def test_cancelled_and_started_again_by_its_buttons(head: Client, schedule: ReportSchedule) -> None:
    pk = str(uuid4())
    head.post(f"/reports/schedules/{schedule.pk}/run/", {"id": pk})
    assert "발송 취소" in text_of(head, f"/reports/runs/{pk}/")
    head.post(f"/reports/runs/{pk}/cancel/")
    assert "취소됨" in text_of(head, f"/reports/runs/{pk}/")
    assert not work_off(pk) and mail.outbox == []
    assert "이미 끝난 발송" in head.post(f"/reports/runs/{pk}/cancel/", follow=True).content.decode()
    head.post(f"/reports/runs/{pk}/again/")
    assert work_off(pk) and len(mail.outbox) == 2
    assert "다시 시작할 것이 없습니다" in head.post(f"/reports/runs/{pk}/again/", follow=True).content.decode()


def test_a_run_whose_worker_died_is_shown_as_broken_off(head: Client, schedule: ReportSchedule) -> None:
    long_ago = replace(system_caller(timezone.now()), now=timezone.now() - timedelta(minutes=31))
    run = report_runs.claim_run(long_ago, report_runs.start_scheduled(long_ago, schedule))
    report_runs.claim_mail(long_ago, run, 1, "one@example.invalid")
    assert "중단됨" in text_of(head, "/reports/runs/")
    head.post(f"/reports/runs/{run.pk}/again/")
    assert work_off(str(run.pk))
    assert [one.to for one in mail.outbox] == [["two@example.invalid"]]
    assert "이미 나갔을 수 있어 다시 보내지 않습니다" in text_of(head, f"/reports/runs/{run.pk}/")


def test_the_report_that_is_shown_is_made_in_the_background(head: Client) -> None:
    page = text_of(head, "/reports/quarterly/?period=2023Q1&lang=en")
    assert 'action="/reports/runs/new/"' in page and 'href="/reports/schedules/"' in page
    pk = str(uuid4())
    asked = {"report": "quarterly", "id": pk, "period": "2023Q1", "as_of": "2023-03-31", "lang": "en"}
    assert head.post("/reports/runs/new/", asked)["Location"] == f"/reports/runs/{pk}/"
    assert work_off(pk) and mail.outbox == []
    run = ReportRun.objects.get()
    assert sorted(run.files.values_list("format", flat=True)) == sorted(FORMATS)
    assert run.title.endswith("2023 Q1")
    answer = head.post("/reports/runs/new/", {**asked, "id": str(uuid4()), "period": "never"}, follow=True)
    assert "2023Q1" in answer.content.decode() and ReportRun.objects.count() == 1


def test_a_run_that_waits_is_called_by_its_report_and_never_by_an_id(head: Client, world: World) -> None:
    asked = {"report": "unit", "period": "2023Q1", "unit": str(world.unit.pk), "as_of": "2023-03-31"}
    head.post("/reports/runs/new/", {**asked, "id": str(uuid4())})
    listed = text_of(head, "/reports/runs/")
    assert "부서별 실적 · 2023년 1분기" in listed and f"2023Q1 {world.unit.pk}" not in listed


def test_an_officer_reads_the_log_without_addresses_and_starts_nothing(head: Client, schedule: ReportSchedule) -> None:
    pk, client = str(uuid4()), reader(Role.OFFICER)
    head.post(f"/reports/schedules/{schedule.pk}/run/", {"id": pk})
    work_off(pk)
    shown = text_of(client, f"/reports/runs/{pk}/")
    assert "CSV" in shown and "one@example.invalid" not in shown
    assert "one@example.invalid" in text_of(head, f"/reports/runs/{pk}/")
    assert client.get("/reports/schedules/").status_code == 403
    for address in (f"runs/{pk}/again/", f"runs/{pk}/cancel/", f"schedules/{schedule.pk}/run/", "runs/new/"):
        assert client.post(f"/reports/{address}", {"id": str(uuid4())}).status_code == 403
    assert ReportRun.objects.count() == 1
    assert 'action="/reports/runs/new/"' not in text_of(client, "/reports/quarterly/?period=2023Q1")


def test_the_pages_speak_english(head: Client, schedule: ReportSchedule) -> None:
    head.post("/language/", {"language": "en"})
    head.cookies["django_language"] = "en"
    assert "Monthly on day 5" in text_of(head, "/reports/schedules/")
    assert "Sent reports" in text_of(head, "/reports/runs/")
