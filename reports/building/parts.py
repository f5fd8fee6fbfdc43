"""What stands in the quarterly report beside its sums, one part at a time: each reads what it shows and no more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from crm.permissions import Sight
from crm.values.periods import Quarter
from reports.building.attribution import attribution_section
from reports.building.codes import coded_section
from reports.building.collaboration import collaboration_lines, collaboration_section
from reports.building.details import entries_table, outcomes_table
from reports.building.fulfilment import delay_section
from reports.building.notes import record_notes
from reports.building.quarterly import follow_up_text
from reports.building.sight import seen_entries, seen_outcomes
from reports.building.targets import targets_section
from reports.building.words import heading, labels
from reports.figures.attribution import attributed
from reports.figures.classes import by_class
from reports.figures.collaboration import collaboration
from reports.figures.entries import entry_figures, rates_used
from reports.figures.follow_ups import follow_up_figures
from reports.figures.fulfilment import fulfilment
from reports.figures.outcomes import OutcomeListing, outcome_figures
from reports.figures.quarterly import span, targets_of
from reports.figures.standing import entries
from reports.figures.year_on_year import year_on_year
from reports.report import Language, Note, Section, SummaryLine


@dataclass(frozen=True, slots=True)
class Part:
    """One part, as the whole report has it. `summary` are lines that it adds to the summary."""

    section: Section
    notes: tuple[Note, ...] = ()
    summary: tuple[SummaryLine, ...] = ()


_Build = Callable[[Quarter, datetime, Sight], Part]


def build_part(key: str, period: Quarter, as_of: datetime, language: Language, sight: Sight) -> Part:
    """Raises KeyError for what is none of PARTS."""
    with translation.override(language):
        part = _BUILDS[key](period, as_of, sight)
        return replace(part, section=coded_section(part.section, "quarterly", period, as_of))


def part_heading(key: str, language: Language) -> str:
    with translation.override(language):
        words = labels()
        named = {"outcomes": words.outcomes, "entries": words.entries, "notes": _("Exchange rates")}
        return named.get(key) or heading("overview" if key == "follow-ups" else key)


def _outcomes_seen(period: Quarter, as_of: datetime, sight: Sight) -> OutcomeListing:
    return seen_outcomes(outcome_figures(period.first_day, period.last_day, as_of), sight)


def _follow_ups(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    return Part(Section("follow-ups", "", paragraphs=(follow_up_text(follow_up_figures(as_of)),)))


def _targets(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    compared = year_on_year(period, as_of, fulfilment(period.last_day, as_of))
    return Part(targets_section(targets_of(period, as_of), compared, period, as_of))


def _delays(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    return Part(delay_section(_outcomes_seen(period, as_of, sight).behind()))


def _collaboration(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    found = collaboration(period.first_day, period.last_day, as_of)
    return Part(collaboration_section(found, as_of), summary=tuple(collaboration_lines(found)))


def _attribution(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    return Part(attribution_section(attributed(period.first_day, period.last_day, as_of), as_of))


def _outcomes(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    table = outcomes_table(_outcomes_seen(period, as_of, sight))
    return Part(Section("outcomes", labels().outcomes, tables=(table,)))


def _entries(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    first, last = period.first_day, period.last_day
    found = entry_figures(entries(first, last, as_of), as_of, by_class(first, last))
    return Part(Section("entries", labels().entries, tables=(entries_table(seen_entries(found, sight)),)))


def _notes(period: Quarter, as_of: datetime, sight: Sight) -> Part:
    first, last = period.first_day, period.last_day
    without_rate = span(first, last, as_of).without_rate
    heads = _outcomes_seen(period, as_of, sight).heads
    notes = record_notes(rates_used(first, last, as_of, sight.masked), without_rate, heads)
    return Part(Section("notes", ""), notes=tuple(notes))


_BUILDS: Final[dict[str, _Build]] = {
    "follow-ups": _follow_ups,
    "targets": _targets,
    "delays": _delays,
    "collaboration": _collaboration,
    "attribution": _attribution,
    "outcomes": _outcomes,
    "entries": _entries,
    "notes": _notes,
}
PARTS: Final = tuple(_BUILDS)
OF_RECORDS: Final = frozenset({"delays", "outcomes", "entries", "notes"})
"""Those that show single records, of which a reader may be shown less than another."""
