"""The words of a report, in the active language: labels, one-line texts, and the addresses behind numbers."""

import functools
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote_plus, urlencode

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from crm.dates import second_text
from crm.models.labels import label
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.money import format_amount, format_number, format_percent
from crm.values.periods import SEOUL
from crm.values.stages import Stage
from reports.figures.amounts import Amounts
from reports.figures.event_shares import JobsShare
from reports.figures.outcomes import OutcomeFigures, ValueFigure
from reports.figures.quarterly import CountFigure, Coverage, JobsFigure, SpanFigures
from reports.report import Labels

UNKNOWN = "–"
# The addresses of a report say the same few things over and over, and a table may have a thousand of them.
_quoted = functools.lru_cache(maxsize=1024)(quote_plus)
_HEADINGS = {
    "overview": ("Ⅰ", gettext_lazy("Overview")),
    "quarter": ("Ⅱ", gettext_lazy("Results of the quarter")),
    "year": ("Ⅲ", gettext_lazy("Year to date")),
    "targets": ("Ⅳ", gettext_lazy("Against target and year on year")),
    "fulfilment": ("Ⅴ", gettext_lazy("Fulfilment")),
    "delays": ("Ⅵ", gettext_lazy("Reasons for delay and measures")),
    "collaboration": ("Ⅶ", gettext_lazy("Collaboration between departments")),
    "attribution": ("Ⅷ", gettext_lazy("By event and by unit")),
}


def heading(section: str) -> str:
    """The heading of a section of the quarterly report, with its numeral."""
    numeral, name = _HEADINGS[section]
    return f"{numeral}. {name}"


def kind_label(kind: str) -> str:
    return label(OutcomeKind(kind)) if kind else _("Consultation")


def percent_text(value: Decimal | None) -> str:
    """`42.4%`; `–` alone where nothing is known."""
    return UNKNOWN if value is None else f"{format_percent(value)}%"


def time_text(moment: datetime) -> str:
    return second_text(moment)


def trace(span: SpanFigures, as_of: datetime, **which: str) -> str:
    """The address of the entries behind a number of the span, as of the same time."""
    return trace_between(span.first_day, span.last_day, as_of, **which)


def trace_between(first: date | None, last: date, as_of: datetime, **which: str) -> str:
    """The address of the entries with a value date from `first` (None: from the first) to `last`."""
    query = {"from": first.isoformat() if first else "", "to": last.isoformat()}
    query |= {"as_of": as_of.astimezone(SEOUL).isoformat(), **which}
    return f"/reports/entries/?{urlencode(query, quote_via=_quoted)}"


def coverage_text(coverage: Coverage) -> str:
    if not coverage.entries:
        return UNKNOWN
    return _("%(covered)d of %(entries)d ledger entries rest on the first three grades of evidence") % {
        "covered": coverage.covered,
        "entries": coverage.entries,
    }


def labels() -> Labels:
    return Labels(
        summary=_("Summary"),
        contents=_("Contents"),
        notes=_("Notes"),
        page="{page} / {pages}",
        as_of=_("As of"),
        period=_("Period"),
        generated_from=_("Drawn from the ledger"),
        overview=_("Overview"),
        outcomes=_("Per outcome"),
        entries=_("Ledger entries"),
        no_data=_("No data"),
        unit=_("Unit"),
        demo=_("Demonstration data"),
        table=pgettext("caption", "Table {number}."),
        figure=pgettext("caption", "Figure {number}."),
        annex=_("Annex {number}."),
        continued=pgettext("table", "(continued)"),
        trace_code=_("Trace code"),
        definitions=_("Definitions"),
        names=_("Names for formulas"),
        name=pgettext("formula", "Name"),
        stands_for=_("Stands for"),
        cells=_("Cells"),
        counts_for=_("Counts for"),
        path=_("Page in Ieum"),
    )


def count_text(count: CountFigure) -> str:
    text = ngettext("%(n)s outcome", "%(n)s outcomes", count.confirmed) % {"n": format_number(count.confirmed)}
    if count.provisional:
        text += " · " + _("%(n)s provisional") % {"n": format_number(count.provisional)}
    if count.unconfirmed:
        text += " · " + _("%(n)s unconfirmed") % {"n": format_number(count.unconfirmed)}
    return text


def money_text(money: Amounts) -> str:
    parts = []
    if money.total is not None:
        parts.append(amount(money.total, money.currency))
    if money.annual is not None:
        parts.append(_("%(amount)s a year (total unknown)") % {"amount": amount(money.annual, money.currency)})
    if money.unstated is not None:
        parts.append(_("%(amount)s (basis not stated)") % {"amount": amount(money.unstated, money.currency)})
    return f"{label(Series(money.series))} {', '.join(parts)}"


def jobs_text(jobs: JobsFigure | JobsShare) -> Iterable[str]:
    about = _("about ") if jobs.approximate else ""
    if jobs.announced is not None:
        yield _("%(about)s%(n)s jobs pledged") % {"about": about, "n": format_number(jobs.announced)}
    if jobs.committed is not None:
        yield _("%(n)s jobs committed") % {"n": format_number(jobs.committed)}
    if jobs.realised is not None:
        yield _("%(n)s jobs realised") % {"n": format_number(jobs.realised)}


def amount(value: Decimal, currency: str) -> str:
    return format_amount(value, currency, "en" if translation.get_language() == "en" else "ko")


def amounts(values: list[ValueFigure]) -> str | None:
    texts = []
    for value in values:
        text = f"{label(Series(value.series))} {amount(value.value, value.currency)}"
        texts.append(text + (f" ({label(Basis.UNSTATED)})" if value.basis == Basis.UNSTATED else ""))
    return " / ".join(texts) or None


def with_standing(text: str, standing: str) -> str:
    return text if standing == Standing.CONFIRMED else f"{text} ({label(Standing(standing))})"


def standing_text(outcome: OutcomeFigures) -> str:
    text = label(Standing(outcome.standing))
    return f"{text} · {label(Stage(outcome.stage))}" if outcome.stage else text


def basis_label(basis: str) -> str:
    return label(Measure(basis))


def ratio(basis: str, numerator: Decimal | None, denominator: Decimal | None) -> str:
    texts = [UNKNOWN if n is None else format_number(n) for n in (numerator, denominator)]
    return " / ".join(texts) if basis != Measure.MONEY else "KRW " + " / ".join(texts)


def unrounded(percent: Decimal | None) -> str | None:
    return None if percent is None else f"{percent:.4f}"
