"""By keyboard alone, what is done besides: notifications, two of a like name, a hint sent again, a report sent now."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.actions import concurrence, outcomes
from crm.actions.base import Caller
from crm.models import (
    Account,
    Notification,
    Organisation,
    OrgUnit,
    ReportRun,
    ReportSchedule,
    SimilarPair,
    WebhookDelivery,
)
from crm.values.measures import OutcomeKind
from tests.browser.keyboard import Keyboard
from tests.builders import make_organisation


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


def done(keys: Keyboard) -> None:
    """The page says so, and there the focus is."""
    expect(keys.page.locator(".messages")).to_be_focused()


def test_notifications_are_read_one_by_one_and_at_once(keys: Keyboard) -> None:
    caller = Caller(Account.objects.get(username="officer"), timezone.now(), "page")
    fields = {"kind": OutcomeKind.BUSINESS_MOU, "signed_on": date(2023, 1, 6), "lead_unit": caller.account.org_unit}
    outcome = outcomes.record_outcome(caller, outcomes.Testimony("보도자료"), title="충전 로봇 협약", **fields)
    concurrence.request_concurrence(caller, outcome, OrgUnit.objects.get(code="climate-environment"))
    told = Notification.objects.filter(account__username="teamlead2")

    keys.sign_in("teamlead2", "/notifications/", "알림")
    keys.skip_to_content()
    for deed, is_read in (("읽음으로 표시", True), ("안 읽음으로 표시", False)):
        keys.deed(re.compile(f"^{deed} ?: 충전 로봇 협약$"))
        # The page comes back to the line, where Tab goes on.
        other = "안 읽음으로 표시" if is_read else "읽음으로 표시"
        expect(keys.page.get_by_role("button", name=re.compile(f"^{other} ?:"))).to_be_visible()
        assert (told.get().read_at is not None) is is_read
    keys.back_to("모두 읽음으로 표시", "button")
    keys.press("Enter")
    done(keys)
    assert told.get().read_at is not None
    keys.deed("다시 안 읽음으로")
    done(keys)
    assert told.get().read_at is None


def test_two_of_a_like_name_are_told_apart_asked_about_again_and_merged_by_name(keys: Keyboard) -> None:
    kept, gone = make_organisation("빛고을바이오텍"), make_organisation("빛고을바이오택")
    pair = SimilarPair.objects.get(first__in=[kept, gone])
    keys.sign_in("admin", "/organisations/duplicates/", "중복 의심 기관")
    keys.skip_to_content()
    for deed, is_apart in (("서로 다름", True), ("되돌리기", False)):
        keys.deed(deed)
        done(keys)
        pair.refresh_from_db()
        assert (pair.apart_at is not None) is is_apart

    keys.sign_in("admin", f"/organisations/{kept.pk}/", kept.name)
    keys.skip_to_content()
    keys.follow("다른 기관과 병합")
    keys.lands_on("기관 병합")
    keys.write("다른 기관", "없는 회사")
    keys.refused("비교")
    keys.write("다른 기관", gone.name)
    keys.deed("비교")
    expect(keys.page.get_by_role("table")).to_be_visible()
    keys.skip_to_content()
    keys.write("사유", "같은 회사")
    keys.deed("병합")
    done(keys)
    assert Organisation.objects.get(pk=gone.pk).merged_into == kept


def test_a_hint_is_sent_again(keys: Keyboard) -> None:
    keys.sign_in("admin", "/webhooks/", "웹훅")
    keys.skip_to_content()
    keys.follow("통계 시스템")
    keys.lands_on("통계 시스템")
    keys.skip_to_content()
    made = WebhookDelivery.objects.get()
    keys.to(re.compile("시험"), "link")
    keys.press("Enter")
    expect(keys.page).to_have_url(re.compile(str(made.pk)))
    before = made.next_attempt_at
    keys.deed("다시 보내기")
    done(keys)
    made.refresh_from_db()
    assert made.next_attempt_at != before


def test_a_schedule_is_changed_and_its_report_sent_now_stopped_and_begun_again(keys: Keyboard) -> None:
    keys.sign_in("leader", "/reports/schedules/new/", "새 발송 일정")
    keys.skip_to_content()
    keys.fill({"이름": "분기 보고", "발송일": "5", "CSV": True, "수신자": "bureau@example.go.kr"})
    keys.saved("저장", "보고서 발송 일정")
    keys.follow("분기 보고")
    keys.lands_on("분기 보고")
    keys.skip_to_content()
    keys.fill({"발송일": "7"})
    keys.saved("저장", "보고서 발송 일정")
    assert ReportSchedule.objects.get().day == 7

    keys.deed("지금 실행 분기 보고")
    stop = keys.page.get_by_role("button", name="발송 취소")
    expect(stop).to_be_visible()
    keys.skip_to_content()
    keys.deed("발송 취소")
    expect(stop).to_have_count(0)
    assert ReportRun.objects.get().state == "cancelled"
    keys.skip_to_content()
    keys.deed("다시 시작")
    expect(stop).to_be_visible()
    assert ReportRun.objects.get().state != "cancelled"
