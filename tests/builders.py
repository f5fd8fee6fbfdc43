"""Data for the tests, made by the actions: a builder a noun, each with what a test usually wants."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from crm.actions import accounts, documents, events, follow_ups, org_units, organisations, outcomes
from crm.actions.base import Caller
from crm.actions.ledger import Figure
from crm.models import Account, Contact, Document, Event, FollowUp, LedgerEntry, Organisation, OrgUnit, Outcome
from crm.values.evidence import Grade
from crm.values.measures import Basis, Measure, OutcomeKind, PartyRole, Role, Series

PASSWORD = "a-long-password"


def system() -> Caller:
    return accounts.system_caller(timezone.now())


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in the tests: one a role. The outsider is an officer of another unit."""

    officer: Account
    teamlead: Account
    leader: Account
    admin: Account
    outsider: Account
    client: Account
    unit: OrgUnit
    other_unit: OrgUnit


def make_cast() -> Cast:
    unit, other = make_unit("인공지능산업국"), make_unit("기후환경국")

    def account(username: str, name: str, role: Role, place: OrgUnit) -> Account:
        return accounts.open_account(system(), PASSWORD, username=username, name=name, role=role, org_unit=place)

    return Cast(
        officer=account("officer", "담당자", Role.OFFICER, unit),
        teamlead=account("teamlead", "팀장", Role.TEAM_LEAD, unit),
        leader=account("leader", "간부", Role.LEADERSHIP, other),
        admin=account("admin", "관리자", Role.ADMINISTRATOR, other),
        outsider=account("outsider", "다른 부서", Role.OFFICER, other),
        client=account("client", "연계 시스템", Role.API_CLIENT, other),
        unit=unit,
        other_unit=other,
    )


def make_unit(name: str, **fields: Any) -> OrgUnit:
    return org_units.record_org_unit(system(), name=name, **fields)


def make_event(name: str = "CES 2023", **fields: Any) -> Event:
    wanted = {"kind": "trade_show", "starts_on": date(2023, 1, 5), "ends_on": date(2023, 1, 8), **fields}
    return events.record_event(system(), name=name, **wanted)


def make_organisation(name: str = "㈜솔", aliases: list[str] | None = None, **fields: Any) -> Organisation:
    return organisations.record_organisation(system(), name=name, aliases=aliases, **fields)


def make_contact(organisation: Organisation, **fields: Any) -> Contact:
    wanted = {"name": "대외협력 담당", "legal_basis": "동의", "retention_until": date(2090, 1, 1), **fields}
    return organisations.record_contact(system(), organisation=organisation, **wanted)


def figure(value: int | Decimal = 1_000_000, **changes: Any) -> Figure:
    wanted: dict[str, Any] = {
        "measure": Measure.MONEY,
        "series": Series.ANNOUNCED,
        "currency": "USD",
        "basis": Basis.TOTAL,
        "source": "보도자료",
        "evidence_grade": Grade.PRESS,
        **changes,
    }
    return Figure(value=Decimal(value), **wanted)


def make_outcome(
    title: str = "㈜솔 투자협약",
    *,
    figures: list[Figure] | None = None,
    parties: list[tuple[Organisation, PartyRole]] | None = None,
    cooperating: list[OrgUnit] | None = None,
    grade: Grade = Grade.PRESS,
    **fields: Any,
) -> Outcome:
    wanted = {"kind": OutcomeKind.INVESTMENT_MOU, "signed_on": date(2023, 1, 7), **fields}
    testimony = outcomes.Testimony("보도자료", grade, figures=figures or [])
    circle = outcomes.Circle(parties=parties, cooperating_units=cooperating)
    return outcomes.record_outcome(system(), testimony, circle, title=title, **wanted)


def money_of(outcome: Outcome) -> LedgerEntry:
    """The first standing money entry."""
    found = LedgerEntry.objects.filter(outcome=outcome, measure=Measure.MONEY, reverses=None, reversed_by=None)
    return found.order_by("id")[0]


def make_follow_up(title: str = "착공 확인", **fields: Any) -> FollowUp:
    return follow_ups.plan_follow_up(system(), title=title, **fields)


def make_document(outcome: Outcome, content: bytes = b"%PDF-1.4", name: str = "협약서.pdf", **fields: Any) -> Document:
    wanted = {"title": "협약서", "grade": Grade.SIGNED_DOCUMENT, **fields}
    return documents.attach_document(system(), documents.Upload(name, content), outcome=outcome, **wanted)
