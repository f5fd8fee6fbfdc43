"""The closed vocabularies of demonstrations (실증), pitch competitions (IR 대회) and of what came of what."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum


class RegulatoryPath(StrEnum):
    RAPID_CONFIRMATION = "rapid_confirmation"
    TEST_EXEMPTION = "test_exemption"
    TEMPORARY_PERMIT = "temporary_permit"


class DemonstrationStage(StrEnum):
    PREPARED = "prepared"
    RUNNING = "running"
    COMPLETED = "completed"
    CERTIFIED = "certified"
    STOPPED = "stopped"


class Verdict(StrEnum):
    SUCCEEDED = "succeeded"
    PARTLY = "partly"
    FAILED = "failed"


class PitchRound(StrEnum):
    APPLIED = "applied"
    SCREENED = "screened"
    FINALS = "finals"


class PitchStatus(StrEnum):
    RUNNING = "running"
    AWARDED = "awarded"
    OUT = "out"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DemonstrationGate:
    """What must be there before a stage is reached. `fields` are columns of the demonstration; `kpis`: at least one
    with a target; `measured`: every KPI has its measured value; `permit`: where the regulatory path needs one, its
    number and an expiry that has not passed; `verdicts`: those with which the stage may be reached."""

    fields: tuple[str, ...] = ()
    kpis: bool = False
    measured: bool = False
    permit: bool = False
    verdicts: tuple[Verdict, ...] = ()


# A rapid confirmation asks whether a rule applies; the other two are permits with a last day.
NEEDS_PERMIT = frozenset({RegulatoryPath.TEST_EXEMPTION, RegulatoryPath.TEMPORARY_PERMIT})

ROAD: tuple[DemonstrationStage, ...] = (
    DemonstrationStage.PREPARED,
    DemonstrationStage.RUNNING,
    DemonstrationStage.COMPLETED,
    DemonstrationStage.CERTIFIED,
)

GATES: dict[DemonstrationStage, DemonstrationGate] = {
    DemonstrationStage.PREPARED: DemonstrationGate(),
    DemonstrationStage.RUNNING: DemonstrationGate(
        fields=("applicant", "technology", "testbed_site", "site_unit", "starts_on"), kpis=True, permit=True
    ),
    DemonstrationStage.COMPLETED: DemonstrationGate(fields=("ends_on", "result", "verdict"), measured=True),
    DemonstrationStage.CERTIFIED: DemonstrationGate(
        fields=("certificate_number", "certificate_on"), verdicts=(Verdict.SUCCEEDED, Verdict.PARTLY)
    ),
    DemonstrationStage.STOPPED: DemonstrationGate(),
}


def gates_between(before: DemonstrationStage, after: DemonstrationStage) -> tuple[DemonstrationGate, ...]:
    """The gates that the step passes: those of every stage on the way, so that skipping one does not avoid its gate.
    A step back, and one to or from a stop, passes what stands before the stage that it reaches."""
    if after not in ROAD:
        return (GATES[after],)
    reached = ROAD.index(after)
    first = ROAD.index(before) + 1 if before in ROAD and ROAD.index(before) < reached else 1
    return tuple(GATES[stage] for stage in ROAD[first : reached + 1])


def takes_reason(before: DemonstrationStage, after: DemonstrationStage) -> bool:
    """Only the step to the next stage of the road goes without one."""
    return not (before in ROAD and after in ROAD and ROAD.index(after) == ROAD.index(before) + 1)


PERMIT_NEAR = timedelta(days=60)
# What is scored: the papers of the screening, and the final. An application alone is not.
SCORED_ROUNDS = (PitchRound.SCREENED, PitchRound.FINALS)
ROUNDS = tuple(PitchRound)
FULL_WEIGHT = Decimal(100)
