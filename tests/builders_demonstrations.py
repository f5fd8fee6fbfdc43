"""Demonstrations, pitch competitions and what came of them, for the tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from crm.actions import demonstrations, pitches
from crm.actions.demonstrations import Kpi
from crm.models import Demonstration, Event, Judge, Organisation, PitchEntry
from crm.values.demonstrations import DemonstrationStage, PitchRound
from crm.values.measures import EventKind
from tests.builders import make_event, make_organisation, make_unit, system


def kpi(name: str = "충전 시간", target: int = 30, **more: Any) -> Kpi:
    return Kpi(name, Decimal(target), more.pop("unit", "분"), **more)


def make_demonstration(title: str = "이동식 충전 로봇 실증", **fields: Any) -> Demonstration:
    """In preparation and with everything that running takes, unless the fields say otherwise."""
    applicant = fields.pop("applicant", None) or make_organisation("㈜하람")
    wanted = {
        "technology": "이동식 충전 로봇",
        "testbed_site": "시청 주차장",
        "site_unit": fields.pop("site_unit", None) or make_unit("회계과"),
        "starts_on": date(2023, 3, 1),
        "kpis": [kpi()],
        **fields,
    }
    return demonstrations.record_demonstration(system(), title=title, applicant=applicant, **wanted)


def run(demonstration: Demonstration) -> Demonstration:
    step = demonstrations.take_demonstration_step
    return step(system(), demonstration, DemonstrationStage.RUNNING, taken_on=date(2023, 3, 1))


def make_competition(weights: dict[str, int] | None = None, **fields: Any) -> Event:
    event = make_event("AI 창업 IR 대회", kind=EventKind.PITCH_COMPETITION, **fields)
    wanted = {"기술성": 60, "사업성": 40} if weights is None else weights
    if wanted:
        pitches.set_criteria(system(), event, [(name, Decimal(weight)) for name, weight in wanted.items()])
    return event


def make_judge(event: Event, name: str = "심사위원 가", **fields: Any) -> Judge:
    return pitches.record_judge(system(), event, name=name, **fields)


def make_pitch(event: Event, title: str = "충전 로봇", organisation: Organisation | None = None) -> PitchEntry:
    organisation = organisation or make_organisation(f"㈜{title}")
    return pitches.record_pitch(system(), event, organisation=organisation, title=title)


def score(pitch: PitchEntry, judge: Judge, *points: int | str, round_: PitchRound = PitchRound.SCREENED) -> None:
    """The judge's points for the criteria in their order."""
    criteria = pitch.event.criteria.filter(archived_at=None).order_by("created_at", "id")
    given = {criterion: Decimal(value) for criterion, value in zip(criteria, points, strict=False)}
    pitches.score_pitch(system(), pitch, judge, given, round_)
    pitch.refresh_from_db()
