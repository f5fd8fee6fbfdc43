"""From the dashboard's figures to what its page shows: words, tables, bars, and where each of them leads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from crm.dates import day_text
from crm.models.labels import label
from crm.queries.unit_tree import UnitTree
from crm.values.measures import Measure, OutcomeKind, Series, Standing
from crm.values.money import format_number, round_half_up
from crm.values.stages import Stage
from reports.building.rows import as_rows
from reports.building.targets import behind_target, what, whose
from reports.building.words import UNKNOWN, basis_label, kind_label, percent_text, trace_between
from reports.figures.against_targets import Aimed, against_targets
from reports.figures.cohorts import Cohort, cohorts
from reports.figures.listing import Listing
from reports.figures.slices import AskedYear, Slice, by_bureau, by_event, by_kind, by_programme
from reports.kept import Moment
from reports.report import Column, Row, Table, Value

# The longest bar, in the points of the drawing.
_LONGEST: Final = Decimal(100)
_SHOWN: Final = 12
_MONEY: Final = (Series.ANNOUNCED, Series.COMMITTED, Series.REALISED)


@dataclass(frozen=True, slots=True)
class Bar:
    """`length` of 100 points; `text` is its value, `told` the whole in words."""

    name: str
    length: str
    text: str
    told: str
    link: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One question: a drawing of bars, and the table that says the same and more."""

    key: str
    heading: str
    lead: str
    bars: tuple[Bar, ...]
    table: Table


def build_panel(key: str, asked: AskedYear, tree: UnitTree, present: Moment) -> Panel:
    """One panel of PANELS, read for itself. Raises KeyError for another."""
    if key == "cohorts":
        # Of all years, whichever is asked.
        return _cohorts(asked, present.once((key, asked.as_of), lambda: cohorts(asked.cut_off, asked.as_of)))
    if key == "targets":
        return _targets(asked, present.once((key, asked), lambda: against_targets(asked)))
    read = _READ[key]
    return _sliced(asked, key, present.once((key, asked), lambda: read(asked, tree)))


def panel_heading(key: str) -> str:
    return {
        "cohorts": _("What became of the investment MOUs of each year"),
        "targets": _("Against target"),
        "kinds": _("By kind"),
        "bureaus": _("By bureau"),
        "programmes": _("By programme"),
        "events": _("By event"),
    }[key]


_READ: Final[dict[str, Callable[[AskedYear, UnitTree], tuple[Slice, ...]]]] = {
    "kinds": lambda asked, tree: by_kind(asked),
    "bureaus": by_bureau,
    "programmes": lambda asked, tree: by_programme(asked),
    "events": lambda asked, tree: by_event(asked),
}
PANELS: Final = ("cohorts", "targets", *_READ)


def _bar(name: str, value: Decimal | None, most: Decimal, text: str, link: str) -> Bar:
    length = _LONGEST * (value or 0) / most if most else Decimal(0)
    return Bar(name, f"{round_half_up(min(length, _LONGEST), 1)}", text, f"{name}: {text}", link)


def _cohorts(found: AskedYear, years: tuple[Cohort, ...]) -> Panel:
    def behind(cohort: Cohort, **which: str) -> str:
        asked = {"kind": OutcomeKind.INVESTMENT_MOU, "standing": Standing.CONFIRMED, "basis": "total"}
        return trace_between(None, found.cut_off, found.as_of, **asked, cohort=str(cohort.year), **which)

    bars = tuple(
        _bar(
            _("%(year)d (%(ages)s)") % {"year": cohort.year, "ages": _ages(cohort)},
            cohort.rates[0].percent,
            _LONGEST,
            percent_text(cohort.rates[0].percent),
            behind(cohort, measure=Measure.COUNT),
        )
        for cohort in years
    )
    columns = (
        Column("year", _("Signed in"), "text", 1.1),
        Column("age", _("Age"), "text", 1.4),
        *(Column(f"status_{key}", label(Stage(key)), "integer") for key, _n in _statuses(years)),
        Column("count", _("Rate by number (%)"), "percent"),
        Column("money", _("Rate by amount (%)"), "percent"),
        Column("jobs", _("Rate by jobs (%)"), "percent"),
    )
    rows = tuple(
        Row(
            (str(c.year), _ages(c), *(n for _key, n in c.by_status), *(rate.percent for rate in c.rates)),
            links=(
                None,
                None,
                *(behind(c, measure=Measure.COUNT, stage=key) for key, _n in c.by_status),
                *(behind(c, measure=rate.basis) for rate in c.rates),
            ),
        )
        for c in years
    )
    notes = tuple(_rate_notes(found, years))
    return Panel(
        "cohorts",
        panel_heading("cohorts"),
        _("Per cent of the MOUs of a year that were invested by the cut-off. A young year has not failed."),
        bars,
        Table(
            "cohorts",
            _("By year of signing"),
            columns,
            rows,
            footnotes=notes,
            empty=_nothing(),
        ),
    )


def _statuses(cohorts: Iterable[Cohort]) -> tuple[tuple[str, int], ...]:
    return next((cohort.by_status for cohort in cohorts), ())


