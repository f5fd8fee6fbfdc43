"""The sections on what became of it: fulfilment, reasons for delay."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.dates import day_text
from crm.models.labels import label
from crm.values.measures import OutcomeKind, Standing
from crm.values.stages import Stage
from reports.building.rows import as_rows
from reports.building.words import basis_label, heading, trace_between, unrounded
from reports.figures.fulfilment import Fulfilment
from reports.figures.listing import Listing
from reports.figures.outcomes import OutcomeFigures
from reports.report import Column, Row, Section, Table


def fulfilment_section(found: Fulfilment, as_of: datetime) -> Section:
    def behind(**which: str) -> str:
        cohort = {"kind": OutcomeKind.INVESTMENT_MOU, "standing": Standing.CONFIRMED}
        return trace_between(found.signed_from, found.cut_off, as_of, **cohort, **which)

    rows = tuple(
        Row(
            (basis_label(r.basis), r.numerator, r.denominator, r.percent, unrounded(r.percent)),
            link=behind(measure=r.basis),
            key=r.basis,
        )
        for r in found.rates
    )
    rates = Table(
        "fulfilment_rates",
        _("Fulfilment rate of investment MOUs"),
        (
            Column("basis", _("Basis"), weight=1.6),
            Column("numerator", _("Fulfilled"), "number", 1.5),
            Column("denominator", _("Signed or pledged"), "number", 1.5),
            Column("percent", _("Rate (%)"), "percent", 0.9),
            Column("unrounded", _("Before rounding (%)"), "text", 1.3),
        ),
        rows,
        unit=_("Unit: MOUs, KRW, people"),
        footnotes=tuple(_fulfilment_footnotes(found)),
    )
    status = Table(
        "fulfilment_status",
        _("Investment MOUs by status"),
        (Column("status", _("Status"), weight=2), Column("count", _("Number"), "integer")),
        tuple(
            Row((label(Stage(key)), count), link=behind(measure="count", stage=key)) for key, count in found.by_status
        ),
        unit=_("Unit: MOUs"),
    )
    return Section("fulfilment", heading("fulfilment"), tables=(rates, status))


def _fulfilment_footnotes(found: Fulfilment) -> Iterable[str]:
    yield _("Cut-off %(date)s. All confirmed investment MOUs signed until then.") % {"date": day_text(found.cut_off)}
    if found.first_signed and found.last_signed:
        yield _(
            "Cohort: signed %(first)s to %(last)s, %(youngest)d to %(oldest)d months old at the cut-off: "
            "a young cohort has a low rate without having failed."
        ) % {
            "first": day_text(found.first_signed),
            "last": day_text(found.last_signed),
            "youngest": found.youngest_months,
            "oldest": found.oldest_months,
        }
    if found.left_out:
        yield ngettext(
            "%(n)d amount is left out of the amount rate: annual, without a basis or without a KRW value.",
            "%(n)d amounts are left out of the amount rate: annual, without a basis or without a KRW value.",
            found.left_out,
        ) % {"n": found.left_out}


def delay_section(behind: Listing[OutcomeFigures]) -> Section:
    def row(outcome: OutcomeFigures) -> Row:
        said = (outcome.title, outcome.delay_reason or None, outcome.next_steps or None)
        return Row(said, link=f"/outcomes/{outcome.id}/")

    table = Table(
        "delays",
        _("Reasons for delay and next steps"),
        (
            Column("title", _("Outcome"), weight=2),
            Column("delay_reason", _("Reason for delay"), weight=2),
            Column("next_steps", _("Next steps"), weight=2),
        ),
        as_rows(behind, row),
        empty=_("None was recorded for the outcomes of this quarter."),
    )
    return Section("delays", heading("delays"), tables=(table,))
