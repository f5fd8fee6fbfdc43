"""The pages of demonstrations: the list, and one with its gates, KPIs, permit, steps and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models import Account, Demonstration, DemonstrationKpi
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries.demonstrations import (
    OVER,
    DemonstrationsAsked,
    demonstration_ahead,
    demonstrations_asked,
    kpis_of,
    steps_of,
)
from crm.values.demonstrations import PERMIT_NEAR, DemonstrationStage, RegulatoryPath, Verdict
from crm.values.measures import Disclosure
from crm.values.money import signed
from crm.web.pages.chains import ChainSection, chain_section
from crm.web.pages.links import Badge, Fact, Link, address_of, organisation_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, day_text, value_text

_STAGE_TONES = {
    DemonstrationStage.PREPARED: "calm",
    DemonstrationStage.RUNNING: "good",
    DemonstrationStage.COMPLETED: "good",
    DemonstrationStage.CERTIFIED: "good",
    DemonstrationStage.STOPPED: "bad",
}
_VERDICT_TONES = {Verdict.SUCCEEDED: "good", Verdict.PARTLY: "warn", Verdict.FAILED: "bad"}


@dataclass(frozen=True, slots=True)
class DemonstrationLine:
    """`is_alarming`: it runs although its permit has expired."""

    address: str
    title: str
    technology: str
    applicant: Link
    site: str
    period: str
    stage: Badge
    verdict: Badge | None
    permit: Badge | None
    is_alarming: bool


@dataclass(frozen=True, slots=True)
class DemonstrationsPage:
    lines: tuple[DemonstrationLine, ...]
    paging: Paging
    may_record: bool


def demonstrations_page(
    asked: DemonstrationsAsked, number: str, query: Mapping[str, str], reader: Account, today: date
) -> DemonstrationsPage:
    found = readable(reader, demonstrations_asked(asked, today))
    paging, rows = page_of(
        found, number, query, lambda ids: Demonstration.objects.filter(pk__in=ids).select_related("applicant")
    )
    return DemonstrationsPage(tuple(_line(d, today) for d in rows), paging, may(reader, "demonstration.record"))


def _line(demonstration: Demonstration, today: date) -> DemonstrationLine:
    return DemonstrationLine(
        address=address_of("demonstration", demonstration.pk),
        title=demonstration.title,
        technology=demonstration.technology,
        applicant=organisation_link(demonstration.applicant),
        site=demonstration.testbed_site or UNKNOWN,
        period=_period(demonstration),
        stage=stage_badge(demonstration),
        verdict=verdict_badge(demonstration),
        permit=permit_badge(demonstration, today),
        is_alarming=runs_without_permit(demonstration, today),
    )


def stage_badge(demonstration: Demonstration) -> Badge:
    stage = DemonstrationStage(demonstration.stage)
    return Badge(label(stage), _STAGE_TONES[stage])


def verdict_badge(demonstration: Demonstration) -> Badge | None:
    verdict = Verdict(demonstration.verdict) if demonstration.verdict else None
    return Badge(label(verdict), _VERDICT_TONES[verdict]) if verdict else None


def permit_badge(demonstration: Demonstration, today: date) -> Badge | None:
    """The alert of a permit that has expired or soon will, of a demonstration that is not over."""
    last = demonstration.permit_expires_on
    if last is None or demonstration.stage in OVER or last - today > PERMIT_NEAR:
        return None
    days = (last - today).days
    if days < 0:
        return Badge(_("Permit expired"), "bad")
    return Badge(_("Permit ends D-%(n)s") % {"n": days or "DAY"}, "warn")


def runs_without_permit(demonstration: Demonstration, today: date) -> bool:
    last = demonstration.permit_expires_on
    return demonstration.stage == DemonstrationStage.RUNNING and last is not None and last < today


@dataclass(frozen=True, slots=True)
class KpiLine:
    """`verdict` says whether the target is met; None as long as nothing was measured."""

    name: str
    target: str
    measured: str
    measured_on: str
    verdict: Badge | None


@dataclass(frozen=True, slots=True)
class AheadLine:
    """A stage to which it may go, and what is lacking before. `is_ready`: nothing is."""

    stage: str
    text: str
    lacks: tuple[str, ...]
    is_ready: bool
    takes_reason: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    what: str
    taken_on: str
    recorded_on: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class DemonstrationPage:
    """`costs` are the city's and the applicant's, side by side, each in its currency."""

    id: UUID
    version: int
    today: str
    title: str
    badges: tuple[Badge, ...]
    alarm: str
    facts: tuple[Fact, ...]
    costs: tuple[Fact, ...]
    texts: tuple[Fact, ...]
    kpis: tuple[KpiLine, ...]
    ahead: tuple[AheadLine, ...]
    steps: tuple[StepLine, ...]
    chain: ChainSection
    may_edit: bool
    archived: str
    may_archive: bool
    may_restore: bool
    may_step: bool


def demonstration_page(demonstration: Demonstration, reader: Account, today: date) -> DemonstrationPage:
    is_open = demonstration.archived_at is None
    kpis = list(kpis_of(demonstration))
    badges = (stage_badge(demonstration), verdict_badge(demonstration), permit_badge(demonstration, today))
    return DemonstrationPage(
        id=demonstration.pk,
        version=demonstration.version,
        today=today.isoformat(),
        title=demonstration.title,
        badges=tuple(badge for badge in badges if badge),
        alarm=_alarm(demonstration, today),
        facts=_facts(demonstration),
        costs=(
            Fact(_("Cost borne by the city"), _cost(demonstration.cost_city, demonstration.cost_currency)),
            Fact(_("Cost borne by the applicant"), _cost(demonstration.cost_own, demonstration.cost_currency)),
        ),
        texts=_texts(demonstration),
        kpis=tuple(_kpi(row) for row in kpis),
        ahead=ahead_lines(demonstration, today, kpis),
        steps=_steps(demonstration),
        chain=chain_section(demonstration, reader),
        may_edit=is_open and may(reader, "demonstration.update", demonstration),
        archived=day_text(localdate(demonstration.archived_at)) if demonstration.archived_at else "",
        may_archive=is_open and may(reader, "record.archive", demonstration),
        may_restore=not is_open and may(reader, "record.restore", demonstration),
        may_step=is_open and may(reader, "demonstration.step", demonstration),
    )


def ahead_lines(demonstration: Demonstration, today: date, kpis: Sequence[DemonstrationKpi]) -> tuple[AheadLine, ...]:
    return tuple(
        AheadLine(
            stage=ahead.stage.value,
            text=label(ahead.stage),
            lacks=tuple(lack.text for lack in ahead.lacks),
            is_ready=not ahead.lacks,
            takes_reason=ahead.takes_reason,
        )
        for ahead in demonstration_ahead(demonstration, today, kpis)
    )


def _alarm(demonstration: Demonstration, today: date) -> str:
    if not runs_without_permit(demonstration, today):
        return ""
    told = _("The permit expired on %(day)s and the demonstration is still running. Extend the permit or stop it.")
    return told % {"day": day_text(demonstration.permit_expires_on)}


def _facts(demonstration: Demonstration) -> tuple[Fact, ...]:
    path = demonstration.regulatory_path
    permit = " · ".join(
        part
        for part in (
            demonstration.permit_number,
            _("until %(day)s") % {"day": day_text(demonstration.permit_expires_on)}
            if demonstration.permit_expires_on
            else "",
        )
        if part
    )
    certificate = " · ".join(
        part
        for part in (
            demonstration.certificate_number,
            day_text(demonstration.certificate_on) if demonstration.certificate_on else "",
        )
        if part
    )
    return (
        Fact(_("Applicant"), UNKNOWN, (organisation_link(demonstration.applicant),)),
        Fact(_("Technology"), demonstration.technology),
        Fact(_("Testbed site"), demonstration.testbed_site or UNKNOWN),
        Fact(_("Unit that runs the site"), str(demonstration.site_unit or UNKNOWN)),
        Fact(_("Lead unit"), str(demonstration.lead_unit or _("Not assigned"))),
        Fact(pgettext("demonstration", "Period"), _period(demonstration)),
        Fact(_("Regulatory path"), label(RegulatoryPath(path)) if path else UNKNOWN),
        Fact(_("Permit"), permit or UNKNOWN),
        Fact(_("Certificate"), certificate or UNKNOWN),
        Fact(_("Disclosure"), label(Disclosure(demonstration.disclosure_level))),
    )


def _period(demonstration: Demonstration) -> str:
    ends = (demonstration.starts_on, demonstration.ends_on)
    return " – ".join(day_text(day) if day else "" for day in ends).strip() if any(ends) else UNKNOWN


def _cost(value: Decimal | None, currency: str) -> str:
    return value_text(value, currency) if value is not None else UNKNOWN


def _texts(demonstration: Demonstration) -> tuple[Fact, ...]:
    found = (
        Fact(_("Regulatory issue"), demonstration.regulatory_issue),
        Fact(_("Result"), demonstration.result),
        Fact(_("Note"), demonstration.note),
    )
    return tuple(fact for fact in found if fact.text)


def _kpi(kpi: DemonstrationKpi) -> KpiLine:
    bound = _("at most") if kpi.lower_is_better else _("at least")
    return KpiLine(
        name=kpi.name,
        target=_("%(value)s (%(bound)s)") % {"value": _measure(kpi.target, kpi.unit), "bound": bound},
        measured=_measure(kpi.measured, kpi.unit) if kpi.measured is not None else UNKNOWN,
        measured_on=day_text(kpi.measured_on),
        verdict=_met(kpi),
    )


def _measure(value: Decimal, unit: str) -> str:
    return f"{signed(value)} {unit}".strip()


def _met(kpi: DemonstrationKpi) -> Badge | None:
    if kpi.measured is None:
        return None
    met = kpi.measured <= kpi.target if kpi.lower_is_better else kpi.measured >= kpi.target
    return Badge(_("Target met"), "good") if met else Badge(_("Target missed"), "bad")


def _steps(demonstration: Demonstration) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            what=f"{label(DemonstrationStage(step.from_stage))} → {label(DemonstrationStage(step.stage))}",
            taken_on=day_text(step.taken_on),
            recorded_on=day_text(localdate(step.created_at)),
            who=str(step.taken_by),
            reason=step.reason,
        )
        for step in steps_of(demonstration)
    )