def _rate_notes(found: AskedYear, years: tuple[Cohort, ...]) -> Iterable[str]:
    yield _("Cut-off %(date)s; confirmed investment MOUs only.") % {"date": day_text(found.cut_off)}
    for cohort in years:
        told = [
            f"{basis_label(rate.basis)} {format_number(rate.numerator)} / {format_number(rate.denominator)}"
            for rate in cohort.rates
            if rate.numerator is not None and rate.denominator is not None
        ]
        yield f"{cohort.year}: {' · '.join(told)}"
    yield _(
        "Amounts in KRW by the rates frozen in the ledger, totals only: yearly rates and amounts whose basis is not "
        "stated are left out."
    )


def _ages(cohort: Cohort) -> str:
    months = cohort.oldest_months
    if cohort.youngest_months == months:
        return ngettext("%(n)d month old", "%(n)d months old", months) % {"n": months}
    return _("%(youngest)d to %(oldest)d months old") % {"youngest": cohort.youngest_months, "oldest": months}


def _targets(found: AskedYear, targets: tuple[Aimed, ...]) -> Panel:
    bars = tuple(
        _bar(
            f"{whose(aimed)} · {what(aimed)}",
            aimed.achieved.percent,
            _LONGEST,
            percent_text(aimed.achieved.percent),
            "#targets",
        )
        for aimed in targets
    )
    columns = (
        Column("holder", _("Of whom"), "text", 1.4),
        Column("quarter", _("Period"), "text"),
        Column("what", _("What"), "text", 1.8),
        Column("target", _("Target"), "money", 1.3),
        Column("actual", _("Reached"), "money", 1.3),
        Column("percent", _("Achievement (%)"), "percent"),
    )
    rows = tuple(
        Row(
            (
                whose(aimed),
                f"{aimed.quarter}/4" if aimed.quarter else str(found.year),
                what(aimed),
                aimed.achieved.target,
                aimed.achieved.actual,
                aimed.achieved.percent,
            ),
            link=behind_target(aimed, found),
        )
        for aimed in targets
    )
    bars = tuple(Bar(b.name, b.length, b.text, b.told, row.link or "") for b, row in zip(bars, rows, strict=True))
    table = Table("targets", _("Targets of the year"), columns, rows, empty=_("No target is set for this year."))
    return Panel("targets", panel_heading("targets"), _("Per cent of the target that is confirmed."), bars, table)


def _sliced(found: AskedYear, key: str, slices: tuple[Slice, ...]) -> Panel:
    heading, which = panel_heading(key), key.removesuffix("s")
    name = kind_label if key == "kinds" else None

    def behind(one: Slice, year: int = found.year, **more: str) -> str:
        asked = {"standing": Standing.CONFIRMED, "basis": "total", "measure": Measure.COUNT, **more}
        # What falls to no bureau falls to no unit.
        place = "unit" if which == "bureau" and not one.key else which
        last = min(date(year, 12, 31), found.cut_off)
        return trace_between(date(year, 1, 1), last, found.as_of, **asked, **{place: one.key or "none"})

    def named(one: Slice) -> str:
        return (name(one.key) if name else one.name) or _("Not attributed")

    most = max((one.count for one in slices), default=Decimal(0))
    bars = tuple(
        _bar(named(one), one.count, most, _number(one.count), behind(one)) for one in slices[:_SHOWN] if one.count
    )
    columns = (
        Column("name", heading, "text", 2),
        Column("count", str(found.year), "number"),
        Column("before", str(found.year - 1), "number"),
        Column("change", pgettext("year on year", "Change"), "text"),
        Column("announced", label(Series.ANNOUNCED), "money", 1.5),
        Column("committed", label(Series.COMMITTED), "money", 1.5),
        Column("realised", label(Series.REALISED), "money", 1.5),
    )

    def row(one: Slice) -> Row:
        money = (behind(one, measure=Measure.MONEY, series=series) for series in _MONEY)
        links = (None, behind(one), behind(one, year=found.year - 1), None, *money)
        return Row((named(one), *_values(one)), links=links)

    notes = [
        _(
            "Numbers are confirmed outcomes by their shares; amounts in KRW, totals only, each series for itself: "
            "yearly rates and amounts whose basis is not stated are left out."
        )
    ]
    if which == "programme":
        notes.append(_("An outcome that serves two programmes counts in both: this table does not add up."))
    rows = as_rows(Listing(slices, lambda some: some), row)
    table = Table(key, heading, columns, rows, footnotes=tuple(notes) if slices else (), empty=_nothing())
    return Panel(key, heading, _("Confirmed outcomes of %(year)d, by number.") % {"year": found.year}, bars, table)


def _values(one: Slice) -> tuple[Value, ...]:
    return one.count, one.before, _change(one.count - one.before), one.announced, one.committed, one.realised


def _number(value: Decimal) -> str:
    return format_number(round_half_up(value, 1))


def _change(value: Decimal) -> str:
    """△ is less than before, as officials write it."""
    if not value:
        return UNKNOWN
    return f"{'△' if value < 0 else '+'}{_number(abs(value))}"


def _nothing() -> str:
    return _("No confirmed outcome was recorded for this period.")
