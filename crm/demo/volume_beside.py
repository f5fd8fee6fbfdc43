"""What stands beside the synthetic outcomes of a batch, made by the actions: who was there, who was met, what is aimed
at, demonstrations and competitions. All of it is named as synthetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from crm.actions.base import Caller
from crm.actions.chains import link_chain
from crm.actions.demonstrations import Kpi, record_demonstration
from crm.actions.events import record_event, record_participation, state_claim
from crm.actions.organisations import record_contact
from crm.actions.outcomes import Talk, record_consultation
from crm.actions.pitches import declare_conflict, record_judge, record_pitch, set_criteria
from crm.actions.targets import record_cost, set_target
from crm.models import Demonstration, Event, Organisation, OrgUnit, PitchEntry
from crm.values.measures import EventKind, Measure, Pavilion, Series

SOURCE = "합성 자료"
# Of so many outcomes one has each of these beside it: a contact, a participation, a consultation.
OUTCOMES_EACH = 25
_DEMONSTRATIONS, _PITCHES, _JUDGES = 2, 10, 3
_CRITERIA = (("합성 기술성", Decimal(60)), ("합성 사업성", Decimal(40)))
_KEPT_UNTIL = date(2040, 12, 31)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the outcomes of one batch have in common."""

    number: int
    unit: OrgUnit
    event: Event
    companies: Sequence[Organisation]


def record_beside(caller: Caller, setting: Setting, outcomes: int) -> None:
    """What stands beside so many outcomes. Within an action; the same for the same batch."""
    random = Random(setting.number)
    many = max(1, outcomes // OUTCOMES_EACH)
    _record_people(caller, setting, many)
    _record_sittings(caller, random, setting, many)
    _record_aims(caller, random, setting)
    demonstrations = [_demonstration(caller, setting, i) for i in range(_DEMONSTRATIONS)]
    # A competition for every ten departments, as a bureau.
    if setting.number % 10 == 1:
        first, *_others = _competition(caller, setting)
        link_chain(caller, from_pitch=first, to_demonstration=demonstrations[0], note=SOURCE)


def _record_people(caller: Caller, setting: Setting, many: int) -> None:
    for i in range(many):
        record_contact(
            caller,
            organisation=setting.companies[i % len(setting.companies)],
            name=f"합성 담당 {setting.number}-{i + 1}",
            position="담당",
            legal_basis=SOURCE,
            retention_until=_KEPT_UNTIL,
        )
    for i, company in enumerate(setting.companies[:many]):
        record_participation(
            caller,
            event=setting.event,
            organisation=company,
            pavilion=Pavilion.JOINT_PAVILION,
            from_region=True,
            supported_by_city=i % 2 == 0,
        )


def _record_sittings(caller: Caller, random: Random, setting: Setting, many: int) -> None:
    for i in range(many):
        buyer, exhibitor = (setting.companies[(i + far) % len(setting.companies)] for far in (1, 0))
        consulted = Decimal(random.randrange(10, 500)) * 1_000
        record_consultation(
            caller,
            Talk(SOURCE, "USD", consulted, consulted / 2),
            event=setting.event,
            exhibitor=exhibitor,
            buyer=buyer,
            met_on=setting.event.starts_on,
            content=f"합성 상담 {i + 1}",
        )


def _record_aims(caller: Caller, random: Random, setting: Setting) -> None:
    number = {"measure": Measure.COUNT, "series": Series.CONSULTED, "source": SOURCE}
    set_target(caller, event=setting.event, value=Decimal(random.randrange(10, 40)), **number)
    for year in (2022, 2023):
        set_target(caller, org_unit=setting.unit, year=year, value=Decimal(random.randrange(100, 400)), **number)
    for item in ("합성 임차", "합성 통역"):
        amount = Decimal(random.randrange(1, 90)) * 1_000_000
        record_cost(caller, event=setting.event, item=item, amount=amount, currency="KRW", source=SOURCE)
    state_claim(caller, setting.event, measure="exhibitors", value=str(len(setting.companies)), source=SOURCE)


def _demonstration(caller: Caller, setting: Setting, i: int) -> Demonstration:
    return record_demonstration(
        caller,
        [Kpi("합성 정확도", Decimal(95), "%"), Kpi("합성 처리 시간", Decimal(3), "초", lower_is_better=True)],
        title=f"합성 실증 {setting.number}-{i + 1}",
        applicant=setting.companies[i % len(setting.companies)],
        technology="합성 기술",
        testbed_site="합성 실증지",
        site_unit=setting.unit,
        lead_unit=setting.unit,
        starts_on=setting.event.starts_on,
    )


def _competition(caller: Caller, setting: Setting) -> list[PitchEntry]:
    event = record_event(
        caller,
        kind=EventKind.PITCH_COMPETITION,
        name=f"합성 IR 대회 {setting.number}",
        starts_on=setting.event.starts_on + timedelta(days=7),
        lead_unit=setting.unit,
    )
    set_criteria(caller, event, _CRITERIA)
    judges = [record_judge(caller, event, name=f"합성 심사위원 {i + 1}") for i in range(_JUDGES)]
    pitches = [
        record_pitch(caller, event, organisation=company, title=f"합성 발표 {i + 1}")
        for i, company in enumerate(setting.companies[:_PITCHES])
    ]
    declare_conflict(caller, pitches[0], judges[0], SOURCE)
    return pitches
