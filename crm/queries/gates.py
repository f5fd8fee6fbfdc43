"""What an outcome still lacks for a stage: the gate's requirements that are not met, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.models import Outcome
from crm.models.labels import label
from crm.queries.one_outcome import OutcomeParts
from crm.values.evidence import STRONGEST_FIRST, Grade
from crm.values.measures import OutcomeKind
from crm.values.stages import STAGES, Gate, Stage, is_ordinary_step, rule_of


@dataclass(frozen=True, slots=True)
class Lack:
    """One requirement that is not met. `what` names it for programs: a column, `parties`, `evidence`, `realised`,
    `concurrence`, `approval`, `leads_to`."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class StageAhead:
    """A stage that the outcome may go to: what is lacking before, and whether the step takes a reason."""

    stage: Stage
    lacks: tuple[Lack, ...]
    off_road: bool
    takes_reason: bool


def stages_ahead(outcome: Outcome, parts: OutcomeParts | None = None) -> tuple[StageAhead, ...]:
    """Every stage of the outcome's kind but the one it is at, in the order of its road."""
    kind, parts = OutcomeKind(outcome.kind), parts or OutcomeParts(outcome)
    return tuple(
        StageAhead(rule.stage, lacking(parts, rule.gate), rule.off_road, takes_reason(kind, outcome.stage, rule.stage))
        for rule in STAGES[kind]
        if rule.stage != outcome.stage
    )


def takes_reason(kind: OutcomeKind, before: str, after: str) -> bool:
    return not is_ordinary_step(kind, before, after)


def lacks_for(outcome: Outcome, stage: str, parts: OutcomeParts | None = None) -> tuple[Lack, ...]:
    """What is lacking for that stage of the outcome's kind; nothing for a stage that the kind does not have."""
    rule = rule_of(OutcomeKind(outcome.kind), stage)
    return lacking(parts or OutcomeParts(outcome), rule.gate) if rule else ()


def lacking(parts: OutcomeParts, gate: Gate) -> tuple[Lack, ...]:
    outcome = parts.outcome
    found = [Lack(name, _field_text(outcome, name)) for name in gate.fields if getattr(outcome, name) in (None, "")]
    if gate.parties and not any(party.role in gate.parties for party in parts.tied("party")):
        roles = " / ".join(label(role) for role in gate.parties)
        found.append(Lack("parties", _("A party in the role: %(roles)s") % {"roles": roles}))
    if gate.evidence and not _has_evidence(parts, gate.evidence):
        text = _("Evidence of at least this grade: %(grade)s") % {"grade": label(gate.evidence)}
        found.append(Lack("evidence", text))
    if gate.realised and not parts.realised(gate.realised):
        measures = " / ".join(label(measure) for measure in gate.realised)
        found.append(Lack("realised", _("A realised value with evidence: %(measures)s") % {"measures": measures}))
    if gate.concurrence:
        found += _open_questions(parts)
    if gate.leads_to and not parts.leads_on:
        found.append(Lack("leads_to", _("The record of what came of it, linked to this one")))
    return tuple(found)


def _field_text(outcome: Outcome, name: str) -> str:
    return str(outcome._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _has_evidence(parts: OutcomeParts, weakest: Grade) -> bool:
    enough = STRONGEST_FIRST[: STRONGEST_FIRST.index(weakest) + 1]
    return any(document.grade in enough for document in parts.documents)


def _open_questions(parts: OutcomeParts) -> list[Lack]:
    found = [Lack("concurrence", _("Concurrence of %(unit)s") % {"unit": c.org_unit}) for c in parts.unsettled]
    if parts.waits_for_approval:
        found.append(Lack("approval", _("Approval of what was submitted")))
    return found
