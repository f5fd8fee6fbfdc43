"""What one span of days brought: counts, money, jobs, and a chart."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models.labels import label
from crm.values.measures import Basis, Measure, Series, Standing
from crm.values.stages import Stage
from reports.building import keys
from reports.building.keys import name
from reports.building.words import kind_label, trace, with_standing
from reports.figures.ladder import InclusiveRule
from reports.figures.quarterly import MoneyFigure, SpanFigures
from reports.report import Chart, ChartSeries, Column, Row, Section, Table

# In the order of the columns.
_STANDINGS: Final = (Standing.CONFIRMED, Standing.PROVISIONAL, Standing.UNCONFIRMED)
_JOBS: Final = (Series.ANNOUNCED, Series.COMMITTED, Series.REALISED)


def span_section(key: str, heading: str, span: SpanFigures, as_of: datetime, *, is_listed: bool) -> Section:
    """`is_listed`: the entries behind these numbers are all among those of the report."""
    tables: tuple[Table, ...] = (
        _counts(key, span, as_of),
        _stages(key, span, as_of),
        _money(key, span, as_of),
        _jobs(key, span, as_of),
    )
    if not is_listed:
        tables = tuple(replace(t, rows=tuple(replace(row, behind=()) for row in t.rows)) for t in tables)
    if any(figure.rule != InclusiveRule.DISJOINT for figure in span.expected):
        tables = (*tables, _expected(key, span, as_of))
    charts = (_counts_chart(key, span),) if span.counts else ()
    return Section(key, heading, tables=tables, charts=charts)


def _counts(key: str, span: SpanFigures, as_of: datetime) -> Table:
    columns = (
        Column("kind", _("Kind"), weight=2.4),
        Column("confirmed", label(Standing.CONFIRMED), "integer"),
        Column("provisional", label(Standing.PROVISIONAL), "integer"),
        Column("unconfirmed", label(Standing.UNCONFIRMED), "integer"),
    )
    rows = tuple(
        Row(
            (kind_label(c.kind), c.confirmed, c.provisional, c.unconfirmed),
            link=trace(span, as_of, measure="count", kind=c.kind),
            key=name(c.kind),
            behind=("", *(keys.key(Measure.COUNT, c.kind, standing) for standing in _STANDINGS)),
        )
        for c in span.counts
    )
    return Table(
        f"{key}_counts",
        _("Number of outcomes"),
        columns,
        rows,
        unit=_("Unit: outcomes"),
        footnotes=(
            _("Provisional and unconfirmed outcomes are not part of the confirmed ones. Kinds are not added up."),
        ),
        empty=_("No outcome was recorded for this period."),
    )


def _stages(key: str, span: SpanFigures, as_of: datetime) -> Table:
    columns = (
        Column("kind", _("Kind"), weight=1.8),
        Column("stage", pgettext("outcome", "Stage"), weight=1.8),
        Column("confirmed", label(Standing.CONFIRMED), "integer"),
        Column("provisional", label(Standing.PROVISIONAL), "integer"),
        Column("unconfirmed", label(Standing.UNCONFIRMED), "integer"),
    )
    rows = tuple(
        Row(
            (kind_label(s.kind), label(Stage(s.stage)), s.confirmed, s.provisional, s.unconfirmed),
            link=trace(span, as_of, measure="count", kind=s.kind, stage=s.stage),
            behind=("", "", *(keys.key(Measure.COUNT, s.kind, standing, s.stage) for standing in _STANDINGS)),
        )
        for s in span.stages
    )
    return Table(
        f"{key}_stages",
        _("Outcomes by stage"),
        columns,
        rows,
        unit=_("Unit: outcomes"),
        footnotes=(_("The stage at the as-of time of the outcomes of this period; each outcome stands once."),),
        empty=_("No outcome was recorded for this period."),
    )


def _money(key: str, span: SpanFigures, as_of: datetime) -> Table:
    columns = (
        Column("kind", _("Kind"), weight=1.7),
        Column("series", _("Series"), weight=1.1),
        Column("currency", _("Currency"), weight=0.8),
        Column("total", label(Basis.TOTAL), "money", 1.5),
        Column("annual", _("Per year"), "money", 1.5),
        Column("unstated", _("Basis not stated"), "money", 1.5),
        Column("krw_total", _("KRW, total"), "money", 1.6),
        Column("krw_annual", _("KRW, per year"), "money", 1.6),
    )
    rows = tuple(
        Row(
            (
                with_standing(kind_label(m.kind), m.standing),
                label(Series(m.series)),
                m.currency,
                m.total,
                m.annual,
                m.unstated,
                m.krw_total,
                m.krw_annual,
            ),
            link=trace(
                span,
                as_of,
                measure="money",
                kind=m.kind,
                series=m.series,
                standing=m.standing,
                currency=m.currency,
            ),
            key=name(m.kind, m.series, m.standing, m.currency),
            behind=_behind_money(m),
        )
        for m in span.money
    )
    return Table(
        f"{key}_money",
        _("Amounts"),
        columns,
        rows,
        unit=_("Unit: one unit of the currency, one won"),
        footnotes=tuple(_money_footnotes(span)),
        empty=_("No source states an amount for this period."),
    )


def _behind_money(money: MoneyFigure) -> tuple[str, ...]:
    def key(basis: Basis) -> str:
        return keys.key(Measure.MONEY, money.kind, money.series, money.standing, money.currency, basis)

    return ("", "", "", key(Basis.TOTAL), key(Basis.ANNUAL), key(Basis.UNSTATED), key(Basis.TOTAL), key(Basis.ANNUAL))


def _expected(key: str, span: SpanFigures, as_of: datetime) -> Table:
    """The expected contracts by each named rule: publishers differ, the stored facts do not."""
    names = {
        InclusiveRule.DISJOINT: _("On-site contracts apart"),
        InclusiveRule.ONSITE_INSIDE_EXPECTED: _("On-site contracts included"),
    }
    columns = (
        Column("rule", _("Rule"), weight=2.4),
        Column("currency", _("Currency"), weight=0.8),
        Column("total", label(Basis.TOTAL), "money", 1.6),
    )
    confirmed = {"measure": "money", "standing": Standing.CONFIRMED, "basis": Basis.TOTAL}
    rows = tuple(
        Row(
            (names[InclusiveRule(f.rule)], f.currency, f.total),
            link=trace(span, as_of, rule=f.rule, currency=f.currency, **confirmed),
        )
        for f in span.expected
    )
    return Table(
        f"{key}_expected",
        _("Expected contracts, by rule"),
        columns,
        rows,
        unit=_("Unit: one unit of the currency"),
        footnotes=(
            _("disjoint: expected contracts alone, as they are recorded."),
            _("onsite_inside_expected: expected contracts plus on-site contracts, as some publishers print them."),
            _("No other rungs of the export ladder are ever added."),
        ),
    )


def _jobs(key: str, span: SpanFigures, as_of: datetime) -> Table:
    columns = (
        Column("kind", _("Kind"), weight=2.4),
        Column("announced", _("Pledged"), "integer"),
        Column("committed", label(Series.COMMITTED), "integer"),
        Column("realised", label(Series.REALISED), "integer"),
    )
    rows = tuple(
        Row(
            (with_standing(kind_label(j.kind), j.standing), j.announced, j.committed, j.realised),
            link=trace(span, as_of, measure="jobs", kind=j.kind, standing=j.standing),
            key=name(j.kind, j.standing),
            behind=("", *(keys.key(Measure.JOBS, j.kind, j.standing, series) for series in _JOBS)),
        )
        for j in span.jobs
    )
    approximate = any(j.approximate for j in span.jobs)
    notes = (_("Some sources give the number as approximate (약, 여, 이상)."),) if approximate else ()
    return Table(
        f"{key}_jobs",
        _("Jobs"),
        columns,
        rows,
        unit=_("Unit: people"),
        footnotes=notes,
        empty=_("No source states jobs for this period."),
    )


def _counts_chart(key: str, span: SpanFigures) -> Chart:
    return Chart(
        f"{key}_counts_chart",
        _("Number of outcomes by kind"),
        _("outcomes"),
        tuple(kind_label(c.kind) for c in span.counts),
        (
            ChartSeries(label(Standing.CONFIRMED), tuple(c.confirmed for c in span.counts), "confirmed"),
            ChartSeries(label(Standing.PROVISIONAL), tuple(c.provisional for c in span.counts), "provisional"),
            ChartSeries(label(Standing.UNCONFIRMED), tuple(c.unconfirmed for c in span.counts), "unconfirmed"),
        ),
        table=f"{key}_counts",
    )


def _money_footnotes(span: SpanFigures) -> Iterable[str]:
    if any(m.annual is not None for m in span.money):
        yield _("An annual amount without a term is a rate: its total is unknown and in no total.")
    if any(m.derived for m in span.money):
        yield _("With a term the total is derived: the annual amount for each year that is not stated by itself.")
    if any(m.without_rate for m in span.money):
        yield _("– in a KRW column: no exchange rate is known for the date.")
    if any(m.approximate for m in span.money):
        yield _("Some sources give the amount as approximate (약, 여, 이상).")
    if span.money:
        yield _("Series are different facts and are never added: announced (pledged), committed (binding), realised.")
