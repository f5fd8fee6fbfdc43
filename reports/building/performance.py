"""The performance report of one event (성과보고서): cover, summary, overview, results, details, problems, plans."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.permissions import Sight
from crm.values.measures import Standing
from crm.values.money import format_number, format_percent
from reports.building.cover import Told, builder
from reports.building.details import entries_table, outcomes_table, shared_entries_table
from reports.building.event_details import details_section
from reports.building.event_overview import days_text, overview_section, place_text
from reports.building.event_plans import plans_section, problems_section
from reports.building.event_results import result_text, results_section
from reports.building.notes import record_notes
from reports.building.sight import seen_performance
from reports.building.words import UNKNOWN, jobs_text, kind_label, money_text, time_text
from reports.figures.attribution import WHOLE
from reports.figures.event_shares import CountShare
from reports.figures.performance import Performance
from reports.report import Language, Note, SummaryLine, Table


@builder
def build_performance(found: Performance, language: Language, sight: Sight) -> Told:
    """The report in Korean or English, as its reader may see it: single outcomes are masked, totals know no reader."""
    seen = seen_performance(found, sight)
    outcomes = seen.of_kinds()
    return Told(
        key="performance",
        title=_("%(event)s performance report") % {"event": seen.record.name},
        as_of=seen.as_of,
        is_synthetic=any(head.is_synthetic for head in seen.outcomes.heads),
        period=seen.record.starts_on.isoformat(),
        period_label=days_text(seen.record.starts_on, seen.record.ends_on),
        summary=_summary(seen, language),
        sections=(
            overview_section(seen, language),
            results_section(seen),
            details_section(seen, outcomes),
            problems_section(seen, outcomes, sight.masked),
            plans_section(seen, outcomes),
        ),
        notes=_notes(seen, sight),
        outcomes=_outcomes(seen),
        entries=_entries(seen),
    )


def _outcomes(found: Performance) -> Table:
    table = outcomes_table(found.outcomes)
    empty = _("No outcome of this event is recorded yet.")
    return replace(table, caption=_("Outcomes of the event"), empty=empty)


def _entries(found: Performance) -> Table:
    shares = {pk: share for pk, share in found.shares.shares.items() if share != WHOLE}
    listed = found.entries
    table = shared_entries_table(listed, found.shares.shares) if shares else entries_table(listed)
    empty = _("No figure of this event is posted yet.")
    return replace(table, caption=_("Ledger entries of the event"), empty=empty)


def _summary(found: Performance, language: Language) -> Iterable[SummaryLine]:
    record = found.record
    where = place_text(record, language)
    told = " · ".join(part for part in (record.name, days_text(record.starts_on, record.ends_on), where) if part)
    yield SummaryLine(_("Event"), told)
    yield SummaryLine(_("As of"), time_text(found.as_of))
    if not record.was_known:
        yield SummaryLine(_("Note"), _("The event was not on record yet at that time; it is told as first entered."))
    for count in found.shares.counts:
        yield SummaryLine(kind_label(count.kind), " · ".join((counted(count), *_values(found, count.kind))))
    if not found.shares.counts:
        yield SummaryLine(_("Outcomes"), _("No outcome of this event is recorded yet."))
    if found.shares.promises:
        text = _("%(counted)s (counted as no MOU and as no amount)")
        yield SummaryLine(kind_label("promise"), text % {"counted": counted(found.shares.promises)})
    if found.shares.talks is not None:
        text = _("%(n)s sittings") % {"n": format_number(found.shares.talks)}
        yield SummaryLine(_("Consultations"), " · ".join((text, *(money_text(one) for one in found.shares.talked))))
    for result in found.results:
        if result.percent is not None:
            rate = f"{result_text(result)} {format_percent(result.percent)}%"
            yield SummaryLine(_("Achievement of the target"), rate)
    yield SummaryLine(_("Open follow-ups"), _tasks(found))


def counted(count: CountShare) -> str:
    """`1건 · 미확인 1건`: confirmed, and what stands beside it."""
    one = 1 if count.confirmed == 1 else 2
    text = ngettext("%(n)s outcome", "%(n)s outcomes", one) % {"n": format_number(count.confirmed)}
    if count.provisional:
        text += " · " + _("%(n)s provisional") % {"n": format_number(count.provisional)}
    if count.unconfirmed:
        text += " · " + _("%(n)s unconfirmed") % {"n": format_number(count.unconfirmed)}
    return text


def _values(found: Performance, kind: str) -> Iterable[str]:
    for money in found.shares.money:
        if (money.kind, money.standing) == (kind, Standing.CONFIRMED):
            yield money_text(money)
    for jobs in found.shares.jobs:
        if (jobs.kind, jobs.standing) == (kind, Standing.CONFIRMED):
            yield from jobs_text(jobs)


def _tasks(found: Performance) -> str:
    if not found.tasks:
        return _("None is open.")
    free = [task for task in found.tasks if not task.is_taken]
    text = _("%(open)d open, %(free)d of them unassigned")
    return text % {"open": len(found.tasks), "free": len(free)}


def _notes(found: Performance, sight: Sight) -> Iterable[Note]:
    told = {"time": time_text(found.as_of)}
    yield Note(
        _("Basis of this report"),
        (
            _("Event as known at %(time)s (Asia/Seoul): what was recorded later is not in this report.") % told,
            _("%(unknown)s means unknown or no data; it is never zero.") % {"unknown": UNKNOWN},
            _("An outcome counts by the share that falls to this event; where none is stated, whole to its own event."),
        ),
    )
    without = _without_rate(found)
    yield from record_notes(found.rates.but_for(sight.masked), without, found.outcomes.heads)


def _without_rate(found: Performance) -> int:
    """How many of the amounts have no KRW value."""
    return len([one for one in (*found.shares.money, *found.shares.talked) if one.without_rate])
