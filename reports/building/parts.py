"""What stands in the quarterly report beside its sums, one part at a time: each reads what it shows and no more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, TypeVar

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
from reports.figures.entries import entry_figures, rates_said
from reports.figures.follow_ups import follow_up_figures
from reports.figures.fulfilment import confirmed_mous
from reports.figures.outcomes import OutcomeListing, outcome_figures
from reports.figures.quarterly import span, targets_of
from reports.figures.standing import entries
from reports.figures.year_on_year import year_on_year
from reports.kept import Moment
from reports.report import Language, Note, Section, SummaryLine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """One part, as the whole report has it. `summary` are lines that it adds to the summary."""

    section: Section
    notes: tuple[Note, ...] = ()
    summary: tuple[SummaryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Whole:
    """The quarter whose parts they are; what several parts tell of is read once where it is kept."""

    period: Quarter
    as_of: datetime
    present: Moment

    @property
    def days(self) -> tuple[date, date]:
        return self.period.first_day, self.period.last_day

    def once(self, what: str, read: Callable[[], T]) -> T:
        return self.present.once((f"quarterly {what}", self.period, self.as_of), read)

    def outcomes(self, sight: Sight) -> OutcomeListing:
        return seen_outcomes(self.once("outcomes", lambda: outcome_figures(*self.days, self.as_of)), sight)


_Build = Callable[[_Whole, Sight], Part]


def build_part(key: str, period: Quarter, as_of: datetime, language: Language, sight: Sight, present: Moment) -> Part:
    """Raises KeyError for what is none of PARTS."""
    with translation.override(language):
        part = _BUILDS[key](_Whole(period, as_of, present), sight)
        return replace(part, section=coded_section(part.section, "quarterly", period, as_of))


def part_heading(key: str, language: Language) -> str:
    with translation.override(language):
        words = labels()
        named = {"outcomes": words.outcomes, "entries": words.entries, "notes": _("Exchange rates")}
        return named.get(key) or heading("overview" if key == "follow-ups" else key)


def _follow_ups(whole: _Whole, sight: Sight) -> Part:
    found = whole.once("follow-ups", lambda: follow_up_figures(whole.as_of))
    return Part(Section("follow-ups", "", paragraphs=(follow_up_text(found),)))


def _targets(whole: _Whole, sight: Sight) -> Part:
    period, as_of = whole.period, whole.as_of
    aimed, compared = whole.once(
        "targets",
        lambda: (targets_of(period, as_of), year_on_year(period, as_of, confirmed_mous(period.last_day, as_of))),
    )
    return Part(targets_section(aimed, compared, period, as_of))


def _delays(whole: _Whole, sight: Sight) -> Part:
    return Part(delay_section(whole.outcomes(sight).behind()))


def _collaboration(whole: _Whole, sight: Sight) -> Part:
    found = whole.once("collaboration", lambda: collaboration(*whole.days, whole.as_of))
    return Part(collaboration_section(found, whole.as_of), summary=tuple(collaboration_lines(found)))


def _attribution(whole: _Whole, sight: Sight) -> Part:
    found = whole.once("attribution", lambda: attributed(*whole.days, whole.as_of))
    return Part(attribution_section(found, whole.as_of))


def _outcomes(whole: _Whole, sight: Sight) -> Part:
    table = outcomes_table(whole.outcomes(sight))
    return Part(Section("outcomes", labels().outcomes, tables=(table,)))


def _entries(whole: _Whole, sight: Sight) -> Part:
    found = whole.once(
        "entries",
        lambda: entry_figures(entries(*whole.days, whole.as_of), whole.as_of, by_class(*whole.days)),
    )
    return Part(Section("entries", labels().entries, tables=(entries_table(seen_entries(found, sight)),)))


def _notes(whole: _Whole, sight: Sight) -> Part:
    # Of a rate that only a masked outcome has, its reader learns nothing.
    rates = whole.once("rates", lambda: rates_said(entries(*whole.days, whole.as_of))).but_for(sight.masked)
    without_rate = whole.once("without rate", lambda: span(*whole.days, whole.as_of).without_rate)
    return Part(Section("notes", ""), notes=tuple(record_notes(rates, without_rate, whole.outcomes(sight).heads)))


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
