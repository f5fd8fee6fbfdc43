"""People and outcomes for the exchange between departments: heads of the leading and of the asked units."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from crm.actions import accounts, concurrence
from crm.actions.base import Caller
from crm.models import Account, Concurrence, OrgUnit, Outcome
from crm.queries.content import content_hash
from crm.values.concurrence import Answer
from crm.values.measures import Role
from tests.builders import figure, make_outcome, make_unit, system


@dataclass(frozen=True, slots=True)
class Exchange:
    """An investment MOU that `lead` leads and two departments were asked about; who acts for whom."""

    lead: OrgUnit
    climate: OrgUnit
    economy: OrgUnit
    drafter: Account
    reviewer: Account
    head: Account
    climate_head: Account
    economy_head: Account
    climate_officer: Account
    outcome: Outcome

    def asked(self, unit: OrgUnit) -> Concurrence:
        """The request to the unit that is in force, as it is on record now."""
        return Concurrence.objects.get(outcome=self.outcome, org_unit=unit, archived_at=None)

    def now(self) -> Outcome:
        return Outcome.objects.get(pk=self.outcome.pk)


def person(username: str, role: Role, unit: OrgUnit | None) -> Account:
    return accounts.open_account(system(), None, username=username, name=username, role=role, org_unit=unit)


def as_caller(account: Account, now: datetime | None = None) -> Caller:
    return replace(system(), account=account, now=now or timezone.now(), channel="page")


def make_exchange(**fields: Any) -> Exchange:
    lead, climate, economy = make_unit("인공지능국"), make_unit("기후국"), make_unit("경제국")
    outcome = make_outcome(
        figures=[figure()],
        cooperating=[climate, economy],
        **{"lead_unit": lead, "signed_on": date(2023, 1, 7), **fields},
    )
    return Exchange(
        lead=lead,
        climate=climate,
        economy=economy,
        drafter=person("drafter", Role.OFFICER, lead),
        reviewer=person("reviewer", Role.TEAM_LEAD, lead),
        head=person("head", Role.BUREAU_HEAD, lead),
        climate_head=person("climate-head", Role.TEAM_LEAD, climate),
        economy_head=person("economy-head", Role.DIVISION_HEAD, economy),
        climate_officer=person("climate-officer", Role.OFFICER, climate),
        outcome=outcome,
    )


def answer(account: Account, asked: Concurrence, said: Answer = Answer.AGREE, **more: Any) -> Concurrence:
    """Answers about the outcome as it now stands, unless told of which content."""
    seen = more.pop("content_hash", None) or content_hash(asked.outcome)
    return concurrence.concur(as_caller(account), asked, said, content_hash=seen, **more)


def agree_all(exchange: Exchange) -> None:
    answer(exchange.climate_head, exchange.asked(exchange.climate))
    answer(exchange.economy_head, exchange.asked(exchange.economy))
