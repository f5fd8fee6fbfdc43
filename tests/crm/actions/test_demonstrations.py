"""Demonstrations: gates, steps, permits, what is measured."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions import demonstrations
from crm.actions.base import Stale
from crm.actions.demonstrations import record_kpi, set_kpis, take_demonstration_step, update_demonstration
from crm.models import Demonstration, DemonstrationKpi, DemonstrationStep
from crm.queries.demonstrations import DemonstrationsAsked, demonstration_lacks, demonstrations_asked
from crm.values.demonstrations import DemonstrationStage as Stage
from crm.values.demonstrations import RegulatoryPath, Verdict
from tests.builders import make_organisation, system
from tests.builders_demonstrations import kpi, make_demonstration, run

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)


def lacking(demonstration: Demonstration, stage: Stage, day: date = DAY) -> set[str]:
    return {lack.what for lack in demonstration_lacks(demonstration, stage, day)}


def step(demonstration: Demonstration, stage: Stage, **more: Any) -> Demonstration:
    return take_demonstration_step(system(), demonstration, stage, **{"taken_on": DAY, **more})


def refused(act: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        act()
    return error.value.message_dict


def finished(**fields: Any) -> Demonstration:
    demonstration = run(make_demonstration(kpis=[kpi(measured=Decimal("28.5"), measured_on=DAY)]))
    wanted = {"ends_on": date(2023, 6, 30), "result": "목표 달성", "verdict": Verdict.SUCCEEDED, **fields}
    return update_demonstration(system(), demonstration, **wanted)


def test_nothing_but_a_name_does_not_run() -> None:
    bare = demonstrations.record_demonstration(
        system(), title="실증", applicant=make_organisation(), technology="로봇", regulatory_path="temporary_permit"
    )
    assert lacking(bare, Stage.RUNNING) == {"testbed_site", "site_unit", "starts_on", "kpis", "permit_number"}
    errors = refused(lambda: step(bare, Stage.RUNNING))
    assert set(errors) == {"stage"} and len(errors["stage"]) == 6
    assert (Demonstration.objects.get().stage, DemonstrationStep.objects.count()) == ("prepared", 0)


def test_it_runs_with_all_that_the_gate_asks_for() -> None:
    run(make_demonstration())
    taken = DemonstrationStep.objects.get()
    assert (taken.from_stage, taken.stage, taken.taken_on, taken.reason) == ("prepared", "running", DAY, "")
    assert taken.taken_by.username and taken.created_at.date() > DAY


@pytest.mark.parametrize(
    ("path", "number", "expires", "lack"),
    [
        ("", "", None, set()),
        (RegulatoryPath.RAPID_CONFIRMATION, "", None, set()),
        (RegulatoryPath.TEST_EXEMPTION, "", None, {"permit_number"}),
        (RegulatoryPath.TEMPORARY_PERMIT, "제1호", None, {"permit_expires_on"}),
        (RegulatoryPath.TEMPORARY_PERMIT, "제1호", DAY - timedelta(1), {"permit_expires_on"}),
        (RegulatoryPath.TEMPORARY_PERMIT, "제1호", DAY, set()),
    ],
)
def test_what_needs_a_permit_runs_with_one_in_force(
    path: str, number: str, expires: date | None, lack: set[str]
) -> None:
    permit = {"regulatory_path": path, "permit_number": number, "permit_expires_on": expires}
    assert lacking(make_demonstration(**permit), Stage.RUNNING) == lack


def test_it_is_completed_when_every_kpi_is_measured() -> None:
    running = run(make_demonstration(kpis=[kpi(), kpi("주행 거리")]))
    assert lacking(running, Stage.COMPLETED) == {"ends_on", "result", "verdict", "measured"}
    update_demonstration(system(), running, ends_on=date(2023, 6, 30), result="달성", verdict=Verdict.PARTLY)
    first, second = running.kpis.all()
    demonstrations.measure_kpi(system(), first, Decimal("28.5"), DAY)
    running.refresh_from_db()
    (told,) = (lack.text for lack in demonstration_lacks(running, Stage.COMPLETED, DAY))
    assert "주행 거리" in told and "충전 시간" not in told
    demonstrations.measure_kpi(system(), second, Decimal(40), DAY)
    running.refresh_from_db()
    assert step(running, Stage.COMPLETED).stage == "completed"


@pytest.mark.parametrize(("verdict", "lack"), [("succeeded", set()), ("partly", set()), ("failed", {"verdict"})])
def test_what_failed_is_not_certified(verdict: str, lack: set[str]) -> None:
    certificate = {"certificate_number": "실증-2023-1", "certificate_on": date(2023, 7, 1)}
    done = step(finished(verdict=verdict, **certificate), Stage.COMPLETED)
    assert lacking(done, Stage.CERTIFIED) == lack


def test_skipping_a_stage_avoids_neither_its_gate_nor_a_reason() -> None:
    prepared = make_demonstration(kpis=[])
    assert {"kpis", "certificate_number", "ends_on"} <= lacking(prepared, Stage.CERTIFIED)
    assert set(refused(lambda: step(prepared, Stage.COMPLETED))) == {"stage", "reason"}


@pytest.mark.parametrize("stage", [Stage.STOPPED, Stage.PREPARED])
def test_stopping_and_going_back_take_a_reason(stage: Stage) -> None:
    running = run(make_demonstration())
    assert set(refused(lambda: step(running, stage, reason=" "))) == {"reason"}
    assert step(running, stage, reason="부지 변경").stage == stage
    assert DemonstrationStep.objects.order_by("-id")[0].reason == "부지 변경"


def test_a_step_was_taken_and_is_not_announced() -> None:
    tomorrow = system().now.date() + timedelta(2)
    assert set(refused(lambda: step(make_demonstration(), Stage.RUNNING, taken_on=tomorrow))) == {"taken_on"}


def test_the_same_stage_again_is_no_step() -> None:
    assert set(refused(lambda: step(run(make_demonstration()), Stage.RUNNING))) == {"stage"}


def test_a_running_one_cannot_lose_what_its_gate_asked_for() -> None:
    running = run(make_demonstration())
    assert set(refused(lambda: update_demonstration(system(), running, testbed_site=""))) == {"testbed_site"}
    running.refresh_from_db()
    assert set(refused(lambda: set_kpis(system(), running, []))) == {"kpis"}
    assert DemonstrationKpi.objects.get(archived_at=None).name == "충전 시간"


def test_an_expired_permit_does_not_stop_the_record_from_being_kept() -> None:
    permit = {"regulatory_path": "temporary_permit", "permit_number": "1", "permit_expires_on": date(2023, 3, 2)}
    running = run(make_demonstration(**permit))
    assert update_demonstration(system(), running, note="연장 신청 중").note == "연장 신청 중"
    assert lacking(running, Stage.STOPPED) == set()


def test_the_stage_is_not_written_past_the_gates() -> None:
    assert set(refused(lambda: update_demonstration(system(), make_demonstration(), stage="certified"))) == {"stage"}


def test_somebody_elses_change_is_not_overwritten() -> None:
    demonstration = make_demonstration()
    seen = demonstration.version
    update_demonstration(system(), demonstration, note="다른 변경", version=seen)
    with pytest.raises(Stale):
        update_demonstration(system(), demonstration, note="내 변경", version=seen)


def test_kpis_of_the_same_name_stay_the_same() -> None:
    demonstration = make_demonstration(kpis=[kpi(), kpi("소음")])
    before = demonstration.kpis.get(name="충전 시간").pk
    set_kpis(system(), demonstration, [kpi(target=25), kpi("정확도")])
    live = DemonstrationKpi.objects.filter(archived_at=None)
    assert {(row.name, row.target) for row in live} == {("충전 시간", 25), ("정확도", 30)}
    assert live.get(name="충전 시간").pk == before


def test_a_kpi_stands_once() -> None:
    demonstration = make_demonstration()
    assert set(refused(lambda: record_kpi(system(), demonstration, kpi()))) == {"name"}
    assert set(refused(lambda: set_kpis(system(), demonstration, [kpi("가"), kpi("가")]))) == {"kpis/1/name"}
    assert record_kpi(system(), demonstration, kpi("소음")).name == "소음"


def test_a_measured_value_has_its_day() -> None:
    assert set(refused(lambda: make_demonstration(kpis=[kpi(measured=Decimal(1))]))) == {"kpis/0/measured_on"}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"cost_city": Decimal(-1)}, "cost_city"), ({"cost_currency": "WON"}, "cost_currency"),
     ({"ends_on": date(2023, 1, 1)}, "__all__")],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: dict[str, Any], named: str) -> None:
    assert set(refused(lambda: make_demonstration(**wrong))) == {named}


def test_the_list_knows_permits_near_and_past_their_end() -> None:
    today = date(2023, 6, 1)

    def permitted(title: str, last: date) -> Demonstration:
        permit = {"permit_number": "1", "permit_expires_on": last, "regulatory_path": "temporary_permit"}
        return make_demonstration(title, **permit)

    permitted("곧", today + timedelta(30))
    permitted("멀리", today + timedelta(300))
    run(permitted("지남", today - timedelta(1)))
    step(permitted("끝남", today - timedelta(1)), Stage.STOPPED, reason="중단")
    asked = {name: demonstrations_asked(DemonstrationsAsked(permit=name), today) for name in ("near", "expired", "")}
    assert {name: {d.title for d in found} for name, found in asked.items()} == {
        "near": {"곧"},
        "expired": {"지남"},
        "": {"곧", "멀리", "지남", "끝남"},
    }
