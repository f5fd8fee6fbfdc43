"""How far an outcome has come: the stages of each kind, which lead where, and what each requires. Data, not code.

An investment MOU's stages are its six fulfilment statuses: closed and exclusive."""

from dataclasses import dataclass, field
from enum import StrEnum

from crm.values.evidence import Grade
from crm.values.measures import Measure, OutcomeKind, PartyRole


class Stage(StrEnum):
    PLANNED = "planned"
    INVESTED = "invested"
    PLAN_CHANGED = "plan_changed"
    INVESTED_ELSEWHERE = "invested_elsewhere"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPECTED = "expected"
    SIGNED = "signed"
    IN_PROGRESS = "in_progress"
    FULFILLED = "fulfilled"
    NOTIFIED = "notified"
    ARRIVED_IN_PART = "arrived_in_part"
    ARRIVED = "arrived"
    DELIVERING = "delivering"
    CONVERTED = "converted"
    RUNNING = "running"
    COMPLETED = "completed"
    PROMISED = "promised"
    IN_TALKS = "in_talks"
    SETTLED = "settled"
    REALISED = "realised"
    LAPSED = "lapsed"
    TERMINATED = "terminated"


FULFILMENT: tuple[Stage, ...] = (
    Stage.PLANNED,
    Stage.INVESTED,
    Stage.PLAN_CHANGED,
    Stage.INVESTED_ELSEWHERE,
    Stage.CLOSED,
    Stage.WITHDRAWN,
)
# Ends that are a withdrawal: the ledger's entries move with that cause.
WITHDRAWALS = frozenset({Stage.WITHDRAWN, Stage.TERMINATED, Stage.LAPSED})


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be there before a stage is reached. `fields` are columns of the outcome; `parties` roles, one of which
    must be filled; `evidence` the weakest grade of document that will do; `realised` measures, one of which must have
    a realised value; `concurrence`: no concurrence and no approval is open; `leads_to`: a record that came of it."""

    fields: tuple[str, ...] = ()
    parties: tuple[PartyRole, ...] = ()
    evidence: Grade | None = None
    realised: tuple[Measure, ...] = ()
    concurrence: bool = False
    leads_to: bool = False


@dataclass(frozen=True, slots=True)
class StageRule:
    """One stage of a kind. `off_road` stages may be entered from any other, with a reason; a normal one from the
    stage before it, and with a reason from anywhere else."""

    stage: Stage
    gate: Gate = field(default_factory=Gate)
    off_road: bool = False


_LED = Gate(fields=("lead_unit",))
_PROVED = Gate(fields=("lead_unit",), evidence=Grade.PARTNER_CONFIRMED, concurrence=True)
_PAID = Gate(fields=("lead_unit",), realised=(Measure.MONEY,), concurrence=True)
_OUT = (StageRule(Stage.WITHDRAWN, off_road=True),)
_ENDED = (StageRule(Stage.TERMINATED, off_road=True),)
_LAPSED = (StageRule(Stage.LAPSED, off_road=True),)

_CONTRACT = (
    StageRule(Stage.SIGNED),
    StageRule(Stage.DELIVERING, _PAID),
    StageRule(
        Stage.FULFILLED,
        Gate(("lead_unit", "signed_on"), evidence=Grade.OFFICIAL_RECORD, realised=(Measure.MONEY,), concurrence=True),
    ),
    *_ENDED,
)
_INTENT = (StageRule(Stage.SIGNED), StageRule(Stage.CONVERTED, Gate(leads_to=True)), *_LAPSED, *_OUT)
_DONE = (StageRule(Stage.REALISED),)

STAGES: dict[OutcomeKind, tuple[StageRule, ...]] = {
    OutcomeKind.EXPECTED_CONTRACT: (
        StageRule(Stage.EXPECTED),
        StageRule(Stage.CONVERTED, Gate(leads_to=True)),
        *_LAPSED,
    ),
    OutcomeKind.PURCHASE_LOI: _INTENT,
    OutcomeKind.ONSITE_CONTRACT: _CONTRACT,
    OutcomeKind.EXPORT_CONTRACT: _CONTRACT,
    OutcomeKind.REALISED_EXPORT: _DONE,
    OutcomeKind.INVESTMENT_LOI: _INTENT,
    OutcomeKind.INVESTMENT_MOU: (
        StageRule(Stage.PLANNED),
        StageRule(
            Stage.INVESTED,
            Gate(
                ("signed_on", "lead_unit"),
                parties=(PartyRole.INVESTOR,),
                realised=(Measure.MONEY, Measure.JOBS),
                concurrence=True,
            ),
        ),
        StageRule(Stage.PLAN_CHANGED, off_road=True),
        StageRule(Stage.INVESTED_ELSEWHERE, off_road=True),
        StageRule(Stage.CLOSED, off_road=True),
        StageRule(Stage.WITHDRAWN, off_road=True),
    ),
    OutcomeKind.DEFINITIVE_AGREEMENT: (
        StageRule(Stage.SIGNED),
        StageRule(Stage.IN_PROGRESS, Gate(("lead_unit",), evidence=Grade.SIGNED_DOCUMENT, concurrence=True)),
        StageRule(Stage.FULFILLED, _PAID),
        StageRule(Stage.PLAN_CHANGED, off_road=True),
        *_ENDED,
    ),
    OutcomeKind.FDI_NOTIFIED: (
        StageRule(Stage.NOTIFIED),
        StageRule(Stage.ARRIVED_IN_PART, _PAID),
        StageRule(
            Stage.ARRIVED,
            Gate(("lead_unit",), evidence=Grade.OFFICIAL_RECORD, realised=(Measure.MONEY,), concurrence=True),
        ),
        *_OUT,
    ),
    OutcomeKind.FDI_ARRIVED: (StageRule(Stage.ARRIVED),),
    OutcomeKind.GROUNDBREAKING: _DONE,
    OutcomeKind.COMPLETION: _DONE,
    OutcomeKind.OPERATION: _DONE,
    OutcomeKind.BUSINESS_MOU: (
        StageRule(Stage.SIGNED),
        StageRule(Stage.IN_PROGRESS, _LED),
        StageRule(Stage.FULFILLED, _PROVED),
        *_LAPSED,
        *_OUT,
    ),
    OutcomeKind.PROMISE: (
        StageRule(Stage.PROMISED),
        StageRule(Stage.IN_TALKS, _LED),
        StageRule(Stage.SETTLED, Gate(leads_to=True)),
        *_LAPSED,
    ),
    OutcomeKind.DEMONSTRATION: (
        StageRule(Stage.SIGNED),
        StageRule(Stage.RUNNING, _LED),
        StageRule(Stage.COMPLETED, _PROVED),
        *_ENDED,
    ),
    OutcomeKind.PAVILION_OPERATION: _DONE,
}


def first_stage(kind: OutcomeKind) -> Stage:
    return STAGES[kind][0].stage


def rule_of(kind: OutcomeKind, stage: str) -> StageRule | None:
    """The rule of that stage of the kind; None where the kind has no such stage."""
    return next((rule for rule in STAGES[kind] if rule.stage == stage), None)


def off_road(kind: OutcomeKind, stage: str) -> bool:
    rule = rule_of(kind, stage)
    return rule is not None and rule.off_road


def is_ordinary_step(kind: OutcomeKind, before: str, after: str) -> bool:
    """Whether the step leads one stage further on the kind's normal road: any other takes a reason."""
    road = [rule.stage for rule in STAGES[kind] if not rule.off_road]
    if before not in road or after not in road:
        return False
    return road.index(Stage(after)) == road.index(Stage(before)) + 1
