"""The pages of demonstrations: the list, recording, changing, KPIs, steps, the permit's alert."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid_utils.compat import uuid7

from crm.actions.demonstrations import update_demonstration
from crm.models import Demonstration, DemonstrationStep
from tests.builders import Cast, make_organisation, system
from tests.builders_demonstrations import kpi, make_demonstration, run

Text = Callable[[Any], str]


def permitted(title: str, days: int, **fields: Any) -> Demonstration:
    last = timezone.localdate() + timedelta(days)
    permit = {"permit_number": "제1호", "permit_expires_on": last, "regulatory_path": "temporary_permit"}
    return make_demonstration(title, **permit, **fields)


def test_one_is_recorded_once_with_costs_as_typed(officer: Client, text: Text) -> None:
    make_organisation("㈜하람")
    sent = {
        "id": str(uuid7()),
        "title": "충전 로봇 실증",
        "applicant": "하람",
        "technology": "이동식 충전",
        "cost_city": "5천만원",
        "cost_own": "KRW 20,000,000",
        "disclosure_level": "open",
    }
    for _twice in range(2):
        answer = officer.post("/demonstrations/new/", sent)
        assert answer.status_code == 302
    made = Demonstration.objects.get()
    assert (made.cost_city, made.cost_own, made.cost_currency) == (Decimal(50_000_000), Decimal(20_000_000), "KRW")
    page = text(officer.get(answer["Location"]))
    assert "KRW 50,000,000" in page and "KRW 20,000,000" in page


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"applicant": "없는 기업"}, "applicant"),
        ({"cost_city": "USD 10", "cost_own": "5천만원"}, "cost_own"),
        ({"cost_city": "많이"}, "cost_city"),
        ({"title": ""}, "title"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(officer: Client, typed: dict[str, str], place: str) -> None:
    make_organisation("㈜하람")
    sent = {"id": str(uuid7()), "title": "실증", "applicant": "하람", "technology": "x", "disclosure_level": "open"}
    assert set(officer.post("/demonstrations/new/", {**sent, **typed}).context["form"].errors) == {place}
    assert not Demonstration.objects.exists()


def test_an_edit_that_changes_nothing_changes_nothing(officer: Client, fields: Any) -> None:
    made = make_demonstration(cost_city=Decimal(1_000_000), cost_currency="USD")
    sent = fields(officer.get(f"/demonstrations/{made.pk}/edit/"))
    assert sent["cost_city"] == "USD 1,000,000" and sent["applicant"] == "㈜하람"
    officer.post(f"/demonstrations/{made.pk}/edit/", sent)
    assert Demonstration.objects.get().version == made.version


def test_a_stale_edit_says_what_changed_and_takes_it_over(officer: Client, fields: Any, text: Text) -> None:
    made = make_demonstration(cost_city=Decimal(1_000_000))
    sent = fields(officer.get(f"/demonstrations/{made.pk}/edit/"))
    update_demonstration(system(), made, cost_city=Decimal(3_000_000), testbed_site="역 광장")
    answer = officer.post(f"/demonstrations/{made.pk}/edit/", {**sent, "note": "내 메모"})
    assert "시청 주차장 → 역 광장" in text(answer)
    again = fields(answer)
    assert (again["cost_city"], again["testbed_site"], again["note"]) == ("KRW 3,000,000", "역 광장", "내 메모")
    assert officer.post(f"/demonstrations/{made.pk}/edit/", again).status_code == 302
    made.refresh_from_db()
    assert (made.cost_city, made.note) == (3_000_000, "내 메모")


def test_the_page_says_what_is_missing_before_the_attempt(officer: Client) -> None:
    made = make_demonstration(testbed_site="", kpis=[])
    page = officer.get(f"/demonstrations/{made.pk}/").context["page"]
    (running,) = (step for step in page.ahead if step.stage == "running")
    assert len(running.lacks) == 2 and not running.is_ready
    assert [step.stage for step in page.ahead if step.is_ready] == ["stopped"]


def test_kpis_are_set_and_measured(officer: Client, text: Text) -> None:
    made = make_demonstration(kpis=[kpi(lower_is_better=True)])
    page = officer.get(f"/demonstrations/{made.pk}/kpis/")
    sent = {
        "version": page.context["form"]["version"].value(),
        "kpis-TOTAL_FORMS": "3",
        "kpis-INITIAL_FORMS": "1",
        "kpis-0-name": "충전 시간",
        "kpis-0-unit": "분",
        "kpis-0-target": "30",
        "kpis-0-measured": "28.5",
        "kpis-0-lower_is_better": "on",
        "kpis-1-name": "주행 거리",
        "kpis-1-target": "10",
    }
    answer = officer.post(f"/demonstrations/{made.pk}/kpis/", sent)
    assert answer.context["rows"].forms[0].errors["measured_on"]
    assert officer.post(f"/demonstrations/{made.pk}/kpis/", {**sent, "kpis-0-measured_on": "2023-04-01"})["Location"]
    lines = officer.get(f"/demonstrations/{made.pk}/").context["page"].kpis
    assert [(line.name, line.measured, line.verdict and line.verdict.tone) for line in lines] == [
        ("충전 시간", "28.5 분", "good"),
        ("주행 거리", "–", None),
    ]
    stale = officer.post(f"/demonstrations/{made.pk}/kpis/", {**sent, "kpis-0-measured_on": "2023-04-02"})
    assert stale.context["form"].non_field_errors()
    assert "이 변경은 들어 있지 않습니다" in text(stale) and "주행 거리" in text(stale)
    again = {**sent, "kpis-0-measured_on": "2023-04-02", "version": stale.context["form"]["version"].value()}
    assert officer.post(f"/demonstrations/{made.pk}/kpis/", again).status_code == 302


def test_a_step_is_taken_on_the_page_and_kept(officer: Client, cast: Cast, fields: Any) -> None:
    made = make_demonstration()
    sent = {**fields(officer.get(f"/demonstrations/{made.pk}/step/?stage=running")), "taken_on": "2023-03-02"}
    assert sent["stage"] == "running"
    assert officer.post(f"/demonstrations/{made.pk}/step/", sent).status_code == 302
    (step,) = officer.get(f"/demonstrations/{made.pk}/").context["page"].steps
    assert (step.taken_on, step.who) == ("2023. 3. 2.", str(cast.officer))
    answer = officer.post(f"/demonstrations/{made.pk}/step/", sent)
    assert answer.context["form"].errors and DemonstrationStep.objects.count() == 1


def test_a_refused_step_names_every_lack(officer: Client, fields: Any, text: Text) -> None:
    made = make_demonstration(testbed_site="")
    sent = {**fields(officer.get(f"/demonstrations/{made.pk}/step/")), "stage": "completed"}
    errors = officer.post(f"/demonstrations/{made.pk}/step/", sent).context["form"].errors
    assert len(errors["stage"]) == 6 and errors["reason"]


@pytest.mark.parametrize(("days", "tone"), [(-1, "bad"), (0, "warn"), (30, "warn"), (60, "warn"), (61, None)])
def test_the_list_warns_of_a_permit(officer: Client, days: int, tone: str | None) -> None:
    permitted("실증", days)
    (line,) = officer.get("/demonstrations/").context["page"].lines
    assert (line.permit and line.permit.tone) == tone


def test_one_that_runs_on_an_expired_permit_stands_out(officer: Client, text: Text) -> None:
    made = permitted("충전 로봇 실증", -3)
    assert not officer.get(f"/demonstrations/{made.pk}/").context["page"].alarm
    run(made)
    page = officer.get(f"/demonstrations/{made.pk}/").context["page"]
    assert page.alarm and [badge.tone for badge in page.badges] == ["good", "bad"]
    (line,) = officer.get("/demonstrations/?permit=expired").context["page"].lines
    assert line.is_alarming


def test_the_list_is_narrowed(officer: Client) -> None:
    make_demonstration("충전 로봇")
    run(make_demonstration("배송 드론", applicant=make_organisation("드론나라")))
    found = {
        query: {line.title for line in officer.get(f"/demonstrations/?{query}").context["page"].lines}
        for query in ("q=드론나라", "stage=prepared", "q=없음", "stage=nonsense")
    }
    assert found == {
        "q=드론나라": {"배송 드론"},
        "stage=prepared": {"충전 로봇"},
        "q=없음": set(),
        "stage=nonsense": {"충전 로봇", "배송 드론"},
    }


def test_leadership_reads_and_changes_nothing(leader: Client, text: Text) -> None:
    made = make_demonstration()
    assert leader.get(f"/demonstrations/{made.pk}/").status_code == 200
    for path in ("edit/", "step/", "kpis/"):
        assert leader.get(f"/demonstrations/{made.pk}/{path}").status_code == 403
        assert leader.post(f"/demonstrations/{made.pk}/{path}", {}).status_code == 403


def test_a_long_list_takes_no_more_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        make_demonstration(f"실증 {number}", applicant=make_organisation(f"기업 {number}"))
    with django_assert_max_num_queries(7):
        officer.get("/demonstrations/")
