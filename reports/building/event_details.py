"""Ⅲ. 세부내용: every agreement with its parties, amounts and evidence; every participant; what followed."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models.labels import label
from crm.values.demonstrations import DemonstrationStage, PitchRound, PitchStatus
from crm.values.evidence import Grade
from crm.values.measures import Basis, Measure, PartyRole, Pavilion, Series
from crm.values.money import format_number
from crm.values.stages import Stage
from reports.building.words import UNKNOWN, amount, amounts, kind_label, standing_text
from reports.figures.attribution import WHOLE
from reports.figures.event_chain import Followed, Pitch
from reports.figures.event_record import Participant
from reports.figures.outcomes import OutcomeFigures
from reports.figures.performance import Detail, Performance
from reports.report import Column, Row, Section, Table

# Told one by one; of more the tables tell the rest.
MOST_TOLD: Final = 40


def details_section(found: Performance, outcomes: tuple[OutcomeFigures, ...]) -> Section:
    tables = [_agreements(outcomes), _participants(found.record.participants)]
    if found.pitches:
        tables.append(_pitches(found.pitches))
    if found.followed:
        tables.append(_followed(found.followed))
    told = tuple(_told(found, outcomes))
    return Section("details", f"Ⅲ. {_('Details')}", paragraphs=told, tables=tuple(tables))


def _told(found: Performance, outcomes: tuple[OutcomeFigures, ...]) -> Iterable[str]:
    kind = None
    for outcome in outcomes[:MOST_TOLD]:
        if outcome.kind != kind:
            kind = outcome.kind
            yield f"□ {kind_label(kind)}"
        yield f"○ {outcome.title}"
        yield from _lines(outcome, found.details[outcome.id])
    if not outcomes:
        yield f"○ {_('No outcome of this event is recorded yet.')}"
    if len(outcomes) > MOST_TOLD:
        told = _("The first %(told)d are told one by one; the tables have all %(all)d.")
        yield f"※ {told % {'told': MOST_TOLD, 'all': len(outcomes)}}"


def _lines(outcome: OutcomeFigures, detail: Detail) -> Iterable[str]:
    """What the table of agreements has no room for."""
    if outcome.also_called:
        yield f"- {_('Also called')}: {', '.join(outcome.also_called)}"
    if detail.place:
        yield f"- {_('Place of signing')}: {detail.place}"
    if detail.as_reported:
        yield f"- {_('As reported')}: {', '.join(f'“{text}”' for text in detail.as_reported)}"
    if detail.content:
        yield f"- {_('Content')}: {detail.content}"
    if outcome.note:
        yield f"· {outcome.note}"
    if detail.share != WHOLE:
        yield f"※ {_('%(share)s%% of it falls to this event.') % {'share': format_number(detail.share)}}"


def _agreements(outcomes: tuple[OutcomeFigures, ...]) -> Table:
    whole = _("Amounts and jobs are those of the whole outcome, each in its series; – where no source states one.")
    return Table(
        "event_agreements",
        _("Agreements and other outcomes"),
        (
            Column("title", _("Outcome"), weight=1.9),
            Column("parties", _("Parties"), weight=1.5),
            Column("signed_on", _("Signed on"), "date", 1.0),
            Column("values", _("Amounts and jobs"), weight=1.7),
            Column("standing", _("Standing"), weight=1.1),
            Column("evidence", _("Evidence"), weight=1.0),
        ),
        tuple(_agreement(outcome) for outcome in outcomes),
        footnotes=(whole,) if outcomes else (),
        empty=_("No outcome of this event is recorded yet."),
    )


def _agreement(outcome: OutcomeFigures) -> Row:
    values = (
        f"{outcome.title} ({kind_label(outcome.kind)})",
        ", ".join(f"{name} ({label(PartyRole(role))})" for name, role in outcome.parties) or None,
        outcome.signed_on,
        values_text(outcome),
        standing_text(outcome),
        label(Grade(outcome.evidence_grade)) if outcome.evidence_grade else None,
    )
    return Row(values, link=f"/outcomes/{outcome.id}/")


def values_text(outcome: OutcomeFigures) -> str | None:
    """`확정 USD 10,000,000 (연간, 총액 미상) / 발표 20명`."""
    money = [value for value in outcome.values if value.measure == Measure.MONEY]
    totals = amounts([value for value in money if value.basis != Basis.ANNUAL])
    has_total = {(value.series, value.currency) for value in money if value.basis == Basis.TOTAL}
    yearly = []
    for value in money:
        if value.basis == Basis.ANNUAL:
            known = (value.series, value.currency) in has_total
            text = _("%(amount)s a year") if known else _("%(amount)s a year (total unknown)")
            yearly.append(f"{label(Series(value.series))} {text % {'amount': amount(value.value, value.currency)}}")
    jobs = [
        _("%(series)s %(n)s jobs") % {"series": label(Series(value.series)), "n": format_number(value.value)}
        for value in outcome.values
        if value.measure == Measure.JOBS
    ]
    return " / ".join(part for part in (totals, *yearly, *jobs) if part) or None


def _participants(participants: tuple[Participant, ...]) -> Table:
    apart = _("Pavilion membership is not an address: who is from the region stands in a column of its own.")
    return Table(
        "event_participants",
        _("Exhibitors"),
        (
            Column("organisation", _("Company"), weight=1.8),
            Column("pavilion", _("Pavilion"), weight=1.2),
            Column("region", _("From the region"), weight=0.8),
            Column("support", _("Supported by the city"), weight=1.0),
            Column("amount", _("Support"), weight=1.7),
            Column("products", _("Products shown"), weight=1.6),
        ),
        tuple(
            Row(
                (
                    one.organisation,
                    label(Pavilion(one.pavilion)) if one.pavilion else None,
                    _yes(one.from_region),
                    _yes(one.supported_by_city),
                    _support(one),
                    one.products or None,
                )
            )
            for one in participants
        ),
        footnotes=(apart,) if participants else (),
        empty=_("No participation is recorded by name."),
    )


def _support(one: Participant) -> str | None:
    value = amount(one.support_amount, one.support_currency) if one.support_amount is not None else ""
    return " · ".join(part for part in (one.support_source, value) if part) or None


def _yes(known: bool | None) -> str | None:
    return None if known is None else _("Yes") if known else _("No")


def _pitches(pitches: tuple[Pitch, ...]) -> Table:
    return Table(
        "event_pitches",
        _("Entries of the competition"),
        (
            Column("applicant", _("Applicant"), weight=1.5),
            Column("title", _("Title"), weight=2),
            Column("round", _("Round"), weight=0.9),
            Column("status", _("Status"), weight=0.9),
            Column("place", pgettext("ranking", "Place"), "integer", 0.6),
            Column("award", _("Award"), weight=1.2),
        ),
        tuple(
            Row(
                (
                    one.applicant,
                    one.title,
                    label(PitchRound(one.round)),
                    label(PitchStatus(one.status)),
                    one.place,
                    one.award or None,
                )
            )
            for one in pitches
        ),
    )


def _followed(followed: tuple[Followed, ...]) -> Table:
    def row(one: Followed) -> Row:
        kind = label_of(one)
        stage = None
        if one.stage:
            stage = label(DemonstrationStage(one.stage) if one.is_demonstration else Stage(one.stage))
        page = "demonstrations" if one.is_demonstration else "outcomes"
        return Row((one.title, kind, stage, one.place or None, one.came_of), link=f"/{page}/{one.id}/")

    return Table(
        "event_followed",
        _("What followed"),
        (
            Column("title", _("Title"), weight=2),
            Column("kind", _("Kind"), weight=1.1),
            Column("stage", pgettext("outcome", "Stage"), weight=1),
            Column("place", _("Testbed site"), weight=1.2),
            Column("came_of", _("Came of"), weight=2),
        ),
        tuple(row(one) for one in followed),
        footnotes=(_("Demonstrations and outcomes that the record links to this event's, at any remove."),),
    )


def label_of(one: Followed) -> str:
    if one.is_demonstration:
        return _("Demonstration")
    return kind_label(one.kind) if one.kind else UNKNOWN
