"""Org units, their successions, and programmes."""

from datetime import date
from typing import Any, Final

from django.utils import timezone

from crm.actions.amounts import check_currency
from crm.actions.base import Caller, action, expect_version, store
from crm.actions.concurrence import hand_over_requests
from crm.models import OrgUnit, Programme, ProgrammeStatus, UnitSuccession
from crm.values.measures import SuccessionKind

_SIZE: Final = ("size_amount", "size_currency")


@action("org_unit.record")
def record_org_unit(caller: Caller, /, **fields: Any) -> OrgUnit:
    return store(OrgUnit(), fields)


@action("org_unit.update")
def update_org_unit(caller: Caller, /, unit: OrgUnit, *, version: int | None = None, **changes: Any) -> OrgUnit:
    expect_version(unit, version)
    return store(unit, changes)


@action("org_unit.update")
def record_succession(caller: Caller, /, predecessor: OrgUnit, successor: OrgUnit, **fields: Any) -> UnitSuccession:
    """`predecessor` became `successor`: old reports print the old name, open work shows the new unit. The requests that
    the predecessor has not answered are the successor's at once, where it is the only one and in force; a split unit's
    wait until somebody hands them over."""
    succession = store(UnitSuccession(), {"predecessor": predecessor, "successor": successor, **fields})
    heir = predecessor.current(timezone.localdate(caller.now))
    if heir.pk != predecessor.pk and succession.kind != SuccessionKind.SPLIT:
        hand_over_requests(predecessor, heir, caller.reason or succession.source)
    return succession


@action("programme.record")
def record_programme(caller: Caller, /, **fields: Any) -> Programme:
    check_currency(Programme(), fields, *_SIZE)
    return store(Programme(), fields)


@action("programme.update")
def update_programme(
    caller: Caller, /, programme: Programme, *, version: int | None = None, **changes: Any
) -> Programme:
    expect_version(programme, version)
    check_currency(programme, changes, *_SIZE)
    return store(programme, changes)


@action("programme.update")
def record_programme_status(
    caller: Caller, /, programme: Programme, on: date, status: str, source: str
) -> ProgrammeStatus:
    return store(ProgrammeStatus(), {"programme": programme, "on": on, "status": status, "source": source})
