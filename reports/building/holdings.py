"""What falls to one unit, or to one programme, as a report. Adds nothing up."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from crm.dates import day_text
from crm.models.labels import label
from crm.permissions import Sight
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.money import format_number
from crm.values.stages import Stage
from reports.building.cover import Told, builder
from reports.building.follow_ups import open_table
from reports.building.rows import as_rows
from reports.building.sight import seen_outcomes
from reports.building.targets import targets_table
from reports.building.words import (
    amounts,
    basis_label,
    kind_label,
    percent_text,
    ratio,
    standing_text,
    time_text,
    trace_between,
)
from reports.building.working_together import request_table
from reports.figures.attribution import WHOLE
from reports.figures.collaboration import Answering
from reports.figures.fulfilment import Rate
from reports.figures.holdings import Held, HeldRequests, HeldSpan, Holding
from reports.figures.outcomes import OutcomeFigures, OutcomeListing
from reports.figures.slices import AskedYear
from reports.report import Column, Language, Note, Row, Section, SummaryLine, Table

_NUMERALS: Final = "ⅠⅡⅢⅣⅤⅥⅦⅧ"
_STANDINGS: Final = (Standing.CONFIRMED, Standing.PROVISIONAL, Standing.UNCONFIRMED)
_BASES: Final = (Basis.TOTAL, Basis.ANNUAL, Basis.UNSTATED)
_JOBS: Final = (Series.ANNOUNCED, Series.COMMITTED, Series.REALISED)


@builder
def build_holding(found: Holding, language: Language, sight: Sight) -> Told:
    """What falls to it, in Korean or English. Of an outcome that is kept from the reader the lines are masked; the
    totals are everybody's."""
    seen = seen_outcomes(found.outcomes, sight)
    return Told(
        key="unit" if found.scope == "bureau" else "programme",
        title=_("Results of %(name)s") % {"name": found.name},
        as_of=found.as_of,
        is_synthetic=any(head.is_synthetic for head in seen.heads),
        period=str(found.period),
        period_label=found.period.label(language),
        summary=_summary(found),
        sections=tuple(
            Section(section.key, f"{numeral}. {section.heading}", section.paragraphs, section.tables)
            for numeral, section in zip(_NUMERALS, _sections(found, seen, sight), strict=False)
        ),
        notes=(_rules(found),),
    )


def _summary(found: Holding) -> Iterable[SummaryLine]:
    yield SummaryLine(pgettext("office", "Unit") if found.scope == "bureau" else _("Programme"), found.name)
    yield SummaryLine(_("As of"), time_text(found.as_of))
    confirmed = [f for f in found.quarter.figures if (f.measure, f.standing) == (Measure.COUNT, Standing.CONFIRMED)]
    for figure in confirmed:
        yield SummaryLine(kind_label(figure.kind), _number_of(figure))
    if not confirmed:
        yield SummaryLine(_("Outcomes"), _("No confirmed outcome of this quarter falls to it."))
    for rate in found.rates:
        if rate.percent is not None:
            text = f"{percent_text(rate.percent)} ({ratio(rate.basis, rate.numerator, rate.denominator)})"
            yield SummaryLine(_("Fulfilment (%(basis)s)") % {"basis": basis_label(rate.basis)}, text)
    if found.follow_ups:
        yield SummaryLine(_("Open follow-ups"), str(len(found.follow_ups)))


def _number_of(figure: Held) -> str:
    return ngettext("%(n)s outcome", "%(n)s outcomes", int(figure.value)) % {"n": format_number(figure.value)}


def _sections(found: Holding, seen: OutcomeListing, sight: Sight) -> Iterable[Section]:
    yield Section("overview", _("Overview"), paragraphs=tuple(_overview(found)))
    yield Section("quarter", _("Results of the quarter"), tables=tuple(_span("quarter", found.quarter, found)))
    yield Section("year", _("Year to date"), tables=tuple(_span("year", found.year_to_date, found)))
    asked = AskedYear(found.period.year, found.period.last_day, found.as_of)
    yield Section("targets", _("Against target"), tables=(targets_table(found.targets, asked),))
    yield Section("fulfilment", _("Fulfilment"), tables=(_rates(found),))
    yield Section("follow-ups", _("Open follow-ups"), tables=(open_table(found.follow_ups, sight),))
    if found.requests is not None:
        yield Section("requests", _("Requests to it"), tables=tuple(_requests(found.requests, found, sight)))
    yield Section("outcomes", _("Outcomes"), tables=(_outcomes(found, seen),))


def _overview(found: Holding) -> Iterable[str]:
    yield _("As of %(time)s (Asia/Seoul): what was recorded later is not in this report.") % {
        "time": time_text(found.as_of)
    }
    if found.below:
        yield _("With the units below it: %(names)s.") % {"names": ", ".join(found.below)}


