"""Contracts with a yearly amount, as a report: their terms, what each year brought, the rates side by side, what is
due. Adds nothing up: a rate is in no total."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.dates import day_text
from crm.models.labels import label
from crm.permissions import Sight
from crm.values.measures import Basis, Measure, PartyRole, Series, Standing
from crm.values.money import format_number
from crm.values.periods import SEOUL
from reports.building.cover import Told, builder
from reports.building.details import entries_table, outcomes_table
from reports.building.rows import as_rows
from reports.building.sight import seen_contracts
from reports.building.words import UNKNOWN, amount, kind_label, standing_text, time_text, trace_between
from reports.figures.annual_contracts import AnnualContracts
from reports.figures.contract_lines import ContractLine, YearFigure, YearlyContract, YearState
from reports.figures.listing import Listing
from reports.figures.outcomes import OutcomeFigures
from reports.report import Column, Language, Note, Row, Section, SummaryLine, Table, Value

_OPEN = (YearState.DUE, YearState.OVERDUE)


@builder
def build_annual_contracts(found: AnnualContracts, language: Language, sight: Sight) -> Told:
    """The report in Korean or English, as its reader may see it."""
    seen = seen_contracts(found, sight)
    return Told(
        key="annual-contracts",
        title=_("Contracts by the year"),
        as_of=seen.as_of,
        is_synthetic=seen.contracts.about.is_synthetic,
        period=str(seen.year),
        period_label=_("Years up to %(year)d") % {"year": seen.year},
        summary=_summary(seen),
        sections=_sections(seen),
        notes=_notes(seen),
        outcomes=replace(outcomes_table(seen.outcomes), caption=_("Contracts with a yearly amount"), empty=_nothing()),
        entries=replace(entries_table(seen.entries), caption=_("Their ledger entries"), empty=_nothing()),
    )


def _nothing() -> str:
    return _("No contract with a yearly amount was agreed by the end of that year.")


def _summary(found: AnnualContracts) -> Iterable[SummaryLine]:
    yield SummaryLine(_("As of"), time_text(found.as_of))
    yield SummaryLine(_("Contracts with a yearly amount"), _("%(n)d contracts") % {"n": len(found.outcomes)})
    for rate in found.rates:
        text = _("%(amount)s a year, of %(n)d contracts (a rate, in no total)")
        told = {"amount": amount(rate.rate, rate.currency), "n": rate.contracts}
        yield SummaryLine(f"{kind_label(rate.kind)} · {label(Series(rate.series))}", text % told)
    late = found.due.before(found.as_of.astimezone(SEOUL).date())
    missing = {"due": len(found.due), "late": late}
    yield SummaryLine(_("Yearly figures due"), _("%(due)d due, %(late)d of them overdue") % missing)


def _sections(found: AnnualContracts) -> Iterable[Section]:
    yield Section("overview", f"Ⅰ. {_('Overview')}", paragraphs=tuple(_overview(found)))
    yield Section("contracts", f"Ⅱ. {_('The contracts')}", tables=(_contracts(found),))
    yield Section("years", f"Ⅲ. {_('What each year brought')}", tables=(_years(found),))
    yield Section("rates", f"Ⅳ. {_('Yearly rates side by side')}", tables=(_rates(found),))
    yield Section("due", f"Ⅴ. {_('Yearly figures due')}", tables=(_due_table(found),))


def _overview(found: AnnualContracts) -> Iterable[str]:
    told = {"year": found.year, "time": time_text(found.as_of)}
    yield "□ " + _("Contracts of which a yearly amount was agreed by the end of %(year)d, as of %(time)s.") % told
    yield "○ " + _("A yearly amount is a rate: without a term its total is unknown, and it is in no total.")
    yield "○ " + _("The figure of a year is due %(days)d days after its end.") % {"days": found.due_days}
    if not found.contracts:
        yield f"※ {_nothing()}"


def _contracts(found: AnnualContracts) -> Table:
    return Table(
        "contracts",
        _("Contracts with a yearly amount"),
        (
            Column("title", _("Contract"), weight=1.9),
            Column("partners", _("Parties"), weight=1.5),
            Column("signed_on", _("Signed on"), "date", 1.0),
            Column("series", _("Series"), weight=0.8),
            Column("currency", _("Currency"), weight=0.7),
            Column("rate", _("Per year"), "money", 1.3),
            Column("as_reported", _("As reported"), weight=1.2),
            Column("term", _("Term"), weight=1.1),
            Column("total", label(Basis.TOTAL), "money", 1.3),
        ),
        as_rows(_with_outcomes(found), lambda pair: _contract(*pair, found)),
        unit=_("Unit: one unit of the currency"),
        footnotes=tuple(_contract_footnotes(found)),
        empty=_nothing(),
    )


def _with_outcomes(found: AnnualContracts) -> Listing[tuple[YearlyContract, OutcomeFigures]]:
    """Each contract with what else is known of its outcome."""

    def read(some: Sequence[ContractLine]) -> list[tuple[YearlyContract, OutcomeFigures]]:
        contracts = found.contracts.read(some)
        return list(zip(contracts, found.outcomes.read([one.outcome for one in contracts]), strict=True))

    return Listing(found.contracts.lines, read)


def _contract(one: YearlyContract, outcome: OutcomeFigures, found: AnnualContracts) -> Row:
    total: Value = one.total
    if total is None and one.rate is not None and one.term_years is None:
        total = _("total unknown")
    values = (
        f"{outcome.title} ({kind_label(outcome.kind)}, {standing_text(outcome)})",
        ", ".join(f"{name} ({label(PartyRole(role))})" for name, role in outcome.parties) or None,
        outcome.signed_on,
        label(Series(one.series)),
        one.currency or None,
        one.rate,
        ", ".join(one.as_reported) or None,
        _term(one),
        total,
    )
    which = {"outcome": str(outcome.id), "measure": Measure.MONEY.value, "series": one.series, "currency": one.currency}
    rate = trace_between(None, found.year_end, found.as_of, **which, basis=Basis.ANNUAL)
    whole = trace_between(None, found.last_day, found.as_of, **which, basis=Basis.TOTAL)
    page = f"/outcomes/{outcome.id}/"
    return Row(values, links=(page, *(None,) * 4, rate, None, None, whole if one.total is not None else None))


def _term(one: YearlyContract) -> str | None:
    """`3년 (2023 ~ 2025)`; where it is open, from when it runs."""
    if one.rate is None:
        return None
    if one.last_year is None:
        return _("unstated (from %(first)d)") % {"first": one.first_year}
    span = str(one.first_year) if one.first_year == one.last_year else f"{one.first_year} ~ {one.last_year}"
    return _("%(years)d years (%(span)s)") % {"years": one.term_years, "span": span} if one.term_years else span


def _contract_footnotes(found: AnnualContracts) -> Iterable[str]:
    if found.contracts.about.has_open:
        yield _("An annual amount without a term is a rate: its total is unknown and in no total.")
    if found.contracts.about.has_totals:
        yield _("With a term the total is derived: the annual amount for each year that is not stated by itself.")


def _years(found: AnnualContracts) -> Table:
    return Table(
        "contract_years",
        _("Figures by the year"),
        (
            Column("title", _("Contract"), weight=2.4),
            Column("year", _("Year"), weight=0.7),
            Column("currency", _("Currency"), weight=0.7),
            Column("agreed", _("Stated for the year"), "money", 1.4),
            Column("realised", label(Series.REALISED), "money", 1.4),
            Column("state", _("Status"), weight=1.3),
        ),
        as_rows(found.years, lambda of: _year(of.contract, of.year, found)),
        unit=_("Unit: one unit of the currency"),
        footnotes=(
            _("Stated for the year: an agreed amount for that year alone; –: none is, and the yearly amount holds."),
            _("– as realised: not yet reported, neither zero nor the agreed amount."),
        )
        if found.years
        else (),
        empty=_("No year of a contract is to be told yet."),
    )


def _year(one: YearlyContract, year: YearFigure, found: AnnualContracts) -> Row:
    def behind(series: str) -> str:
        which = {"outcome": str(one.outcome.id), "measure": Measure.MONEY.value, "series": series}
        which |= {"currency": year.currency}
        return trace_between(None, found.last_day, found.as_of, **which, for_year=str(year.year))

    said = (one.outcome.title, str(year.year), year.currency, year.agreed, year.realised, _state(year))
    return Row(said, links=(f"/outcomes/{one.outcome.id}/", None, None, behind(one.series), behind("realised"), None))


def _state(year: YearFigure) -> str:
    if year.state in _OPEN:
        named = {YearState.DUE: _("due on %(day)s"), YearState.OVERDUE: _("overdue since %(day)s")}
        return named[YearState(year.state)] % {"day": day_text(year.due_on)}
    return {
        YearState.REPORTED: pgettext("year", "reported"),
        YearState.TO_COME: pgettext("year", "not yet ended"),
        YearState.ENDED: pgettext("year", "none expected"),
    }[YearState(year.state)]


def _rates(found: AnnualContracts) -> Table:
    rows = []
    for rate in found.rates:
        which: dict[str, str] = {"measure": Measure.MONEY, "basis": Basis.ANNUAL, "standing": Standing.CONFIRMED}
        which |= {"kind": rate.kind, "series": rate.series, "currency": rate.currency, "in_force": str(found.year)}
        link = trace_between(None, found.year_end, found.as_of, **which)
        said = (kind_label(rate.kind), label(Series(rate.series)), rate.currency, rate.contracts, rate.rate, rate.krw)
        rows.append(Row(said, links=(None, None, None, link, link, link)))
    return Table(
        "yearly_rates",
        _("Yearly rates of %(year)d") % {"year": found.year},
        (
            Column("kind", _("Kind"), weight=1.6),
            Column("series", _("Series"), weight=1),
            Column("currency", _("Currency"), weight=0.8),
            Column("contracts", _("Contracts"), "integer", 0.8),
            Column("rate", _("Per year"), "money", 1.6),
            Column("krw", _("KRW, per year"), "money", 1.6),
        ),
        tuple(rows),
        unit=_("Unit: contracts, one unit of the currency a year, one won a year"),
        footnotes=(
            _("Confirmed contracts that run in the year, but for those that were withdrawn or ended early."),
            _("Rates of one kind, series and currency side by side: a sum of rates is a rate, and in no total."),
        )
        if rows
        else (),
        empty=_("No confirmed contract with a yearly amount runs in that year."),
    )


def _due_table(found: AnnualContracts) -> Table:
    today = found.as_of.astimezone(SEOUL).date()

    def row(due: tuple[YearFigure, OutcomeFigures]) -> Row:
        year, outcome = due
        late = (today - year.due_on).days
        said = (outcome.title, str(year.year), outcome.lead_unit or _("Unassigned"), year.due_on)
        overdue = _("%(n)s days overdue") % {"n": format_number(late)} if late > 0 else UNKNOWN
        return Row((*said, overdue), link=f"/outcomes/{outcome.id}/")

    def read(some: Sequence[tuple[ContractLine, YearFigure]]) -> list[tuple[YearFigure, OutcomeFigures]]:
        outcomes = found.outcomes.read([line.outcome for line, _year in some])
        return [(year, outcome) for (_line, year), outcome in zip(some, outcomes, strict=True)]

    return Table(
        "years_due",
        _("Yearly figures that are due"),
        (
            Column("title", _("Contract"), weight=2.4),
            Column("year", _("Year"), weight=0.7),
            Column("lead", _("Lead unit"), weight=1.4),
            Column("due", _("Due"), "date", 1),
            Column("overdue", _("Overdue"), weight=1.1),
        ),
        as_rows(Listing(found.due.of_lines, read), row),
        footnotes=(
            _("Due: %(days)d days after the end of the year, by the follow-up rule for yearly figures.")
            % {"days": found.due_days},
        )
        if found.due
        else (),
        empty=_("No yearly figure is due."),
    )


def _notes(found: AnnualContracts) -> Iterable[Note]:
    yield Note(
        _("Basis of this report"),
        (
            _("Contracts as known at %(time)s (Asia/Seoul): what was recorded later is not in this report.")
            % {"time": time_text(found.as_of)},
            _("%(unknown)s means unknown or no data; it is never zero.") % {"unknown": UNKNOWN},
        ),
    )
