"""When a follow-up is planned by rule, unless an administrator has set another."""

from dataclasses import dataclass
from enum import StrEnum

from crm.values.measures import OutcomeKind


class Trigger(StrEnum):
    """Why a follow-up was planned by rule. `cadence`: so many months after the event or the signing."""

    CADENCE = "cadence"
    DEADLINE_NEAR = "deadline_near"
    NO_CONTACT = "no_contact"
    CONCURRENCE_PENDING = "concurrence_pending"
    EVIDENCE_MISSING = "evidence_missing"
    YEARLY_FIGURE_DUE = "yearly_figure_due"
    PERMIT_EXPIRING = "permit_expiring"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True)
class Rule:
    """`offsets` of a cadence are months after the day itself; of every other trigger days: before the deadline or the
    expiry, without contact, after the request, the recording or the end of the year, after the due day."""

    trigger: Trigger
    kind: str
    offsets: tuple[int, ...]


_MONTHS = (0, 1, 3, 6, 12)
_SELDOM = (0, 6, 12)
_NEVER: tuple[int, ...] = ()
CADENCE: dict[OutcomeKind, tuple[int, ...]] = {
    **dict.fromkeys(OutcomeKind, _MONTHS),
    OutcomeKind.REALISED_EXPORT: _NEVER,
    OutcomeKind.FDI_ARRIVED: _SELDOM,
    OutcomeKind.GROUNDBREAKING: _SELDOM,
    OutcomeKind.COMPLETION: _SELDOM,
    OutcomeKind.OPERATION: _NEVER,
    OutcomeKind.PAVILION_OPERATION: _NEVER,
}
DAYS: dict[Trigger, tuple[int, ...]] = {
    Trigger.DEADLINE_NEAR: (60, 14),
    Trigger.NO_CONTACT: (180,),
    Trigger.CONCURRENCE_PENDING: (7,),
    Trigger.EVIDENCE_MISSING: (30,),
    Trigger.YEARLY_FIGURE_DUE: (31,),
    Trigger.PERMIT_EXPIRING: (90, 30),
    Trigger.ESCALATION: (7,),
}
DEFAULT_RULES: tuple[Rule, ...] = (
    *(Rule(Trigger.CADENCE, kind.value, months) for kind, months in CADENCE.items()),
    *(Rule(trigger, "", days) for trigger, days in DAYS.items()),
)
