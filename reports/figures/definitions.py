"""What each figure means: its rule in words that the report prints, the code that computes it, and its version.

A changed rule is a new Definition beside the old one, and a new set that names it. A published report keeps the name of
its set and is made again by it; between two sets the restatement tells what the change of rules did. Message ids in
English."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.values.measures import Measure
from reports.figures.classes import ClassRow

Takes = Callable[[ClassRow], bool]


def every_class(row: ClassRow) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name and its rule. `computed_by` is the path of the function that computes it; `takes` says of a class
    of the ledger whether the figure counts its entries."""

    key: str
    version: int
    name: Promise
    rule: Promise
    computed_by: str
    takes: Takes = every_class


class UnknownDefinitions(LookupError):
    """A set of definitions whose code is not kept."""

    def __init__(self, name: str) -> None:
        told = _now("The definitions %(name)s are not known to this version of the program.")
        super().__init__(told % {"name": name})


DEFINITIONS: Final[tuple[Definition, ...]] = (
    Definition(
        "count",
        1,
        _("Number of outcomes"),
        _(
            "Outcomes whose value date lies in the period, by kind. The value date is the signing date; where no "
            "source states one, the first day of the event. Provisional and unconfirmed outcomes stand beside, not "
            "inside, the confirmed ones. A promise of further talks is never counted as an MOU."
        ),
        "reports.figures.quarterly.counts",
    ),
    Definition(
        "stages",
        1,
        _("Outcomes by stage"),
        _(
            "The outcomes of the period, each once, at the stage that the ledger states at the as-of time; for an "
            "investment MOU the stage is its fulfilment status. A later step changes no earlier report."
        ),
        "reports.figures.quarterly.stages",
    ),
    Definition(
        "money",
        2,
        _("Amounts"),
        _(
            "Signed ledger entries by kind, series and currency. No sum crosses a series, a kind or a currency. An "
            "annual amount without a term is a rate: it stands in its own column and in no total. With a term the "
            "total is derived: the annual amount times the years of the term that are not stated by themselves, plus "
            "those that are. An amount whose basis no source states stands in a column of its own too."
        ),
        "reports.figures.quarterly.money",
    ),
    Definition(
        "expected",
        1,
        _("Expected contracts, by rule"),
        _(
            "disjoint: confirmed expected contracts, totals only. onsite_inside_expected: the same plus confirmed "
            "on-site contracts. No other rungs of the export ladder are ever added."
        ),
        "reports.figures.ladder.expected_among",
    ),
    Definition(
        "jobs",
        1,
        _("Jobs"),
        _("Jobs pledged (announced) and jobs realised, by kind, each on its own: the two are never added."),
        "reports.figures.quarterly.jobs",
    ),
    Definition(
        "krw",
        1,
        _("KRW conversion"),
        _(
            "Base rate of the entry's value date, kept in the entry with its date and source; on days without a posted "
            "rate the last posted one holds, for ten days at most. Without a rate the KRW value is unknown (–)."
        ),
        "crm.queries.rates.rate_on",
    ),
    Definition(
        "fulfilment",
        1,
        _("Fulfilment rate of investment MOUs"),
        _(
            "All confirmed investment MOUs signed up to the cut-off date. Count: MOUs with status 'invested' / all. "
            "Amount: realised / announced, in KRW, totals only. Jobs: realised / pledged. MOUs whose announced or "
            "realised amount is unknown in KRW, annual or without a stated basis are named as left out of the amounts."
        ),
        "reports.figures.fulfilment.fulfilment",
    ),
    Definition(
        "coverage",
        1,
        _("Evidence coverage"),
        _(
            "Ledger entries of the period that stand, by evidence grade. Covered are those that rest on a signed "
            "document, an official record or the partner's confirmation."
        ),
        "reports.figures.quarterly.coverage",
    ),
    Definition(
        "collaboration",
        1,
        _("Collaboration between departments"),
        _(
            "Response rate: requests asked in the period that are answered / all of them, without those taken back "
            "unanswered. Mean days to concur: from asking to the answer that stands, with fractions of a day. Share "
            "across departments: confirmed and provisional outcomes of the period with at least one cooperating unit "
            "other than the lead unit / all of them."
        ),
        "reports.figures.collaboration.collaboration",
    ),
    Definition(
        "attribution",
        1,
        _("By event and by unit"),
        _(
            "Confirmed outcomes of the period, each figure times its share. Shares of events add to 100 %, those of "
            "units too. Where none is stated the whole falls to the outcome's event, or to its lead unit; where there "
            "is none, it stands as not attributed. The parts of a figure add to the figure."
        ),
        "reports.figures.attribution.attributed",
    ),
    Definition(
        "targets",
        1,
        _("Against target"),
        _(
            "Targets as they were known at the as-of time, against confirmed figures by the end of the quarter, totals "
            "only: of the year those from 1 January on, of the quarter those of the quarter. What a unit reached is "
            "what fell to it and to the units below it by their shares, a programme what the outcomes that serve it "
            "brought. A target of every kind counts all of them but promises of further talks. A target in won counts "
            "every currency at its rate; one in another currency counts that alone."
        ),
        "reports.figures.against_targets.against_targets",
    ),
    Definition(
        "yoy",
        1,
        _("Year on year"),
        _(
            "Confirmed figures of the quarter and of the year to its end beside those of the same days a year before, "
            "by kind, series and currency, totals only; rates with the cut-off a year earlier, their difference in "
            "percentage points. Both as known at the same as-of time. Where nothing stands there is no data (–), and "
            "no difference."
        ),
        "reports.figures.year_on_year.year_on_year",
    ),
)

