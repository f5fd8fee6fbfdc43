"""The pages of outcomes: the list, and one outcome with its figures, ledger, follow-ups, evidence and history."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.dates import language
from crm.models import Account, Outcome
from crm.models.labels import label
from crm.permissions import kept_from, may, readable, sees_values
from crm.queries.ledger import evidence_of
from crm.queries.one_outcome import OutcomeParts, Tie
from crm.queries.outcome_lists import outcomes_asked
from crm.queries.work_lists import follow_ups_listed
from crm.values.measures import KIND_RULES, Disclosure, OutcomeKind, PartyRole
from crm.values.stages import Stage
from crm.web.forms.outcomes import OutcomesForm
from crm.web.pages.approval import Exchange, exchange
from crm.web.pages.attribution import AttributionSection, attribution_section
from crm.web.pages.chains import ChainSection, chain_section
from crm.web.pages.confirmations import ConfirmationSection, confirmation_section
from crm.web.pages.documents import DocumentLine, changeable, document_lines
from crm.web.pages.filters import FilterSection, filter_section
from crm.web.pages.follow_ups import FollowUpLine, follow_up_lines
from crm.web.pages.ledger import EntryLine, StandingGroup, entry_line, standing_groups
from crm.web.pages.links import Badge, Fact, Link, event_link, standing_badge
from crm.web.pages.outcome_columns import (
    COLUMNS,
    OWN_CELLS,
    OutcomeColumn,
    cell_text,
    chosen_columns,
    outcomes_sheet,
    with_columns,
)
from crm.web.pages.outcome_lines import OutcomeLine, outcome_line, rows_for
from crm.web.pages.paging import Paging, in_order, page_of
from crm.web.pages.stages import StageSection, stage_section
from crm.web.pages.ticks import Ticks, ticks_of
from crm.web.pages.yearly import Yearly, yearly
from crm.web.text import UNKNOWN, day_text
from reports.documents.lists import FORMATS, render_list


@dataclass(frozen=True, slots=True)
class OutcomesPage:
    """`choices` are all columns as (key, name), `columns` the keys of those that are shown, `more` the names of those
    that are shown as text. `files` are (format, address) of the same outcomes as a file, `board` is where they stand by
    stage."""

    lines: tuple[OutcomeLine, ...]
    paging: Paging
    filters: FilterSection
    choices: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    more: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    board: str
    ticks: Ticks | None
    may_record: bool


# What stands in the list's address and does not narrow it.
NOT_NARROWING = ("sort", "columns")


def outcomes_page(form: OutcomesForm, query: Mapping[str, list[str]], reader: Account) -> OutcomesPage:
    asked, columns = form.asked(), chosen_columns(query.get("columns", ()))
    found = readable(reader, outcomes_asked(asked, kept_from(reader)))
    carried = {name: values for name, values in query.items() if name != "page"}
    paging, rows = page_of(
        found,
        (query.get("page") or [""])[0],
        carried,
        _read(reader, columns),
        by_words=asked.by_words,
    )
    shown_as_text = [column for column in columns if column.key not in OWN_CELLS]

    def more(outcome: Outcome) -> tuple[tuple[str, str], ...]:
        return tuple((str(c.name), cell_text(c, outcome)) for c in shown_as_text)

    lines = tuple(replace(outcome_line(o), more=more(o)) for o in rows)
    address = f"{reverse('outcomes-export')}?{urlencode(carried, doseq=True)}"
    filters = filter_section("outcomes", form, query, reader, NOT_NARROWING)
    return OutcomesPage(
        lines=lines,
        paging=paging,
        filters=filters,
        choices=tuple((column.key, str(column.name)) for column in COLUMNS),
        columns=tuple(column.key for column in columns),
        more=tuple(str(column.name) for column in shown_as_text),
        files=tuple((wanted, f"{address}&format={wanted}") for wanted in FORMATS),
        board=f"{reverse('board')}?{filters.query}" if filters.query else reverse("board"),
        ticks=ticks_of("outcomes", filters.query, paging, reader),
        may_record=may(reader, "outcome.record"),
    )


def outcomes_file(form: OutcomesForm, query: Mapping[str, list[str]], reader: Account, wanted: str) -> bytes:
    """Exactly what the list's address finds, every page of it, with the columns that it shows. Raises KeyError for a
    format that is none."""
    columns = chosen_columns(query.get("columns", ()))
    listed = readable(reader, outcomes_asked(form.asked(), kept_from(reader)))
    found = in_order(list(listed.values_list("pk", flat=True)), _read(reader, columns))
    words = [narrowing.text for narrowing in filter_section("outcomes", form, query, reader, NOT_NARROWING).words]
    return render_list(outcomes_sheet(found, columns, words), wanted, _("No data"), language())


def _read(reader: Account, columns: Iterable[OutcomeColumn]) -> Callable[[list[UUID]], QuerySet[Outcome]]:
    return lambda ids: with_columns(rows_for(reader)(ids), columns)


@dataclass(frozen=True, slots=True)
class EvidencePart:
    documents: tuple[DocumentLine, ...]
    confirmations: ConfirmationSection
    may_attach: bool


@dataclass(frozen=True, slots=True)
class WorkPart:
    """`today` is what a follow-up's day of completion begins with."""

    today: str
    follow_ups: tuple[FollowUpLine, ...]
    attribution: AttributionSection
    chain: ChainSection
    may_plan: bool


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """`evidence`, `work` and `history` come later, each by its own address, unless the page is asked for whole."""

    id: UUID
    title: str
    kind: str
    standing: Badge
    archived: str
    facts: tuple[Fact, ...]
    texts: tuple[Fact, ...]
    has_value: bool
    stages: StageSection
    groups: tuple[StandingGroup, ...]
    yearly: Yearly
    entries: tuple[EntryLine, ...]
    exchange: Exchange
    has_story: bool
    may_edit: bool
    may_post: bool
    may_archive: bool
    may_restore: bool


