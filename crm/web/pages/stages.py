"""How far an outcome has come, and what is missing on the way; the stages of every kind with their gates."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from crm.models import Account, Document, Outcome, StageStep
from crm.models.labels import label
from crm.permissions import may, sees_values
from crm.queries.gates import StageAhead, lacks_for, stages_ahead
from crm.queries.one_outcome import OutcomeParts
from crm.values.measures import OutcomeKind
from crm.values.stages import STAGES, Gate, Stage, StageRule, off_road
from crm.web.pages.links import Link
from crm.web.text import day_text, time_text


@dataclass(frozen=True, slots=True)
class Mark:
    """One stage of the normal road. `place`: done, here or ahead."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class AheadLine:
    stage: str
    text: str
    lacks: tuple[str, ...]
    takes_reason: bool
    is_off_road: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    before: str
    after: str
    taken: str
    recorded: str
    who: str
    reason: str
    evidence: Link | None


@dataclass(frozen=True, slots=True)
class StageSection:
    """`fallen` is what the stage it is at requires and does not have any more; `off_road` its name where it has left
    the normal road."""

    here: str
    off_road: str
    reason: str
    marks: tuple[Mark, ...]
    ahead: tuple[AheadLine, ...]
    fallen: tuple[str, ...]
    steps: tuple[StepLine, ...]
    may_step: bool


def stage_section(parts: OutcomeParts, reader: Account) -> StageSection:
    outcome = parts.outcome
    kind = OutcomeKind(outcome.kind)
    is_off, is_shown = off_road(kind, outcome.stage), sees_values(reader, outcome)
    steps = list(outcome.steps.filter(archived_at=None).select_related("taken_by", "evidence"))
    return StageSection(
        here=label(Stage(outcome.stage)),
        off_road=label(Stage(outcome.stage)) if is_off else "",
        reason=outcome.stage_reason if is_shown else "",
        marks=_marks(kind, outcome.stage, steps),
        ahead=tuple(_ahead(stage) for stage in stages_ahead(outcome, parts)),
        fallen=tuple(lack.text for lack in lacks_for(outcome, outcome.stage, parts)),
        steps=tuple(_step(step) for step in steps) if is_shown else (),
        may_step=outcome.archived_at is None and may(reader, "outcome.step", outcome),
    )


def _marks(kind: OutcomeKind, stage: str, steps: list[StageStep]) -> tuple[Mark, ...]:
    """The normal road as far as it was gone: off it, up to where it was left."""
    road = [rule.stage for rule in STAGES[kind] if not rule.off_road]
    last = stage if stage in road else next((s.from_stage for s in reversed(steps) if s.from_stage in road), road[0])
    reached = road.index(Stage(last))

    def place(number: int) -> str:
        if number == reached and stage in road:
            return "here"
        return "done" if number <= reached else "ahead"

    return tuple(Mark(label(each), place(number)) for number, each in enumerate(road))


def _ahead(ahead: StageAhead) -> AheadLine:
    lacks = tuple(lack.text for lack in ahead.lacks)
    return AheadLine(ahead.stage.value, label(ahead.stage), lacks, ahead.takes_reason, ahead.off_road)


def _step(step: StageStep) -> StepLine:
    evidence: Document | None = step.evidence
    return StepLine(
        before=label(Stage(step.from_stage)) if step.from_stage else "",
        after=label(Stage(step.stage)),
        taken=day_text(step.taken_on),
        recorded=time_text(step.created_at),
        who=str(step.taken_by),
        reason=step.reason,
        evidence=Link(evidence.title, f"#document-{evidence.pk}") if evidence else None,
    )


@dataclass(frozen=True, slots=True)
class RuleLine:
    stage: str
    is_off_road: bool
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindRules:
    kind: str
    key: str
    lines: tuple[RuleLine, ...]


def stage_rules() -> tuple[KindRules, ...]:
    """The stages of every kind, as an administrator reads them."""
    return tuple(
        KindRules(label(kind), kind.value, tuple(_rule(rule) for rule in rules)) for kind, rules in STAGES.items()
    )


def _rule(rule: StageRule) -> RuleLine:
    requires = requirements(rule.gate)
    return RuleLine(label(rule.stage), rule.off_road, (*requires, _("A reason")) if rule.off_road else requires)


def requirements(gate: Gate) -> tuple[str, ...]:
    """All that a gate requires, in words."""
    found = [str(Outcome._meta.get_field(name).verbose_name) for name in gate.fields]  # type: ignore[union-attr]
    if gate.parties:
        roles = " / ".join(label(role) for role in gate.parties)
        found.append(_("A party in the role: %(roles)s") % {"roles": roles})
    if gate.evidence:
        found.append(_("Evidence of at least this grade: %(grade)s") % {"grade": label(gate.evidence)})
    if gate.realised:
        measures = " / ".join(label(measure) for measure in gate.realised)
        found.append(_("A realised value with evidence: %(measures)s") % {"measures": measures})
    if gate.concurrence:
        found.append(_("No concurrence and no approval is open"))
    if gate.leads_to:
        found.append(_("The record of what came of it, linked to this one"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class StepPage:
    id: UUID
    title: str
    here: str
    lacks: tuple[str, ...]


def step_page(outcome: Outcome, stage: str) -> StepPage:
    """What is missing for the chosen stage, before anybody tries."""
    lacks = tuple(lack.text for lack in lacks_for(outcome, stage)) if stage else ()
    return StepPage(outcome.pk, outcome.title, label(Stage(outcome.stage)), lacks)