Rules = Mapping[str, int]
# Each set ever published by, with the version of each of its definitions. Add at the end.
SETS: Final[dict[str, Rules]] = {
    "quarterly-2": {
        "count": 1,
        "stages": 1,
        "money": 2,
        "expected": 1,
        "jobs": 1,
        "krw": 1,
        "fulfilment": 1,
        "coverage": 1,
        "collaboration": 1,
        "attribution": 1,
    },
}
SETS["quarterly-3"] = {**SETS["quarterly-2"], "targets": 1, "yoy": 1}
VERSION: Final = "quarterly-3"
# By which definition each measure of the ledger is a figure.
DEFINED_AS: Final = {Measure.COUNT: "count", Measure.MONEY: "money", Measure.JOBS: "jobs"}


def number_of(name: str) -> int:
    """What a trace code carries of a set. The first two share a number: whatever both have they count alike, and what
    was printed by them carries none. Raises UnknownDefinitions."""
    if name not in SETS:
        raise UnknownDefinitions(name)
    return max(0, list(SETS).index(name) - 1)


def set_numbered(number: int) -> str:
    """The set, of those that share the number the last. Raises UnknownDefinitions."""
    names = list(SETS)[1:]
    if number >= len(names):
        raise UnknownDefinitions(f"#{number}")
    return names[number]


def redefined(then: str, now: str) -> Iterator[tuple[Definition | None, Definition | None]]:
    """Each definition that is another in the later set, as it was and as it is; None where the set has none. Raises
    UnknownDefinitions."""
    old, new = ({one.key: one for one in in_force(name)} for name in (then, now))
    for key in sorted({**old, **new}):
        if old.get(key) != new.get(key):
            yield old.get(key), new.get(key)


def in_force(name: str = VERSION) -> tuple[Definition, ...]:
    """The definitions of a set. Raises UnknownDefinitions."""
    if name not in SETS:
        raise UnknownDefinitions(name)
    return tuple(one for one in DEFINITIONS if SETS[name].get(one.key) == one.version)


def taken(rows: Iterable[ClassRow], figure: str, name: str = VERSION) -> list[ClassRow]:
    """The classes that the figure of this key counts by its rule in the set. Raises UnknownDefinitions."""
    takes = next(one.takes for one in in_force(name) if one.key == figure)
    return [row for row in rows if takes(row)]
