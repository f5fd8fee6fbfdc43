"""The notes of a report: what it rests on, what its words mean, and what to read with care."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models.labels import label
from crm.values.evidence import Grade
from crm.values.measures import DateBasis, OutcomeKind, Standing
from crm.values.money import format_number
from crm.values.periods import format_date
from reports.building.words import UNKNOWN, coverage_text, time_text
from reports.figures.definitions import DEFINITIONS
from reports.figures.quarterly import Coverage, QuarterlyFigures
from reports.report import Note


def notes(figures: QuarterlyFigures) -> Iterable[Note]:
    yield Note(
        _("Basis of this report"),
        (
            _("Period %(period)s, as of %(time)s (Asia/Seoul), definitions %(version)s.")
            % {
                "period": figures.period,
                "time": time_text(figures.as_of),
                "version": figures.definition,
            },
            _("%(unknown)s means unknown or no data; it is never zero.") % {"unknown": UNKNOWN},
        ),
    )
    yield Note(_("Definitions"), tuple(f"{d.name} (v{d.version}): {d.rule}" for d in DEFINITIONS))
    yield Note(_("Exchange rates"), tuple(_fx_lines(figures)))
    yield Note(_("Evidence coverage"), tuple(_coverage_lines(figures.coverage)))
    caveats = tuple(_caveats(figures))
    if caveats:
        yield Note(_("To be read with care"), caveats)


def _fx_lines(figures: QuarterlyFigures) -> Iterable[str]:
    yield _("Policy: the base rate (매매기준율) of the value date; the last posted one holds on days without a rate.")
    rates = {(e.currency, e.fx_date): e for e in figures.entries if e.fx_rate is not None}
    for (currency, day), entry in sorted(rates.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        per = f"{entry.fx_per} {currency}"
        rate = f"KRW {format_number(entry.fx_rate)}"
        yield f"{per} = {rate} ({format_date(day)}, {entry.fx_source})"  # type: ignore[arg-type]
    missing = figures.quarter.without_rate
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


def _caveats(figures: QuarterlyFigures) -> Iterable[str]:
    for outcome in figures.outcomes:
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
