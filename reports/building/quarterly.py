"""From figures to the report object: words, tables and charts in one language. Adds nothing up."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from crm.dates import day_text
from crm.permissions import Sight
from crm.values.measures import Standing
from crm.values.money import format_percent
from reports.building.attribution import attribution_section
from reports.building.codes import with_codes
from reports.building.collaboration import collaboration_lines, collaboration_section
from reports.building.cover import Told, builder, core_of
from reports.building.details import entries_table, outcomes_table
from reports.building.fulfilment import delay_section, fulfilment_section
from reports.building.notes import basis_notes, definitions_table, notes
from reports.building.sight import seen_by
from reports.building.spans import span_section
from reports.building.targets import targets_section
from reports.building.words import (
    basis_label,
    count_text,
    coverage_text,
    heading,
    jobs_text,
    kind_label,
    money_text,
    ratio,
    time_text,
)
from reports.figures.entries import rates_used
from reports.figures.follow_ups import FollowUpFigures
from reports.figures.quarterly import CoreFigures, CountFigure, QuarterlyFigures
from reports.report import CoreReport, Language, Note, Section, SummaryLine


@builder
def build_quarterly(figures: QuarterlyFigures, language: Language, sight: Sight) -> Told:
    """The quarterly report in Korean or English: overview, quarter, year to date, fulfilment, delays and measures.

    `sight` is what its reader is not shown of single records; its totals know no reader."""
    seen = seen_by(figures, sight)
    rates = rates_used(seen.period.first_day, seen.period.last_day, seen.as_of, sight.masked)
    return replace(
        _told(seen, language, notes(seen, rates)),
        outcomes=outcomes_table(seen.outcomes),
        entries=entries_table(seen.entries),
        definitions=definitions_table(figures.definition),
        is_synthetic=any(head.is_synthetic for head in seen.outcomes.heads),
    )


def build_core(figures: CoreFigures, language: Language) -> CoreReport:
    """The sums of the same report, without what goes into the single records of the quarter."""
    with translation.override(language):
        return with_codes(core_of(_told(figures, language, basis_notes(figures)), language), figures.period)


def _told(figures: CoreFigures, language: Language, noted: Iterable[Note]) -> Told:
    return Told(
        key="quarterly",
        title=_("Quarterly report on investment and partnership outcomes"),
        as_of=figures.as_of,
        period=str(figures.period),
        period_label=figures.period.label(language),
        summary=_summary(figures),
        sections=_sections(figures, language),
        notes=noted,
        definition=figures.definition,
    )


def _summary(figures: CoreFigures) -> Iterable[SummaryLine]:
    for count in figures.quarter.counts:
        yield SummaryLine(kind_label(count.kind), " · ".join([count_text(count), *_values(figures, count)]))
    if not figures.quarter.counts:
        yield SummaryLine(_("Outcomes"), _("No outcome was recorded for this quarter."))
    for rate in figures.fulfilment.rates:
        if rate.percent is not None:
            text = f"{format_percent(rate.percent)}% ({ratio(rate.basis, rate.numerator, rate.denominator)})"
            yield SummaryLine(_("Fulfilment (%(basis)s)") % {"basis": basis_label(rate.basis)}, text)
    if isinstance(figures, QuarterlyFigures):
        yield from collaboration_lines(figures.collaboration)
    yield SummaryLine(_("Evidence coverage"), coverage_text(figures.coverage))


def _values(figures: CoreFigures, count: CountFigure) -> Iterable[str]:
    for money in figures.quarter.money:
        if money.kind == count.kind and money.standing == Standing.CONFIRMED:
            yield money_text(money)
    for jobs in figures.quarter.jobs:
        if jobs.kind == count.kind and jobs.standing == Standing.CONFIRMED:
            yield from jobs_text(jobs)


def _sections(figures: CoreFigures, language: Language) -> Iterable[Section]:
    overview = list(_overview(figures, language))
    if isinstance(figures, QuarterlyFigures):
        overview.append(follow_up_text(figures.follow_ups))
    yield Section("overview", heading("overview"), paragraphs=tuple(overview))
    as_of, quarter, year = figures.as_of, figures.quarter, figures.year_to_date
    yield span_section("quarter", heading("quarter"), quarter, as_of, is_listed=True)
    # The report lists the entries of the quarter: in the first one these are the year's.
    is_listed = year.first_day == quarter.first_day
    yield span_section("year", heading("year"), year, as_of, is_listed=is_listed)
    if isinstance(figures, QuarterlyFigures):
        yield targets_section(figures.targets, figures.year_on_year, figures.period, figures.as_of)
    yield fulfilment_section(figures.fulfilment, figures.as_of)
    if isinstance(figures, QuarterlyFigures):
        yield delay_section(figures.outcomes.behind())
        yield collaboration_section(figures.collaboration, figures.as_of)
        yield attribution_section(figures.attributed, figures.as_of)


def _overview(figures: CoreFigures, language: Language) -> Iterable[str]:
    days = f"{day_text(figures.quarter.first_day)} ~ {day_text(figures.quarter.last_day)}"
    yield _("Period: %(period)s (%(span)s)") % {"period": figures.period.label(language), "span": days}
    yield _("As of %(time)s (Asia/Seoul): what was recorded later is not in this report.") % {
        "time": time_text(figures.as_of)
    }


def follow_up_text(found: FollowUpFigures) -> str:
    return _(
        "Follow-ups known: %(planned)d planned, %(done)d done, %(open)d open, of which %(overdue)d overdue and "
        "%(unassigned)d unassigned."
    ) % {
        "planned": found.planned,
        "done": found.done,
        "open": found.open,
        "overdue": found.overdue,
        "unassigned": found.unassigned,
    }
