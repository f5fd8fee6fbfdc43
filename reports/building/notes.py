"""The notes of a report: what it rests on, what its words mean, and what to read with care."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from crm.dates import day_text
from crm.models.labels import label
from crm.values.evidence import Grade
from crm.values.measures import DateBasis, OutcomeKind, Standing
from crm.values.money import format_number
from reports.building.words import UNKNOWN, coverage_text, time_text
from reports.figures.definitions import in_force
from reports.figures.entries import RateUsed
from reports.figures.outcomes import OutcomeHead
from reports.figures.quarterly import CoreFigures, Coverage, QuarterlyFigures
from reports.report import Column, Note, Row, Table


def notes(figures: QuarterlyFigures, rates: Iterable[RateUsed]) -> Iterable[Note]:
    basis, definitions, coverage = basis_notes(figures)
    converted, *caveats = record_notes(rates, figures.quarter.without_rate, figures.outcomes.heads)
    yield from (basis, definitions, converted, coverage, *caveats)


def basis_notes(figures: CoreFigures) -> tuple[Note, Note, Note]:
    """What the sums rest on: basis, definitions, evidence."""
    told = {"period": figures.period, "time": time_text(figures.as_of), "version": figures.definition}
    basis = (
        _("Period %(period)s, as of %(time)s (Asia/Seoul), definitions %(version)s.") % told,
        _("%(unknown)s means unknown or no data; it is never zero.") % {"unknown": UNKNOWN},
    )
    return (
        Note(_("Basis of this report"), basis),
        Note(_("Definitions"), tuple(f"{d.name} (v{d.version}): {d.rule}" for d in in_force(figures.definition))),
        Note(_("Evidence coverage"), tuple(_coverage_lines(figures.coverage))),
    )


def record_notes(rates: Iterable[RateUsed], without_rate: int, heads: Iterable[OutcomeHead]) -> Iterable[Note]:
    """What is to be known of single amounts and outcomes: rates, and what to read with care if there is any."""
    yield Note(_("Exchange rates"), tuple(_fx_lines(rates, without_rate)))
    caveats = tuple(_caveats(heads))
    if caveats:
        yield Note(_("To be read with care"), caveats)


def definitions_table(name: str) -> Table:
    """Every figure of the set with the rule by which it is made, the code that computes it and the rule's version."""
    columns = (
        Column("name", pgettext("definition", "Figure"), weight=1.4),
        Column("rule", pgettext("definition", "Rule"), weight=4),
        Column("version", pgettext("definition", "Version"), weight=0.6),
        Column("code", pgettext("definition", "Computed by"), weight=1.6),
    )
    rows = tuple(Row((str(d.name), str(d.rule), f"{d.key}-{d.version}", d.computed_by)) for d in in_force(name))
    return Table("definitions", _("Definitions"), columns, rows, unit=name)


def _fx_lines(rates: Iterable[RateUsed], missing: int) -> Iterable[str]:
    yield _("Policy: the base rate (매매기준율) of the value date; the last posted one holds on days without a rate.")
    for rate in rates:
        yield f"{rate.per} {rate.currency} = KRW {format_number(rate.rate)} ({day_text(rate.day)}, {rate.source})"
    if missing:
        yield ngettext(
            "%(n)d amount has no rate for its date: its KRW value is unknown (–), neither guessed nor zero.",
            "%(n)d amounts have no rate for their dates: their KRW value is unknown (–), neither guessed nor zero.",
            missing,
        ) % {"n": missing}


def _coverage_lines(coverage: Coverage) -> Iterable[str]:
    yield coverage_text(coverage)
    for grade, count in coverage.by_grade:
        if count:
            yield f"{label(Grade(grade))}: {format_number(count)}"


def _caveats(heads: Iterable[OutcomeHead]) -> Iterable[str]:
    for outcome in heads:
        if outcome.date_basis == DateBasis.EVENT and outcome.kind != OutcomeKind.PROMISE:
            yield _("%(title)s: no source states a signing date; it is counted at the first day of the event.") % {
                "title": outcome.title
            }
        if outcome.standing == Standing.UNCONFIRMED:
            yield _("%(title)s: unconfirmed, and in no confirmed figure.") % {"title": outcome.title}
        if outcome.also_called:
            yield _("%(title)s is called %(others)s elsewhere; both names are kept.") % {
                "title": outcome.title,
                "others": ", ".join(outcome.also_called),
            }