def _link(found: Holding, span: HeldSpan, **which: str) -> str:
    return trace_between(span.first_day, span.last_day, found.as_of, **which, **{found.scope: str(found.id)})


def _span(key: str, span: HeldSpan, found: Holding) -> Iterable[Table]:
    yield _counts(key, span, found)
    yield _money(key, span, found)
    yield _jobs(key, span, found)


def _counts(key: str, span: HeldSpan, found: Holding) -> Table:
    by: dict[tuple[str, str], dict[str, Held]] = {}
    for figure in span.figures:
        if figure.measure == Measure.COUNT:
            by.setdefault((figure.kind, figure.series), {})[figure.standing] = figure
    rows = []
    for (kind, series), cells in by.items():
        told = [cells.get(standing) for standing in _STANDINGS]
        links = (
            _link(found, span, measure=Measure.COUNT, kind=kind, series=series, standing=standing) if one else None
            for one, standing in zip(told, _STANDINGS, strict=True)
        )
        rows.append(Row((kind_label(kind), *(one.value if one else None for one in told)), links=(None, *links)))
    columns = (
        Column("kind", _("Kind"), weight=2.4),
        *(Column(str(standing), label(standing), "money") for standing in _STANDINGS),
    )
    return Table(
        f"{key}_counts",
        _("Number of outcomes"),
        columns,
        tuple(rows),
        unit=_("Unit: outcomes"),
        footnotes=(_("By their shares: an outcome that falls half to another counts a half."),) if rows else (),
        empty=_("No outcome was recorded for this period."),
    )


def _money(key: str, span: HeldSpan, found: Holding) -> Table:
    by: dict[tuple[str, str, str], dict[str, Held]] = {}
    for figure in span.figures:
        if (figure.measure, figure.standing) == (Measure.MONEY, Standing.CONFIRMED):
            by.setdefault((figure.kind, figure.series, figure.currency), {})[figure.basis] = figure
    rows = []
    for (kind, series, currency), cells in by.items():
        told = [cells.get(basis) for basis in _BASES]
        which = {"measure": Measure.MONEY, "kind": kind, "series": series, "standing": Standing.CONFIRMED}
        links = (
            _link(found, span, **which, currency=currency, basis=basis) if one else None
            for one, basis in zip(told, _BASES, strict=True)
        )
        values = (kind_label(kind), label(Series(series)), currency, *(one.value if one else None for one in told))
        rows.append(Row(values, links=(None, None, None, *links)))
    return Table(
        f"{key}_money",
        _("Amounts"),
        (
            Column("kind", _("Kind"), weight=1.7),
            Column("series", _("Series"), weight=1.1),
            Column("currency", _("Currency"), weight=0.8),
            Column("total", label(Basis.TOTAL), "money", 1.5),
            Column("annual", _("Per year"), "money", 1.5),
            Column("unstated", _("Basis not stated"), "money", 1.5),
        ),
        tuple(rows),
        unit=_("Unit: one unit of the currency"),
        footnotes=(_("Confirmed, by their shares. Series and currencies are different facts and are never added."),)
        if rows
        else (),
        empty=_("No confirmed amount falls to it in this period."),
    )


def _jobs(key: str, span: HeldSpan, found: Holding) -> Table:
    by: dict[str, dict[str, Held]] = {}
    for figure in span.figures:
        if (figure.measure, figure.standing) == (Measure.JOBS, Standing.CONFIRMED):
            by.setdefault(figure.kind, {})[figure.series] = figure
    rows = []
    for kind, cells in by.items():
        told = [cells.get(series) for series in _JOBS]
        links = (
            _link(found, span, measure=Measure.JOBS, kind=kind, standing=Standing.CONFIRMED, series=series)
            if one
            else None
            for one, series in zip(told, _JOBS, strict=True)
        )
        rows.append(Row((kind_label(kind), *(one.value if one else None for one in told)), links=(None, *links)))
    return Table(
        f"{key}_jobs",
        _("Jobs"),
        (
            Column("kind", _("Kind"), weight=2.4),
            Column("announced", _("Pledged"), "money"),
            Column("committed", label(Series.COMMITTED), "money"),
            Column("realised", label(Series.REALISED), "money"),
        ),
        tuple(rows),
        unit=_("Unit: people"),
        empty=_("No confirmed jobs fall to it in this period."),
    )


