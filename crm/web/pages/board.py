"""The board: the outcomes of one kind by stage, each with the way to its next step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Account, Outcome
from crm.models.labels import label
from crm.permissions import kept_from, may, readable
from crm.queries.outcome_lists import OutcomesAsked, latest_by_stage, outcomes_asked
from crm.queries.visibility import outcomes_with_cooperation, units_of
from crm.values.measures import OutcomeKind
from crm.values.stages import STAGES
from crm.web.forms.outcomes import OutcomesForm
from crm.web.pages.filters import FilterSection, filter_section
from crm.web.pages.links import address_of
from crm.web.pages.listing import NOT_NARROWING
from crm.web.pages.outcome_lines import OutcomeLine, outcome_line, rows_for

CARDS: Final = 20
USUAL: Final = OutcomeKind.INVESTMENT_MOU


@dataclass(frozen=True, slots=True)
class Card:
    """`step_at` is where the reader may record the next step; empty where the reader may not. `step_name` says what is
    chosen there."""

    id: UUID
    line: OutcomeLine
    step_at: str
    step_name: str


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """`steps` are (stage, its name) that may come next, whatever is still missing: those after this one, then those
    before it. `all` leads to the list of that stage where it holds more than is shown."""

    stage: str
    name: str
    count: int
    is_off_road: bool
    steps: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]
    all: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """`kinds` are (kind, its name, address, whether it is the one shown). `list` leads to the list as it was left."""

    kinds: tuple[tuple[str, str, str, bool], ...]
    columns: tuple[BoardColumn, ...]
    filters: FilterSection
    list: str


def board_page(form: OutcomesForm, query: Mapping[str, list[str]], reader: Account) -> BoardPage:
    """The kind that is asked for, else investment MOUs; the other filters as in the list, but for the stage: here each
    has its lane. What the list alone was asked is carried on for the way back."""
    asked = form.asked()
    kind = OutcomeKind(asked.kind or USUAL)
    filters = filter_section("board", form, query, reader, (*NOT_NARROWING, "stage"))
    carried = {name: values for name, values in query.items() if any(values) and name not in ("page", "kind", "stage")}

    def address(place: str, **more: str) -> str:
        return f"{reverse(place)}?{urlencode({**carried, **more}, doseq=True)}"

    wanted: OutcomesAsked = replace(asked, kind=kind, stage="")
    stages = latest_by_stage(readable(reader, outcomes_asked(wanted, kept_from(reader))), CARDS)
    shown = {pk for _count, ids in stages.values() for pk in ids}
    rows = {row.pk: row for row in outcomes_with_cooperation(units_of(reader), rows_for(reader)(shown))}
    names = [(rule.stage.value, label(rule.stage)) for rule in STAGES[kind]]
    columns = []
    for place, rule in enumerate(STAGES[kind]):
        count, ids = stages.get(rule.stage, (0, []))
        columns.append(
            BoardColumn(
                rule.stage,
                names[place][1],
                count,
                rule.off_road,
                (*names[place + 1 :], *names[:place]),
                tuple(_card(rows[pk], reader) for pk in ids if pk in rows),
                address("outcomes", kind=kind, stage=rule.stage) if count > CARDS else "",
            )
        )
    kinds = tuple((k.value, label(k), address("board", kind=k), k == kind) for k in OutcomeKind)
    listed = f"{reverse('outcomes')}?{filters.query}" if filters.query else reverse("outcomes")
    return BoardPage(kinds, tuple(columns), filters, listed)


def _card(outcome: Outcome, reader: Account) -> Card:
    line, step_at = outcome_line(outcome), ""
    if may(reader, "outcome.step", outcome):
        step_at = address_of("step-new", outcome.pk)
    return Card(outcome.pk, line, step_at, _("Next stage of %(title)s") % {"title": outcome.title})
