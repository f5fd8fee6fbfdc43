"""What became of the follow-ups of a quarter, and of the directives, as it was known at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from crm.models import CooperatingUnit, Directive, FollowUp, Outcome
from crm.values.follow_up_rules import Trigger
from crm.values.measures import FollowUpStatus
from crm.values.money import format_rate
from crm.values.periods import SEOUL, Quarter, start_of_day
from reports.figures.at_once import Wanted, at_once, parts, records
from reports.figures.falling import units_as_of
from reports.figures.listing import Listing
from reports.figures.standing import Hex, latest

BY_HAND: Final = "by_hand"
BY_DIRECTIVE: Final = "directive"
_TRIGGERS: Final = [*(trigger.value for trigger in Trigger), BY_DIRECTIVE, BY_HAND]
IDS: Final = ("id", "outcome_id", "directive_id", "assignee_id", "org_unit_id")
TEXTS: Final = ("due_on", "title", "status", "done_on", "result", "trigger", "rule_key")
_COLUMNS: Final[tuple[str | Hex, ...]] = (*map(Hex, IDS), *TEXTS)


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """Planned are done, open or dropped. Of the open: `overdue` past their day at the as-of time, `unassigned` with
    neither person nor unit. `on_time` were done by their day; `due` are those done that had a day, and those overdue.
    `late` were done after their day or are overdue; `mean_days_late` is their mean, up to the as-of day where they are
    open. Per cent and mean are unrounded; None where there is nothing to divide."""

    planned: int
    done: int
    open: int
    overdue: int
    unassigned: int
    dropped: int
    on_time: int
    due: int
    on_time_percent: Decimal | None
    late: int
    mean_days_late: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitFollowUps:
    """`unit` None: those without a unit."""

    unit: UUID | None
    name: str
    counts: FollowUpCounts


@dataclass(frozen=True, slots=True)
class TriggerFollowUps:
    """`trigger` is a Trigger, BY_DIRECTIVE or BY_HAND; `months` after the day itself (0), where it is a regular
    check."""

    trigger: str
    months: int | None
    counts: FollowUpCounts


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One follow-up. `lead` is its unit, or else that which leads its outcome; `days_late` as in FollowUpCounts, None
    where it is not late."""

    id: UUID
    title: str
    outcome: UUID | None
    lead: str
    cooperating: tuple[str, ...]
    due_on: date | None
    status: str
    is_unassigned: bool
    done_on: date | None
    days_late: int | None
    result: str


@dataclass(frozen=True, slots=True)
class DirectiveLine:
    """A directive and what became of it: its follow-ups, of whatever day."""

    id: UUID
    text: str
    given_on: date
    lead: str
    planned: int
    done: int
    open: int
    dropped: int
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUpStatusFigures:
    """The follow-ups of a quarter are those due in it, or, without a day, planned in it. `open` are its open ones and
    the `carried` ones of earlier quarters that are open still; `settled` are its done and dropped ones. `directives`
    are those given in the quarter, and earlier ones of which something is open."""

    period: Quarter
    as_of: datetime
    whole: FollowUpCounts
    units: tuple[UnitFollowUps, ...]
    triggers: tuple[TriggerFollowUps, ...]
    carried: int
    open: Listing[FollowUpLine]
    settled: Listing[FollowUpLine]
    directives: tuple[DirectiveLine, ...]


class FollowUpRow(NamedTuple):
    """A follow-up as it was known; its ids by their digits, since thousands are read."""

    id: str
    outcome: str | None
    directive: str | None
    assignee: str | None
    unit: str | None
    due_on: date | None
    title: str
    status: str
    done_on: date | None
    result: str
    trigger: str
    rule_key: str | None


def follow_up_status(period: Quarter, as_of: datetime) -> FollowUpStatusFigures:
    today, names = as_of.astimezone(SEOUL).date(), units_as_of(as_of).names
    own, earlier = _of_quarter_and_before(period, as_of)
    units: dict[UUID | None, list[FollowUpRow]] = {}
    triggers: dict[tuple[str, int | None], list[FollowUpRow]] = {}
    for row in own:
        units.setdefault(UUID(row.unit) if row.unit else None, []).append(row)
        triggers.setdefault(_trigger(row), []).append(row)
    settled = [row for row in own if row.status != FollowUpStatus.OPEN]
    pending = [row for row in own if row.status == FollowUpStatus.OPEN]
    return FollowUpStatusFigures(
        period,
        as_of,
        counts(own, today),
        tuple(
            UnitFollowUps(unit, names.get(unit, "") if unit else "", counts(rows, today))
            for unit, rows in sorted(
                units.items(), key=lambda item: (item[0] is None, names.get(item[0], "") if item[0] else "")
            )
        ),
        tuple(
            TriggerFollowUps(trigger, months, counts(rows, today))
            for (trigger, months), rows in sorted(
                triggers.items(), key=lambda item: (_TRIGGERS.index(item[0][0]), item[0][1] or 0)
            )
        ),
        len(earlier),
        _listed([*earlier, *pending], names, as_of),
        _listed(settled, names, as_of),
        _directives(period, names, as_of),
    )


