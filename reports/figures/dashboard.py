"""Where the city stands: what became of each year's investment MOUs, and the outcomes of a year by kind, bureau, event
and programme, beside the year before and the targets."""

from dataclasses import dataclass
from datetime import date, datetime

from crm.queries.unit_tree import UnitTree
from reports.figures.against_targets import Aimed, against_targets
from reports.figures.cohorts import Cohort, cohorts
from reports.figures.slices import AskedYear, Slice, by_bureau, by_event, by_kind, by_programme


@dataclass(frozen=True, slots=True)
class Dashboard:
    year: int
    cut_off: date
    as_of: datetime
    cohorts: tuple[Cohort, ...]
    kinds: tuple[Slice, ...]
    bureaus: tuple[Slice, ...]
    events: tuple[Slice, ...]
    programmes: tuple[Slice, ...]
    targets: tuple[Aimed, ...]


def dashboard(year: int, cut_off: date, as_of: datetime, tree: UnitTree) -> Dashboard:
    """All of it, as known at `as_of`, which is the present: units, events and programmes are those of today."""
    asked = AskedYear(year, cut_off, as_of)
    return Dashboard(
        year=year,
        cut_off=cut_off,
        as_of=as_of,
        cohorts=cohorts(cut_off, as_of),
        kinds=by_kind(asked),
        bureaus=by_bureau(asked, tree),
        events=by_event(asked),
        programmes=by_programme(asked),
        targets=against_targets(asked),
    )
