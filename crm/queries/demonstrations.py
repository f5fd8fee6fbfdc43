"""Demonstrations as lists, what each still lacks for a stage, and permits near their last day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from crm.models import Demonstration, DemonstrationKpi, DemonstrationStep
from crm.models.labels import label
from crm.queries.gates import Lack
from crm.queries.search import called_so, organisations_matching
from crm.values.demonstrations import (
    NEEDS_PERMIT,
    PERMIT_NEAR,
    DemonstrationGate,
    DemonstrationStage,
    Verdict,
    gates_between,
    takes_reason,
)
from crm.values.names import clean

OVER = (DemonstrationStage.COMPLETED, DemonstrationStage.CERTIFIED, DemonstrationStage.STOPPED)


@dataclass(frozen=True, slots=True)
class DemonstrationAhead:
    """A stage to which the demonstration may go: what is lacking before, and whether the step takes a reason."""

    stage: DemonstrationStage
    lacks: tuple[Lack, ...]
    takes_reason: bool


def demonstration_ahead(
    demonstration: Demonstration, day: date, kpis: Sequence[DemonstrationKpi]
) -> tuple[DemonstrationAhead, ...]:
    """Every stage but the one that it is at, as it would be reached on that day. `kpis` are all that it has."""
    at = DemonstrationStage(demonstration.stage)
    return tuple(
        DemonstrationAhead(stage, demonstration_lacks(demonstration, stage, day, kpis), takes_reason(at, stage))
        for stage in DemonstrationStage
        if stage != at
    )


def demonstration_lacks(
    demonstration: Demonstration, stage: DemonstrationStage, day: date, kpis: Sequence[DemonstrationKpi] | None = None
) -> tuple[Lack, ...]:
    """What is lacking to reach the stage on that day: of its gate and of those on the way. `kpis` are all that it has,
    where they were read before."""
    gates = gates_between(DemonstrationStage(demonstration.stage), stage)
    return tuple(lack for gate in gates for lack in gate_lacks(demonstration, gate, day, kpis))


def gate_lacks(
    demonstration: Demonstration, gate: DemonstrationGate, day: date, kpis: Sequence[DemonstrationKpi] | None = None
) -> tuple[Lack, ...]:
    fields = [name for name in gate.fields if getattr(demonstration, name) in (None, "")]
    found = [Lack(name, _field_text(name)) for name in fields]
    if kpis is None:
        kpis = list(kpis_of(demonstration)) if gate.kpis or gate.measured else []
    if gate.kpis and not kpis:
        found.append(Lack("kpis", _("At least one KPI with a target")))
    if gate.measured and (open_ones := [kpi.name for kpi in kpis if kpi.measured is None]):
        found.append(Lack("measured", _("The measured value of: %(names)s") % {"names": ", ".join(open_ones)}))
    if gate.permit:
        found += _permit_lacks(demonstration, day)
    if gate.verdicts and demonstration.verdict not in gate.verdicts:
        verdicts = " / ".join(label(verdict) for verdict in gate.verdicts)
        found.append(Lack("verdict", _("A verdict of: %(verdicts)s") % {"verdicts": verdicts}))
    return tuple(found)


def _permit_lacks(demonstration: Demonstration, day: date) -> list[Lack]:
    if demonstration.regulatory_path not in NEEDS_PERMIT:
        return []
    if not demonstration.permit_number.strip():
        return [Lack("permit_number", _field_text("permit_number"))]
    if demonstration.permit_expires_on is None:
        return [Lack("permit_expires_on", _field_text("permit_expires_on"))]
    if demonstration.permit_expires_on < day:
        return [Lack("permit_expires_on", _("A permit that has not expired"))]
    return []


def _field_text(name: str) -> str:
    return str(Demonstration._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def kpis_of(demonstration: Demonstration) -> QuerySet[DemonstrationKpi]:
    return DemonstrationKpi.objects.filter(demonstration=demonstration, archived_at=None).order_by("created_at", "id")


def steps_of(demonstration: Demonstration) -> QuerySet[DemonstrationStep]:
    return demonstration.steps.select_related("taken_by").order_by("-created_at", "-id")


@dataclass(frozen=True, slots=True)
class DemonstrationsAsked:
    """What the list is narrowed by; empty: everything. `permit` is `near` or `expired`."""

    text: str = ""
    stage: str = ""
    verdict: str = ""
    permit: str = ""


def demonstrations_asked(asked: DemonstrationsAsked, today: date) -> QuerySet[Demonstration]:
    """The unarchived ones that were asked for, the latest first day first, those not begun yet before all others."""
    found = Demonstration.objects.filter(archived_at=None)
    if typed := clean(asked.text):
        applicants = organisations_matching(typed).order_by().values("pk")
        found = found.filter(called_so(found, typed) | Q(testbed_site__icontains=typed) | Q(applicant__in=applicants))
    if asked.stage in set(DemonstrationStage):
        found = found.filter(stage=asked.stage)
    if asked.verdict in set(Verdict):
        found = found.filter(verdict=asked.verdict)
    if narrow := _PERMITS.get(asked.permit):
        found = narrow(found, today)
    return found.order_by(F("starts_on").desc(nulls_first=True), "-id")


def permit_expired(found: QuerySet[Demonstration], today: date) -> QuerySet[Demonstration]:
    """Those that are not over and whose permit has."""
    return found.filter(permit_expires_on__lt=today).exclude(stage__in=OVER)


def permit_near(found: QuerySet[Demonstration], today: date) -> QuerySet[Demonstration]:
    """Those that are not over and whose permit ends today or soon."""
    within = {"permit_expires_on__gte": today, "permit_expires_on__lte": today + PERMIT_NEAR}
    return found.filter(**within).exclude(stage__in=OVER)


_PERMITS: dict[str, Callable[[QuerySet[Demonstration], date], QuerySet[Demonstration]]] = {
    "expired": permit_expired,
    "near": permit_near,
}
