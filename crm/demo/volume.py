"""Synthetic outcomes in any number, made by the actions and marked as such: to try out volume, never for reports."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from crm.actions.base import Caller, action, gathering
from crm.actions.events import record_event
from crm.actions.follow_ups import plan_follow_up
from crm.actions.ledger import Figure
from crm.actions.org_units import record_org_unit
from crm.actions.organisations import record_organisation
from crm.actions.outcomes import Circle, Testimony, record_outcome
from crm.demo.volume_beside import SOURCE, Setting, record_beside
from crm.models import OrgUnit
from crm.values.evidence import Grade
from crm.values.measures import (
    KIND_RULES,
    Basis,
    Disclosure,
    EventKind,
    Measure,
    OutcomeKind,
    PartyRole,
    Series,
    Standing,
    UnitLevel,
)

BATCH = 500
_KINDS = (OutcomeKind.EXPORT_CONTRACT, OutcomeKind.INVESTMENT_MOU, OutcomeKind.BUSINESS_MOU, OutcomeKind.PURCHASE_LOI)
_FIRST_DAY = date(2018, 1, 1)
_DAYS = 2900
_COMPANIES_A_BATCH = 25
_SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호그느드르므브스으즈츠크트프흐기니디리미비시이지"


def seed_volume(caller: Caller, outcomes: int) -> Iterator[int]:
    """Records that many synthetic outcomes, the same ones for the same number. Yields how many there are so far;
    each batch is a transaction of its own."""
    random = Random(2023)
    done = 0
    while done < outcomes:
        size = min(BATCH, outcomes - done)
        record_synthetic_batch(caller, random, done, size)
        done += size
        yield done


@action("record.make_synthetic")
def record_synthetic_batch(caller: Caller, /, random: Random, first: int, size: int) -> int:
    """A batch has a department and an event of its own, companies with names that can be told apart, and what stands
    beside its outcomes."""
    setting = Setting(
        number=first // BATCH + 1,
        unit=record_org_unit(
            caller, name=f"합성{first // BATCH + 1}과", level=UnitLevel.DIVISION, parent_unit=_bureau(caller, first)
        ),
        event=record_event(
            caller,
            kind=EventKind.TRADE_SHOW,
            name=f"합성 전시회 {first // BATCH + 1}",
            starts_on=_FIRST_DAY + timedelta(days=first // BATCH * 14 % _DAYS),
        ),
        companies=[
            record_organisation(caller, name=_company_name(random), country="KR", region="합성 자료")
            for _each in range(min(_COMPANIES_A_BATCH, size))
        ],
    )
    with gathering():
        for i in range(first, first + size):
            _record(caller, random, i, setting)
        record_beside(caller, setting, size)
    return size


def _bureau(caller: Caller, first: int) -> OrgUnit:
    """A bureau for every ten departments."""
    name = f"합성{first // BATCH // 10 + 1}국"
    found = OrgUnit.objects.filter(name=name, parent_unit=None).first()
    return found or record_org_unit(caller, name=name, level=UnitLevel.BUREAU)


def _company_name(random: Random) -> str:
    return "합성" + "".join(random.choice(_SYLLABLES) for _each in range(random.randrange(3, 6)))


def _record(caller: Caller, random: Random, i: int, setting: Setting) -> None:
    kind = random.choice(_KINDS)
    figure = Figure(
        Measure.MONEY,
        KIND_RULES[kind].count_series,
        Decimal(random.randrange(1, 5000)) * 10_000,
        SOURCE,
        random.choice((Grade.CITY_STATEMENT, Grade.OFFICIAL_RECORD)),
        currency=random.choice(("USD", "KRW", "EUR")),
        basis=random.choice((Basis.TOTAL, Basis.TOTAL, Basis.ANNUAL)),
    )
    jobs = Figure(Measure.JOBS, Series.ANNOUNCED, Decimal(random.randrange(1, 200)), SOURCE, Grade.CITY_STATEMENT)
    figures = [figure, jobs] if kind == OutcomeKind.INVESTMENT_MOU else [figure]
    signed_on = _FIRST_DAY + timedelta(days=random.randrange(_DAYS))
    outcome = record_outcome(
        caller,
        Testimony(SOURCE, Grade.CITY_STATEMENT, figures=figures),
        Circle(parties=[(random.choice(setting.companies), PartyRole.PARTNER)]),
        kind=kind,
        title=f"합성 성과 {i + 1}",
        signed_on=signed_on,
        event=setting.event if i % 3 else None,
        lead_unit=setting.unit if i % 20 else None,
        standing=Standing.UNCONFIRMED if i % 25 == 1 else Standing.CONFIRMED,
        disclosure_level=Disclosure.PARTLY if i % 50 == 2 else Disclosure.OPEN,
        is_synthetic=True,
    )
    if i % 4 == 0:
        due_on = signed_on + timedelta(days=random.randrange(30, 1200))
        plan_follow_up(caller, title=f"합성 후속조치 {i + 1}", outcome=outcome, org_unit=setting.unit, due_on=due_on)