def outcome_page(outcome: Outcome, reader: Account, today: date) -> OutcomePage:
    is_open = outcome.archived_at is None
    has_value = KIND_RULES[OutcomeKind(outcome.kind)].has_value
    is_shown = sees_values(reader, outcome)
    parts = OutcomeParts(outcome)
    entries, live = (parts.entries, parts.live) if is_shown else ([], [])
    may_correct = is_open and may(reader, "figure.correct", outcome)
    return OutcomePage(
        id=outcome.pk,
        title=outcome.title,
        kind=label(OutcomeKind(outcome.kind)),
        standing=standing_badge(outcome.standing),
        archived=day_text(localdate(outcome.archived_at)) if outcome.archived_at else "",
        facts=_facts(parts, is_shown),
        texts=_texts(outcome) if is_shown else (Fact(_("Content"), label(Disclosure.CLOSED)),),
        has_value=has_value,
        stages=stage_section(parts, reader),
        groups=standing_groups(entries, may_correct),
        yearly=yearly(outcome, live, today),
        entries=tuple(entry_line(entry, may_correct) for entry in entries),
        exchange=exchange(parts, reader, today),
        has_story=is_shown,
        may_edit=is_open and may(reader, "outcome.update", outcome),
        may_post=is_open and has_value and may(reader, "figure.post", outcome),
        may_archive=is_open and may(reader, "record.archive", outcome),
        may_restore=not is_open and may(reader, "record.restore", outcome),
    )


def evidence_part(outcome: Outcome, reader: Account, now: datetime) -> EvidencePart:
    documents = list(evidence_of(outcome)) if sees_values(reader, outcome) else []
    own = [document for document in documents if document.outcome_id == outcome.pk]
    for document in own:
        document.outcome = outcome
    confirmations = confirmation_section(outcome, reader, now)
    may_attach = outcome.archived_at is None and may(reader, "document.attach", outcome)
    lines = document_lines(documents, confirmations.stale, changeable(reader, own) if may_attach else ())
    return EvidencePart(lines, confirmations, may_attach)


def work_part(outcome: Outcome, reader: Account, today: date) -> WorkPart:
    follow_ups = follow_ups_listed(outcome.follow_ups.filter(archived_at=None)).order_by("status", "due_on", "id")
    return WorkPart(
        today=today.isoformat(),
        follow_ups=follow_up_lines(follow_ups, reader, today),
        attribution=attribution_section(outcome, reader),
        chain=chain_section(outcome, reader),
        may_plan=outcome.archived_at is None and may(reader, "follow_up.plan", outcome),
    )


def _facts(parts: OutcomeParts, is_shown: bool) -> tuple[Fact, ...]:
    outcome = parts.outcome
    event = event_link(outcome.event)
    optional = (
        Fact(_("Title as signed"), outcome.title_as_signed),
        Fact(_("Also called"), ", ".join(outcome.also_called)),
        Fact(_("Term"), _term(outcome)),
        Fact(_("Period"), _period(outcome)),
        Fact(_("Document number"), outcome.document_number if is_shown else ""),
        Fact(_("Programmes"), ", ".join(tie.name for tie in parts.tied("programme"))),
    )
    return (
        Fact(
            _("Parties"),
            UNKNOWN,
            tuple(_party(tie) for tie in parts.tied("party")),
        ),
        Fact(_("Event"), UNKNOWN, (event,) if event else ()),
        Fact(_("Stage"), label(Stage(outcome.stage))),
        Fact(_("Signed on"), _signed(outcome)),
        Fact(_("Lead unit"), str(outcome.lead_unit) if outcome.lead_unit else _("Not assigned")),
        Fact(_("Cooperating units"), ", ".join(sorted(tie.name for tie in parts.tied("unit"))) or UNKNOWN),
        Fact(_("Binding"), {True: _("Yes"), False: _("No"), None: UNKNOWN}[outcome.binding]),
        Fact(_("Disclosure"), label(Disclosure(outcome.disclosure_level))),
        *(fact for fact in optional if fact.text),
    )


def _party(tie: Tie) -> Link:
    return Link(tie.name, reverse("organisation", args=[tie.id]), label(PartyRole(tie.role)))


def _signed(outcome: Outcome) -> str:
    if outcome.signed_on is None:
        return _("Not known; counted at the first day of the event")
    return " · ".join(part for part in (day_text(outcome.signed_on), outcome.signed_at_place) if part)


def _term(outcome: Outcome) -> str:
    years = outcome.term_years
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years} if years else ""


def _period(outcome: Outcome) -> str:
    ends = (outcome.period_from, outcome.period_to)
    return " – ".join(str(year or UNKNOWN) for year in ends) if any(ends) else ""


def _texts(outcome: Outcome) -> tuple[Fact, ...]:
    found = (
        Fact(_("Content"), outcome.content),
        Fact(_("Note"), outcome.note),
        Fact(_("Reason for leaving the normal road"), outcome.stage_reason),
        Fact(_("Reason for delay"), outcome.delay_reason),
        Fact(_("Next steps"), outcome.next_steps),
    )
    return tuple(fact for fact in found if fact.text)
