"""What the tests of figures share: the clock a moment on, outcomes divided between events and units, tables by key."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from crm.actions.attribution import Share, attribute_outcome
from crm.actions.base import Caller
from crm.models import Event, OrgUnit, Outcome
from crm.values.measures import AttributionRole, Series
from reports.report import Report, Table
from tests.builders import system

WON: Final = {"currency": "KRW"}
# What a target of the year is beside its measure and its value.
AIM: Final[dict[str, Any]] = {"year": 2023, "series": Series.ANNOUNCED, "source": "업무계획"}


def now() -> datetime:
    """An as-of time by which all is recorded that the test has recorded until here."""
    return datetime.now(UTC) + timedelta(seconds=1)


def later(days: int) -> Caller:
    return replace(system(), now=datetime.now(UTC) + timedelta(days=days))


def divide(outcome: Outcome, *parts: tuple[Event | OrgUnit, AttributionRole, int | str]) -> None:
    """Divides the outcome: to whom, in which role, how many per cent."""
    shares = [
        Share(role, Decimal(share), **{"event" if isinstance(holder, Event) else "org_unit": holder})  # type: ignore[arg-type]
        for holder, role, share in parts
    ]
    attribute_outcome(system(), outcome, shares)


def tables_of(report: Report) -> dict[str, Table]:
    return {table.key: table for section in report.sections for table in section.tables}
