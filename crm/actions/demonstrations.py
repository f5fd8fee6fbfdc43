"""Demonstrations: recording, changing, what is measured, and steps through the gates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.archiving import bring_back, expect_present, put_away
from crm.actions.base import Caller, action, expect_version, hold, store
from crm.models import Demonstration, DemonstrationKpi, DemonstrationStep
from crm.models.base import current_work
from crm.models.labels import label
from crm.queries.demonstrations import demonstration_lacks, gate_lacks, kpis_of
from crm.values.currencies import is_currency
from crm.values.demonstrations import GATES, ROAD, DemonstrationStage, takes_reason


@dataclass(frozen=True, slots=True)
class Kpi:
    """What is to be shown, and what was measured, both in `unit`."""

    name: str
    target: Decimal
    unit: str = ""
    measured: Decimal | None = None
    measured_on: date | None = None
    lower_is_better: bool = False

    def fields(self) -> dict[str, Any]:
        return {
            "name": self.name.strip(),
            "target": self.target,
            "unit": self.unit,
            "measured": self.measured,
            "measured_on": self.measured_on,
            "lower_is_better": self.lower_is_better,
        }


@action("demonstration.record")
def record_demonstration(caller: Caller, /, kpis: Sequence[Kpi] | None = None, **fields: Any) -> Demonstration:
    """Records a demonstration in preparation. Raises ValidationError naming the fields; `kpis/0/name` for a KPI."""
    _check_fields(fields)
    demonstration = store(Demonstration(), fields)
    _settle_kpis(caller, demonstration, kpis or ())
    return demonstration


@action("demonstration.update")
def update_demonstration(
    caller: Caller,
    /,
    demonstration: Demonstration,
    kpis: Sequence[Kpi] | None = None,
    *,
    version: int | None = None,
    **changes: Any,
) -> Demonstration:
    """Changes it; `kpis` replaces the whole list, None leaves it. Raises Stale, and ValidationError where what a gate
    has asked for would be missing afterwards."""
    expect_version(demonstration, version)
    hold(demonstration)
    expect_present(demonstration)
    _check_fields(changes)
    before = _kept(caller, demonstration)
    store(demonstration, changes)
    if kpis is not None:
        _settle_kpis(caller, demonstration, kpis)
    _check_kept(caller, demonstration, before)
    return demonstration


@action("demonstration.update")
def set_kpis(
    caller: Caller, /, demonstration: Demonstration, kpis: Sequence[Kpi], *, version: int | None = None
) -> Demonstration:
    """Replaces the whole list of KPIs: those of the same name stay the same records."""
    return update_demonstration(caller, demonstration, kpis, version=version)


@action("demonstration.update")
def record_kpi(caller: Caller, /, demonstration: Demonstration, kpi: Kpi) -> DemonstrationKpi:
    """Adds one KPI. Raises ValidationError for a name that it has already."""
    hold(demonstration)
    expect_present(demonstration)
    _check_kpi(caller, kpi, {row.name for row in kpis_of(demonstration)})
    return store(DemonstrationKpi(), {"demonstration": demonstration, **kpi.fields()})


@action("demonstration.update")
def measure_kpi(
    caller: Caller, /, kpi: DemonstrationKpi, measured: Decimal, measured_on: date, *, version: int | None = None
) -> DemonstrationKpi:
    """Notes what was measured, in the KPI's unit."""
    expect_version(kpi, version)
    expect_present(kpi.demonstration)
    if measured_on > timezone.localdate(caller.now):
        raise ValidationError({"measured_on": _("This day has not come yet.")})
    return store(kpi, {"measured": measured, "measured_on": measured_on})


@action("demonstration.step")
def take_demonstration_step(
    caller: Caller,
    /,
    demonstration: Demonstration,
    stage: DemonstrationStage,
    *,
    taken_on: date,
    reason: str = "",
    version: int | None = None,
) -> Demonstration:
    """Brings it to a stage. `taken_on` is the day of the step itself, not of its recording.

    Raises ValidationError: `stage` with everything that the gates on the way lack, `reason` where the step stops,
    goes back or skips without one, `taken_on` in the future; Stale."""
    expect_version(demonstration, version)
    hold(demonstration)
    expect_present(demonstration)
    _check_step(caller, demonstration, stage, taken_on, reason)
    step = {"from_stage": demonstration.stage, "stage": stage, "taken_on": taken_on, "reason": reason.strip()}
    store(demonstration, {"stage": stage})
    store(DemonstrationStep(), {**step, "demonstration": demonstration, "taken_by": caller.account})
    return demonstration