def _rates(found: Holding) -> Table:
    def behind(rate: Rate, **which: str) -> str:
        cohort = {"kind": OutcomeKind.INVESTMENT_MOU, "standing": Standing.CONFIRMED, "measure": rate.basis}
        cohort |= {"basis": Basis.TOTAL} if rate.basis == Measure.MONEY else {}
        return trace_between(
            None, found.period.last_day, found.as_of, **cohort, **which, **{found.scope: str(found.id)}
        )

    def row(rate: Rate) -> Row:
        if rate.basis == Measure.COUNT:
            parts = behind(rate, stage=Stage.INVESTED), behind(rate)
        else:
            parts = behind(rate, series=Series.REALISED), behind(rate, series=Series.ANNOUNCED)
        values = (basis_label(rate.basis), rate.numerator, rate.denominator, rate.percent)
        return Row(values, links=(None, *parts, behind(rate)))

    notes = [
        _("Cut-off %(date)s. All confirmed investment MOUs signed until then.")
        % {"date": day_text(found.period.last_day)}
    ]
    if found.left_out:
        told = ngettext(
            "%(n)d amount is left out of the amount rate: annual, without a basis or without a KRW value.",
            "%(n)d amounts are left out of the amount rate: annual, without a basis or without a KRW value.",
            found.left_out,
        )
        notes.append(told % {"n": found.left_out})
    return Table(
        "held_rates",
        _("Fulfilment rate of investment MOUs"),
        (
            Column("basis", _("Basis"), weight=1.6),
            Column("numerator", _("Fulfilled"), "money", 1.5),
            Column("denominator", _("Signed or pledged"), "money", 1.5),
            Column("percent", _("Rate (%)"), "percent", 0.9),
        ),
        tuple(row(rate) for rate in found.rates),
        unit=_("Unit: MOUs, KRW, people"),
        footnotes=tuple(notes),
    )


def _requests(requests: HeldRequests, found: Holding, sight: Sight) -> Iterable[Table]:
    first, last = found.period.first_day, found.period.last_day
    behind = f"/concurrences/?show=all&unit={found.id}&asked_from={first.isoformat()}&asked_to={last.isoformat()}"
    yield Table(
        "held_answers",
        _("Answers to requests for concurrence"),
        (
            Column("asked", _("Asked"), "integer"),
            Column("answered", _("Answered"), "integer"),
            Column("response", _("Response rate (%)"), "percent"),
            Column("days", _("Mean days to concur"), "percent"),
            Column("overdue", _("Overdue"), "integer"),
            Column("overridden", _("Overridden"), "integer"),
        ),
        (_answers(requests.answering, behind),) if requests.answering.asked else (),
        unit=_("Unit: requests, %, days"),
        empty=_("It was not asked in this quarter."),
    )
    words = (_("Days to answer"), _("It was not asked in this quarter."))
    yield request_table("held_requests", _("Requests of the quarter"), requests.lines, sight, words)


def _answers(found: Answering, behind: str) -> Row:
    rates = (found.response_percent, found.mean_days)
    return Row((found.asked, found.answered, *rates, found.overdue, found.overridden), link=behind)


def _outcomes(found: Holding, seen: OutcomeListing) -> Table:
    is_shared = any(share != WHOLE for share in found.shares.values())

    def row(outcome: OutcomeFigures) -> Row:
        money = [value for value in outcome.values if value.measure == Measure.MONEY]
        values = (
            outcome.title,
            kind_label(outcome.kind),
            *([found.shares[outcome.id]] if is_shared else []),
            outcome.lead_unit or None,
            outcome.value_date,
            standing_text(outcome),
            amounts([value for value in money if value.basis != Basis.ANNUAL]),
            amounts([value for value in money if value.basis == Basis.ANNUAL]),
        )
        return Row(values, link=f"/outcomes/{outcome.id}/")

    notes = (_("Amounts are those of the whole outcome; the share says how much of it falls here."),)
    return Table(
        "held_outcomes",
        _("Outcomes of the year to date"),
        (
            Column("title", _("Outcome"), weight=2.4),
            Column("kind", _("Kind"), weight=1.2),
            *([Column("share", _("Share attributed (%)"), "money", 0.8)] if is_shared else []),
            Column("lead_unit", _("Lead unit"), weight=1.2),
            Column("value_date", _("Value date"), "date", 1),
            Column("standing", _("Standing"), weight=1),
            Column("total", label(Basis.TOTAL), weight=1.4),
            Column("annual", _("Per year"), weight=1.2),
        ),
        as_rows(seen, row),
        footnotes=notes if is_shared else (),
        empty=_("No outcome was recorded for this period."),
    )


def _rules(found: Holding) -> Note:
    lines = [_("As known at the as-of time: names, shares, targets and stages are those of then.")]
    if found.scope == "bureau":
        lines.append(
            _(
                "To a unit falls an outcome by the stated shares of the unit and of those below it; where none is "
                "stated it falls whole to its lead unit."
            )
        )
    else:
        lines.append(_("To a programme falls every outcome that serves it, whole; an outcome may serve several."))
    return Note(_("Definitions"), tuple(lines))
