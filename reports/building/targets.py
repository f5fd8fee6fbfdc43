"""The section on what was to be reached and what there was a year before. Adds nothing up."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.dates import day_text
from crm.models.labels import label
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import Quarter
from reports.building.words import basis_label, heading, kind_label, trace_between
from reports.figures.against_targets import Aimed
from reports.figures.slices import AskedYear
from reports.figures.year_on_year import Beside, RateBeside, YearOnYear
from reports.report import Column, Row, Section, Table

_LAST_DAYS: Final = {1: 31, 2: 30, 3: 30, 4: 31}


def targets_section(aimed: Iterable[Aimed], found: YearOnYear, period: Quarter, as_of: datetime) -> Section:
    asked = AskedYear(period.year, period.last_day, as_of)
    tables = (
        targets_table(tuple(aimed), asked),
        _beside_table(Measure.COUNT, found, as_of),
        _beside_table(Measure.MONEY, found, as_of),
        _beside_table(Measure.JOBS, found, as_of),
        _rates_table(found.rates, as_of),
    )
    return Section("targets", heading("targets"), tables=tables)


def targets_table(aimed: tuple[Aimed, ...], asked: AskedYear) -> Table:
    columns = (
        Column("holder", _("Of whom"), weight=1.3),
        Column("what", _("What"), weight=1.9),
        Column("period", _("Period"), weight=0.8),
        Column("target", _("Target"), "money", 1.2),
        Column("actual", _("Reached"), "money", 1.2),
        Column("percent", _("Achievement (%)"), "percent", 0.9),
        Column("before", _("A year before"), "money", 1.2),
        Column("change", _("Year on year"), "money", 1.2),
    )
    return Table(
        "targets_reached",
        _("Targets and what was reached"),
        columns,
        tuple(_target_row(one, asked) for one in aimed),
        unit=_("Unit: outcomes, people, one unit of the currency"),
        footnotes=tuple(_target_notes(asked)) if aimed else (),
        empty=_("No target is set for this year."),
    )


def _target_row(one: Aimed, asked: AskedYear) -> Row:
    a, reached = one.achieved, behind_target(one, asked)
    values = (whose(one), what(one), when(one, asked), a.target, a.actual, a.percent, one.before, one.change)
    before = behind_target(one, asked, years_before=1)
    return Row(values, link=reached, links=(None, None, None, f"/targets/{a.id}/", reached, reached, before, None))


def _target_notes(asked: AskedYear) -> Iterable[str]:
    yield _("Confirmed figures up to %(day)s; a target of the year is held against what the year brought by then.") % {
        "day": day_text(asked.last_day)
    }
    yield _("To a unit falls what it and the units below it brought by their shares.")
    yield _("A year before: the same days, as known at the same time. – is no data. △ is less than before.")


def behind_target(aimed: Aimed, asked: AskedYear, *, years_before: int = 0) -> str:
    """The address of what was reached by the cut-off, or, where that ends a quarter, in the same quarters that many
    years before."""
    year = asked.year - years_before
    first, last = date(year, 1, 1), asked.last_day.replace(year=year)
    if aimed.quarter is not None:
        first = date(year, aimed.quarter * 3 - 2, 1)
        last = min(last, date(year, aimed.quarter * 3, _LAST_DAYS[aimed.quarter]))
    a = aimed.achieved
    which = {"measure": a.measure, "series": a.series, "standing": Standing.CONFIRMED, "basis": Basis.TOTAL}
    which |= {"kind": a.kind} if a.kind else {"without": OutcomeKind.PROMISE}
    which |= {aimed.scope: aimed.scope_id} if aimed.scope else {}
    if a.currency not in ("", "KRW"):
        which["currency"] = a.currency
    return trace_between(first, last, asked.as_of, **which)


def whose(aimed: Aimed) -> str:
    return aimed.holder or _("The whole city")


def what(aimed: Aimed) -> str:
    a = aimed.achieved
    of = kind_label(a.kind) if a.kind else _("Every kind")
    return " · ".join((of, label(Measure(a.measure)), label(Series(a.series)), a.currency)).removesuffix(" · ")


def when(aimed: Aimed, asked: AskedYear) -> str:
    return f"{aimed.quarter}/4" if aimed.quarter else str(asked.year)


def _beside_table(measure: Measure, found: YearOnYear, as_of: datetime) -> Table:
    captions = {
        Measure.COUNT: ("targets_yoy_counts", _("Number of outcomes, year on year"), _("Unit: outcomes")),
        Measure.MONEY: ("targets_yoy_money", _("Amounts, year on year"), _("Unit: one unit of the currency")),
        Measure.JOBS: ("targets_yoy_jobs", _("Jobs, year on year"), _("Unit: people")),
    }
    key, caption, unit = captions[measure]
    kind, series, currency = _("Kind"), _("Series"), _("Currency")
    columns = (
        Column("kind", kind, weight=1.8),
        *([] if measure == Measure.COUNT else [Column("series", series, weight=1.1)]),
        *([Column("currency", currency, weight=0.8)] if measure == Measure.MONEY else []),
        Column("span", _("Period"), weight=1),
        Column("now", pgettext("year on year", "Now"), "money", 1.4),
        Column("before", _("A year before"), "money", 1.4),
        Column("change", _("Year on year"), "money", 1.4),
    )
    spans = ((_("The quarter"), found.quarter), (_("Year to date"), found.year_to_date))
    rows = [_beside_row(one, span, as_of) for span, figures in spans for one in figures if one.measure == measure]
    return Table(
        key,
        caption,
        columns,
        tuple(rows),
        unit=unit,
        footnotes=(_("Confirmed figures, totals only, of the same days in both years, as known at the same time."),)
        if rows
        else (),
        empty=_("Nothing confirmed stands in either of the two years."),
    )


def _beside_row(one: Beside, span: str, as_of: datetime) -> Row:
    which = {"measure": one.measure, "kind": one.kind, "series": one.series, "standing": Standing.CONFIRMED}
    if one.measure == Measure.MONEY:
        which |= {"currency": one.currency, "basis": Basis.TOTAL}
    said = [kind_label(one.kind)]
    if one.measure != Measure.COUNT:
        said.append(label(Series(one.series)))
    if one.measure == Measure.MONEY:
        said.append(one.currency)
    now = trace_between(one.first_day, one.last_day, as_of, **which)
    before = trace_between(one.first_day_before, one.last_day_before, as_of, **which)
    nowhere = [None] * (len(said) + 1)
    return Row((*said, span, one.now, one.before, one.change), link=now, links=(*nowhere, now, before, None))


def _rates_table(rates: tuple[RateBeside, ...], as_of: datetime) -> Table:
    def behind(basis: str, cut_off: date) -> str:
        which = {"kind": OutcomeKind.INVESTMENT_MOU, "standing": Standing.CONFIRMED, "measure": basis}
        return trace_between(None, cut_off, as_of, **which)

    return Table(
        "targets_yoy_rates",
        _("Fulfilment rate of investment MOUs, year on year"),
        (
            Column("basis", _("Basis"), weight=1.6),
            Column("now", _("Rate (%)"), "percent"),
            Column("before", _("A year before (%)"), "percent"),
            Column("change", _("Difference (%p)"), "percent"),
        ),
        tuple(
            Row(
                (basis_label(one.basis), one.now, one.before, one.change),
                link=behind(one.basis, one.cut_off),
                links=(None, behind(one.basis, one.cut_off), behind(one.basis, one.cut_off_before), None),
            )
            for one in rates
        ),
        footnotes=tuple(_rate_notes(rates)),
    )


def _rate_notes(rates: tuple[RateBeside, ...]) -> Iterable[str]:
    for one in rates[:1]:
        yield _("Cut-offs %(now)s and %(before)s: all confirmed investment MOUs signed until then.") % {
            "now": day_text(one.cut_off),
            "before": day_text(one.cut_off_before),
        }
    yield _("By number: those that stand at 'invested' at the as-of time, in both columns.")
