"""The fulfilment of investment MOUs by cohort and age, as a report: a table for each basis. Adds nothing up."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from crm.dates import day_text
from crm.permissions import Sight
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import SEOUL, Quarter
from reports.building.cover import Told, builder
from reports.building.words import time_text, trace_between
from reports.figures.triangle import CohortRow, Triangle
from reports.report import Column, Language, Note, Row, Section, SummaryLine, Table


@builder
def build_triangle(found: Triangle, language: Language, sight: Sight) -> Told:
    """Signing quarter by age, the rate of each basis at that age: in Korean or English. It shows no single record, and
    is the same for everybody."""
    as_of = found.as_of.astimezone(SEOUL)
    return Told(
        key="cohorts",
        title=_("Fulfilment of investment MOUs by cohort and age"),
        as_of=found.as_of,
        period=as_of.date().isoformat(),
        period_label=_("Cohorts signed until %(day)s") % {"day": day_text(as_of.date())},
        summary=(SummaryLine(_("As of"), time_text(found.as_of)), *_summary(found)),
        sections=[_section(number, basis, rows, found) for number, (basis, rows) in enumerate(found.by_basis)],
        notes=(_rules(),),
    )


def _summary(found: Triangle) -> list[SummaryLine]:
    _basis, rows = found.by_basis[0]
    return [SummaryLine(_("Investment MOUs"), str(found.signed)), SummaryLine(_("Cohorts"), str(len(rows)))]


def _section(number: int, basis: str, rows: tuple[CohortRow, ...], found: Triangle) -> Section:
    names = {
        Measure.COUNT: (_("By number"), _("Unit: MOUs, %")),
        Measure.MONEY: (_("By amount"), _("Unit: one won, %")),
        Measure.JOBS: (_("By jobs"), _("Unit: people, %")),
    }
    name, unit = names[Measure(basis)]
    ages = tuple(
        Column(f"age_{age}", _("signed") if not age else _("%(n)d months") % {"n": age}, "percent")
        for age in found.ages
    )
    columns = (
        Column("signed_in", _("Signed in"), weight=1.2),
        Column("signed", _("MOUs"), "integer", 0.8),
        *([] if basis == Measure.COUNT else [Column("pledged", _("Pledged"), "number", 1.6)]),
        *ages,
    )
    table = Table(
        f"cohorts_{basis}",
        name,
        columns,
        tuple(_row(basis, row, found.as_of) for row in rows),
        unit=unit,
        footnotes=(
            _("Age: months after the quarter of signing. –: that age has not come yet, or nothing was pledged."),
            _("A young cohort has a low rate without having failed: compare cohorts of the same age."),
        ),
        empty=_("No investment MOU was signed by then."),
    )
    return Section(f"cohorts_{basis}", f"{'ⅠⅡⅢ'[number]}. {name}", tables=(table,))


def _row(basis: str, row: CohortRow, as_of: datetime) -> Row:
    language: Language = "en" if translation.get_language() == "en" else "ko"
    said = (row.signed_in.label(language), row.signed, *([] if basis == Measure.COUNT else [row.pledged]))
    links = (None, *[_behind(basis, row.signed_in, as_of, Series.ANNOUNCED)] * (len(said) - 1))
    series = Series.ANNOUNCED if basis == Measure.COUNT else Series.REALISED
    # The count of what is invested stands at the day of signing; what was realised, at its own.
    cells = tuple(
        _behind(basis, row.signed_in, as_of, series, None if basis == Measure.COUNT else cell.until.isoformat())
        if cell.percent is not None
        else None
        for cell in row.cells
    )
    return Row((*said, *(cell.percent for cell in row.cells)), links=(*links, *cells))


def _behind(basis: str, signed_in: Quarter, as_of: datetime, series: Series, until: str | None = None) -> str:
    which = {"kind": OutcomeKind.INVESTMENT_MOU, "standing": Standing.CONFIRMED, "cohort": str(signed_in)}
    which |= (
        {"measure": basis} if basis == Measure.COUNT else {"measure": basis, "series": series, "basis": Basis.TOTAL}
    )
    last = as_of.astimezone(SEOUL).date() if until is None else type(signed_in.last_day).fromisoformat(until)
    return trace_between(None, last, as_of, **which)


def _rules() -> Note:
    return Note(
        _("Definitions"),
        (
            _("Cohort: the confirmed investment MOUs that the ledger counts in one quarter."),
            _("By number: those that stand at 'invested', from the day of that step on / all of the cohort."),
            _("By amount and jobs: realised up to that age / announced, totals only, in won."),
        ),
    )
