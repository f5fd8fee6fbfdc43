"""Ⅱ. 추진성과: targets against what was reached, beside the year before; then counts, amounts, jobs, consultations."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models.labels import label
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from reports.building.words import kind_label, trace_between, with_standing
from reports.figures.event_shares import CountShare, EventShares, JobsShare, MoneyShare
from reports.figures.performance import Performance, Result
from reports.report import Column, Row, Section, Table

_STANDINGS: Final = (Standing.CONFIRMED, Standing.PROVISIONAL, Standing.UNCONFIRMED)
_JOBS: Final = (Series.ANNOUNCED, Series.COMMITTED, Series.REALISED)
_BASES: Final = (Basis.TOTAL, Basis.ANNUAL, Basis.UNSTATED)


def results_section(found: Performance) -> Section:
    shares = found.shares
    tables = [_results(found), _counts(found, "counts", _("Number of outcomes"), shares.counts)]
    if shares.promises:
        tables.append(_counts(found, "promises", _("Promises of further talks"), (shares.promises,)))
    tables += [_money(found, shares.money), _jobs(found, shares.jobs), _talks(found)]
    return Section("results", f"Ⅱ. {_('Results of the event')}", tables=tuple(tables))


def result_text(result: Result) -> str:
    """`투자협약 · 건수 · 발표`: what the line is about."""
    of = kind_label(result.kind) if result.kind else _("Every kind")
    return " · ".join((of, label(Measure(result.measure)), label(Series(result.series))))


def _unit(result: Result) -> str:
    return {Measure.COUNT: _("outcomes"), Measure.JOBS: _("people")}.get(Measure(result.measure), result.currency)


def _results(found: Performance) -> Table:
    def row(result: Result) -> Row:
        year = found.before
        before = _behind_result(found, result, str(year.id), year.shares) if year else None
        links = (None, None, None, _behind_result(found, result, str(found.record.id), found.shares), None, before)
        said = (result_text(result), _unit(result), result.target, result.actual, result.percent)
        return Row((*said, result.before, result.change), links=(*links, None))

    return Table(
        "event_results",
        _("Target, actual and year on year"),
        (
            Column("what", pgettext("column", "What"), weight=2.3),
            Column("unit", _("Unit"), weight=0.8),
            Column("target", pgettext("column", "Target"), "money", 1.3),
            Column("actual", _("Actual"), "money", 1.3),
            Column("percent", _("Achievement (%)"), "percent", 0.9),
            Column("before", _("Year before"), "money", 1.3),
            Column("change", _("Year on year (%)"), "percent", 0.9),
        ),
        tuple(row(result) for result in found.results),
        unit=_("Unit: as in the column"),
        footnotes=tuple(_result_footnotes(found)),
        empty=_("No target is set for this event, and nothing is confirmed that could be held against one."),
    )


def _behind_result(found: Performance, result: Result, event: str, shares: EventShares) -> str:
    which = {"measure": result.measure, "series": result.series, "basis": Basis.TOTAL, "event": event}
    which |= {"standing": Standing.CONFIRMED}
    which |= {"kind": result.kind} if result.kind else {"without": OutcomeKind.PROMISE}
    # A target in won is reached by money of every currency, at its rate.
    if result.currency and not (result.currency == "KRW" and result.target is not None):
        which["currency"] = result.currency
    return trace_between(None, shares.last_day, found.as_of, **which)


def _result_footnotes(found: Performance) -> Iterable[str]:
    yield _("Actual: confirmed figures by the share that falls to this event; totals, no yearly rates.")
    yield _(
        "Year before: the one event of the same kind in the year before whose name is the same without its year; "
        "– where there is none, or more than one."
    )
    if found.before:
        yield _("Compared with: %(event)s.") % {"event": found.before.name}
    if any(result.currency == "KRW" and result.target is not None for result in found.results):
        yield _("A target in won is reached by amounts of every currency at the rate of their value date.")
    if any(not result.kind for result in found.results):
        yield _("A target of every kind counts each outcome of its series, promises of further talks apart.")


def _counts(found: Performance, key: str, caption: str, counts: tuple[CountShare, ...]) -> Table:
    def row(count: CountShare) -> Row:
        behind = (_behind(found, measure=Measure.COUNT, kind=count.kind, standing=standing) for standing in _STANDINGS)
        values = (count.confirmed, count.provisional, count.unconfirmed)
        return Row((kind_label(count.kind), *values), links=(None, *behind))

    apart = _("A promise of further talks is tracked, and counted as no MOU and as no amount.")
    usual = _("Provisional and unconfirmed outcomes are not part of the confirmed ones. Kinds are not added up.")
    return Table(
        f"event_{key}",
        caption,
        (
            Column("kind", _("Kind"), weight=2.4),
            *(Column(str(standing), label(standing), "money") for standing in _STANDINGS),
        ),
        tuple(row(count) for count in counts),
        unit=_("Unit: outcomes"),
        footnotes=(usual if key == "counts" else apart,),
        empty=_("No outcome of this event is recorded yet."),
    )


def _money(found: Performance, figures: tuple[MoneyShare, ...]) -> Table:
    def row(money: MoneyShare) -> Row:
        which = {"measure": Measure.MONEY, "kind": money.kind, "series": money.series}
        which |= {"standing": money.standing, "currency": money.currency}
        behind = [_behind(found, **which, basis=basis) for basis in _BASES]
        said = (with_standing(kind_label(money.kind), money.standing), label(Series(money.series)), money.currency)
        values = (money.total, money.annual, money.unstated, money.krw_total, money.krw_annual)
        return Row((*said, *values), links=(None, None, None, *behind, *behind[:2]))

    return Table(
        "event_money",
        _("Amounts"),
        (
            Column("kind", _("Kind"), weight=1.7),
            Column("series", _("Series"), weight=1.1),
            Column("currency", _("Currency"), weight=0.8),
            Column("total", label(Basis.TOTAL), "money", 1.5),
            Column("annual", _("Per year"), "money", 1.5),
            Column("unstated", _("Basis not stated"), "money", 1.5),
            Column("krw_total", _("KRW, total"), "money", 1.6),
            Column("krw_annual", _("KRW, per year"), "money", 1.6),
        ),
        tuple(row(money) for money in figures),
        unit=_("Unit: one unit of the currency, one won"),
        footnotes=tuple(_money_footnotes(figures)),
        empty=_("No source states an amount for this event."),
    )


def _money_footnotes(figures: tuple[MoneyShare, ...]) -> Iterable[str]:
    if any(one.annual is not None for one in figures):
        yield _("An annual amount without a term is a rate: its total is unknown and in no total.")
    if any(one.derived for one in figures):
        yield _("With a term the total is derived: the annual amount for each year that is not stated by itself.")
    if any(one.without_rate for one in figures):
        yield _("– in a KRW column: no exchange rate is known for the date.")
    if any(one.approximate for one in figures):
        yield _("Some sources give the amount as approximate (약, 여, 이상).")
    if figures:
        yield _("Series are different facts and are never added: announced (pledged), committed (binding), realised.")


def _jobs(found: Performance, figures: tuple[JobsShare, ...]) -> Table:
    def row(jobs: JobsShare) -> Row:
        which = {"measure": Measure.JOBS, "kind": jobs.kind, "standing": jobs.standing}
        behind = (_behind(found, **which, series=series) for series in _JOBS)
        values = (jobs.announced, jobs.committed, jobs.realised)
        return Row((with_standing(kind_label(jobs.kind), jobs.standing), *values), links=(None, *behind))

    approximate = any(jobs.approximate for jobs in figures)
    return Table(
        "event_jobs",
        _("Jobs"),
        (
            Column("kind", _("Kind"), weight=2.4),
            Column("announced", _("Pledged"), "money"),
            Column("committed", label(Series.COMMITTED), "money"),
            Column("realised", label(Series.REALISED), "money"),
        ),
        tuple(row(jobs) for jobs in figures),
        unit=_("Unit: people"),
        footnotes=(_("Some sources give the number as approximate (약, 여, 이상)."),) if approximate else (),
        empty=_("No source states jobs for this event."),
    )


def _talks(found: Performance) -> Table:
    held_at = str(found.record.id)

    def behind(**which: str) -> str:
        return trace_between(None, found.shares.last_day, found.as_of, held_at=held_at, **which)

    rows = []
    if found.shares.talks is not None:
        said = (_("Number of consultations"), None, found.shares.talks, None)
        rows.append(Row(said, links=(None, None, behind(measure=Measure.COUNT), None)))
    for money in found.shares.talked:
        # What was talked about is told in one sum; an own tally of the event may also be by the year.
        link = behind(measure=Measure.MONEY, series=money.series, currency=money.currency, basis=Basis.TOTAL)
        line = (label(Series(money.series)), money.currency, money.total, money.krw_total)
        rows.append(Row(line, links=(None, None, link, link)))
    return Table(
        "event_talks",
        _("Consultations"),
        (
            Column("what", pgettext("column", "What"), weight=2),
            Column("currency", _("Currency"), weight=0.8),
            Column("value", _("Value"), "money", 1.5),
            Column("krw", _("KRW, total"), "money", 1.6),
        ),
        tuple(rows),
        unit=_("Unit: sittings, one unit of the currency, one won"),
        footnotes=()
        if not rows
        else (
            _("One consultation is one exhibitor, one buyer and one sitting; the value is what exhibitors report."),
            _("What was talked about and what is expected of it are two facts, and no contract: they are not added."),
        ),
        empty=_("No consultation is recorded for this event."),
    )


def _behind(found: Performance, **which: str) -> str:
    return trace_between(None, found.shares.last_day, found.as_of, **which, event=str(found.record.id))