@action("record.archive")
def archive_demonstration(caller: Caller, /, demonstration: Demonstration, reason: str) -> Demonstration:
    """Takes it out of the working lists; its steps, its KPIs and what came of it stay. Raises ValidationError."""
    put_away(demonstration, reason)
    return demonstration


@action("record.restore")
def restore_demonstration(caller: Caller, /, demonstration: Demonstration, reason: str) -> Demonstration:
    bring_back(demonstration, reason)
    return demonstration


def _check_step(
    caller: Caller, demonstration: Demonstration, stage: DemonstrationStage, taken_on: date, reason: str
) -> None:
    if stage == demonstration.stage:
        raise ValidationError({"stage": _("It is at this stage already.")})
    errors: dict[str, list[str]] = {}
    if lacks := demonstration_lacks(demonstration, stage, taken_on):
        told = _("Before “%(stage)s” these are missing:") % {"stage": label(DemonstrationStage(stage))}
        errors["stage"] = [told, *(lack.text for lack in lacks)]
    if takes_reason(DemonstrationStage(demonstration.stage), stage) and not reason.strip():
        errors["reason"] = [_("Stopping, going back and skipping a stage take a reason.")]
    if taken_on > timezone.localdate(caller.now):
        errors["taken_on"] = [_("A step is recorded when it was taken, not before.")]
    if errors:
        raise ValidationError(errors)


def _check_fields(fields: dict[str, Any]) -> None:
    if "stage" in fields:
        raise ValidationError({"stage": _("A stage is reached by a step.")})
    errors: dict[str, str] = {}
    for name in ("cost_city", "cost_own"):
        if fields.get(name) is not None and fields[name] <= 0:
            errors[name] = _("An amount must be above zero.")
    if "cost_currency" in fields and not is_currency(fields["cost_currency"] or ""):
        errors["cost_currency"] = _("This currency is not known. Use the ISO 4217 code, such as USD.")
    if errors:
        raise ValidationError(errors)


def _kept(caller: Caller, demonstration: Demonstration) -> dict[str, str]:
    """What the gates that it has passed lack today, by name. A permit may run out without anybody's change."""
    if demonstration.stage not in ROAD:
        return {}
    passed = ROAD[: ROAD.index(DemonstrationStage(demonstration.stage)) + 1]
    day = timezone.localdate(caller.now)
    return {lack.what: lack.text for stage in passed for lack in gate_lacks(demonstration, GATES[stage], day)}


def _check_kept(caller: Caller, demonstration: Demonstration, before: dict[str, str]) -> None:
    lost = {name: text for name, text in _kept(caller, demonstration).items() if name not in before}
    if lost:
        told = _("At the stage “%(stage)s” this cannot be missing: %(what)s")
        stage = label(DemonstrationStage(demonstration.stage))
        raise ValidationError({name: told % {"stage": stage, "what": text} for name, text in lost.items()})


def _settle_kpis(caller: Caller, demonstration: Demonstration, kpis: Sequence[Kpi]) -> None:
    """Changes those of the same name, archives the ones that are not named any more, adds the others."""
    present = {row.name: row for row in kpis_of(demonstration)}
    names: set[str] = set()
    for place, kpi in enumerate(kpis):
        row = present.get(kpi.name.strip(), DemonstrationKpi())
        try:
            _check_kpi(caller, kpi, names)
            store(row, {"demonstration": demonstration, **kpi.fields()})
        except ValidationError as refusal:
            raise ValidationError({f"kpis/{place}/{n}": e for n, e in refusal.error_dict.items()}) from refusal
        names.add(kpi.name.strip())
    for name in present.keys() - names:
        present[name].archived_at = current_work().recorded_at
        present[name].save()


def _check_kpi(caller: Caller, kpi: Kpi, taken: set[str]) -> None:
    if not kpi.name.strip():
        raise ValidationError({"name": _("Say what is measured.")})
    if kpi.name.strip() in taken:
        raise ValidationError({"name": _("This KPI stands here already.")})
    if (kpi.measured is None) != (kpi.measured_on is None):
        missing = "measured" if kpi.measured is None else "measured_on"
        raise ValidationError({missing: _("Give the measured value together with its day.")})
    if kpi.measured_on is not None and kpi.measured_on > timezone.localdate(caller.now):
        raise ValidationError({"measured_on": _("This day has not come yet.")})