def counts(rows: Sequence[FollowUpRow], today: date) -> FollowUpCounts:
    """Of follow-ups as they were known, as of the end of that day."""
    done = [row for row in rows if row.status == FollowUpStatus.DONE]
    pending = [row for row in rows if row.status == FollowUpStatus.OPEN]
    dated = [(row.due_on, row.done_on) for row in done if row.due_on is not None and row.done_on is not None]
    late = [days for row in rows if (days := _days_late(row, today)) is not None]
    overdue = len([row for row in pending if row.due_on is not None and row.due_on < today])
    on_time, due = len([True for due_on, done_on in dated if done_on <= due_on]), len(dated) + overdue
    return FollowUpCounts(
        planned=len(rows),
        done=len(done),
        open=len(pending),
        overdue=overdue,
        unassigned=len([row for row in pending if _is_unassigned(row)]),
        dropped=len([row for row in rows if row.status == FollowUpStatus.DROPPED]),
        on_time=on_time,
        due=due,
        on_time_percent=format_rate(Decimal(on_time), Decimal(due)) if due else None,
        late=len(late),
        mean_days_late=Decimal(sum(late)) / len(late) if late else None,
    )


def told_of(outcomes: Collection[UUID], as_of: datetime) -> tuple[Wanted, Wanted]:
    """What else is told of the outcomes that follow-ups are about, to be read with others."""
    led = records(Outcome, outcomes, "lead_unit_id")
    return led, parts(CooperatingUnit, "outcome", outcomes, as_of, "org_unit_id")


def _listed(rows: list[FollowUpRow], names: Mapping[UUID, str], as_of: datetime) -> Listing[FollowUpLine]:
    return Listing(sorted(rows, key=soonest), lambda some: lines_of(some, names, as_of))


def _rows(as_of: datetime, about: Q) -> list[FollowUpRow]:
    return list(map(FollowUpRow._make, latest(FollowUp, as_of).filter(about).order_by().values_list(*_COLUMNS)))


def _of_quarter_and_before(period: Quarter, as_of: datetime) -> tuple[list[FollowUpRow], list[FollowUpRow]]:
    """The follow-ups of the quarter, and the open ones of earlier quarters."""
    earlier = _before(period)
    found = latest(FollowUp, as_of).filter(_of_quarter(period) | (earlier & Q(status=FollowUpStatus.OPEN))).order_by()
    is_earlier = Case(When(earlier, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows: tuple[list[FollowUpRow], list[FollowUpRow]] = ([], [])
    for which, *said in found.values_list(is_earlier, *_COLUMNS):
        rows[which].append(FollowUpRow._make(said))
    return rows


def _of_quarter(period: Quarter) -> Q:
    begins, ends = start_of_day(period.first_day), start_of_day(period.next().first_day)
    planned = Q(due_on=None, created_at__gte=begins, created_at__lt=ends)
    return Q(due_on__gte=period.first_day, due_on__lte=period.last_day) | planned


def _before(period: Quarter) -> Q:
    planned = Q(due_on=None, created_at__lt=start_of_day(period.first_day))
    return Q(due_on__lt=period.first_day) | planned


def _is_unassigned(row: FollowUpRow) -> bool:
    return row.assignee is None and row.unit is None


def _days_late(row: FollowUpRow, today: date) -> int | None:
    until = today if row.status == FollowUpStatus.OPEN else row.done_on
    if row.status == FollowUpStatus.DROPPED or row.due_on is None or until is None or until <= row.due_on:
        return None
    return (until - row.due_on).days


def _trigger(row: FollowUpRow) -> tuple[str, int | None]:
    if row.trigger == Trigger.CADENCE:
        months = (row.rule_key or "").rpartition(":")[2]
        return row.trigger, int(months) if months.isdecimal() else None
    return row.trigger or (BY_DIRECTIVE if row.directive else BY_HAND), None


def lines_of(
    rows: Sequence[FollowUpRow], names: Mapping[UUID, str], as_of: datetime, told: Sequence[Any] | None = None
) -> list[FollowUpLine]:
    today, about = as_of.astimezone(SEOUL).date(), {UUID(row.outcome) for row in rows if row.outcome}
    # `told`: what `told_of` found of them, where that was read.
    led, cooperating = told or at_once(as_of, *told_of(about, as_of))
    leads = {pk: row.lead_unit_id for pk, row in led.items()}
    lines = []
    for row in rows:
        outcome = UUID(row.outcome) if row.outcome else None
        lead = UUID(row.unit) if row.unit else leads.get(outcome) if outcome else None
        among = sorted(names.get(part.org_unit_id, "") for part in cooperating.get(outcome, [])) if outcome else ()
        lines.append(
            FollowUpLine(
                UUID(row.id),
                row.title,
                outcome,
                names.get(lead, "") if lead else "",
                tuple(among),
                row.due_on,
                row.status,
                _is_unassigned(row),
                row.done_on,
                _days_late(row, today),
                row.result,
            )
        )
    return lines


def soonest(row: FollowUpRow) -> tuple[Any, ...]:
    """The soonest due first."""
    return row.due_on is None, row.due_on or date.min, row.title, row.id


def _directives(period: Quarter, names: Mapping[UUID, str], as_of: datetime) -> tuple[DirectiveLine, ...]:
    given = latest(Directive, as_of).filter(given_on__lte=period.last_day)
    found = list(given.values_list("id", "text", "given_on", "lead_unit_id", named=True))
    theirs: dict[str | None, list[FollowUpRow]] = {}
    for row in _rows(as_of, Q(directive_id__in=[one.id for one in found])) if found else []:
        theirs.setdefault(row.directive, []).append(row)
    lines = []
    for one in found:
        rows = theirs.get(one.id.hex, [])
        told = counts(rows, period.last_day)
        if one.given_on >= period.first_day or told.open or not rows:
            results = tuple(row.result for row in sorted(rows, key=lambda r: r.id) if row.result)
            lead = names.get(one.lead_unit_id, "") if one.lead_unit_id else ""
            parts = (told.planned, told.done, told.open, told.dropped)
            lines.append(DirectiveLine(one.id, one.text, one.given_on, lead, *parts, results))
    return tuple(sorted(lines, key=lambda line: (line.given_on, str(line.id))))
