"""Requests for concurrence: as lines, as lists, and as the page on which a department answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.models import Account, Concurrence, OrgUnit
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries.authority import given_to, may_answer, may_override, may_submit
from crm.queries.concurrence import asked_by_unit, overdue_requests, requests_on_record, waiting_with, with_askers
from crm.queries.content import content_of, hash_of
from crm.queries.content_words import Difference, Told, differences, told
from crm.values.concurrence import Answer, Capacity
from crm.web.pages.links import Badge, Link, outcome_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import day_text, time_text

_TONES = {
    Answer.AGREE: "good",
    Answer.AGREE_WITH_CONDITIONS: "warn",
    Answer.DISAGREE: "bad",
    Answer.NOT_CONCERNED: "calm",
}


@dataclass(frozen=True, slots=True)
class RequestLine:
    """`who` answered, when, in whose place; `overridden` by whom, when and why. Empty where it is not so."""

    id: UUID
    about: Link
    lead: str
    unit: str
    handed_from: str
    mandatory: bool
    question: str
    asked: str
    due: str
    badge: Badge
    opinion: str
    who: str
    overridden: str
    may_answer: bool
    may_override: bool
    may_withdraw: bool


class Rights:
    """What the reader may do with requests on that day, asked once a unit however many lines a list has."""

    def __init__(self, reader: Account, today: date) -> None:
        self.reader, self.today = reader, today
        self._known: dict[tuple[str, UUID | None], bool] = {}

    def answer(self, concurrence: Concurrence) -> bool:
        """An overridden request is not answered any more."""
        unit = concurrence.org_unit
        return (
            concurrence.overridden_at is None
            and may(self.reader, "concurrence.answer", concurrence)
            and self._once("answer", unit.pk, lambda: may_answer(self.reader, unit, self.today) is not None)
        )

    def override(self, concurrence: Concurrence) -> bool:
        outcome = concurrence.outcome
        return may(self.reader, "concurrence.override", concurrence) and self._once(
            "override", outcome.lead_unit_id, lambda: may_override(self.reader, outcome, self.today)
        )

    def withdraw(self, concurrence: Concurrence) -> bool:
        outcome = concurrence.outcome
        return may(self.reader, "concurrence.ask", concurrence) and self._once(
            "withdraw", outcome.lead_unit_id, lambda: may_submit(self.reader, outcome, self.today)
        )

    def _once(self, deed: str, unit: UUID | None, ask: Callable[[], bool]) -> bool:
        if (deed, unit) not in self._known:
            self._known[deed, unit] = ask()
        return self._known[deed, unit]


def request_line(concurrence: Concurrence, rights: Rights) -> RequestLine:
    outcome, today = concurrence.outcome, rights.today
    lives = concurrence.archived_at is None and outcome.archived_at is None
    return RequestLine(
        id=concurrence.pk,
        about=outcome_link(outcome),
        lead=str(outcome.lead_unit) if outcome.lead_unit else _("Not assigned"),
        unit=str(concurrence.org_unit),
        handed_from=str(concurrence.handed_from) if concurrence.handed_from else "",
        mandatory=concurrence.mandatory,
        question=concurrence.question,
        asked=f"{concurrence.asked_by}, {time_text(concurrence.created_at)}",
        due=day_text(concurrence.due_on),
        badge=request_badge(concurrence, today),
        opinion=concurrence.opinion,
        who=_who(concurrence),
        overridden=_overridden(concurrence),
        may_answer=lives and rights.answer(concurrence),
        may_override=lives and not concurrence.is_settled and rights.override(concurrence),
        may_withdraw=lives and concurrence.is_open and rights.withdraw(concurrence),
    )


def request_lines(found: Iterable[Concurrence], reader: Account, today: date) -> tuple[RequestLine, ...]:
    rights = Rights(reader, today)
    return tuple(request_line(concurrence, rights) for concurrence in found)


def request_badge(concurrence: Concurrence, today: date) -> Badge:
    if concurrence.archived_at is not None:
        return Badge(_("Closed"), "calm")
    if concurrence.overridden_at is not None:
        return Badge(_("Overridden"), "warn")
    if concurrence.answer:
        answer = Answer(concurrence.answer)
        return Badge(label(answer), _TONES[answer])
    if concurrence.due_on is not None and concurrence.due_on < today:
        days = (today - concurrence.due_on).days
        return Badge(ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}, "bad")
    return Badge(_("Waiting for the answer"), "warn" if concurrence.mandatory else "calm")


def in_whose_place(who: Account | None, capacity: str, on_behalf_of: Account | None) -> str:
    """`Team lead (acting for Bureau head)`; nothing where nobody acted."""
    if who is None:
        return ""
    if on_behalf_of is None:
        return str(who)
    return _("%(who)s (%(capacity)s for %(whom)s)") % {
        "who": who,
        "capacity": label(Capacity(capacity)),
        "whom": on_behalf_of,
    }


def _who(concurrence: Concurrence) -> str:
    if concurrence.answered_at is None:
        return ""
    who = in_whose_place(concurrence.answered_by, concurrence.capacity, concurrence.on_behalf_of)
    return f"{who}, {time_text(concurrence.answered_at)}"


def _overridden(concurrence: Concurrence) -> str:
    if concurrence.overridden_at is None:
        return ""
    return f"{concurrence.overridden_by}, {time_text(concurrence.overridden_at)}: {concurrence.override_reason}"


SHOWN = {
    "waiting": gettext_lazy("Waiting with my unit"),
    "asked": gettext_lazy("Asked by my unit"),
    "overdue": gettext_lazy("Overdue"),
    "all": gettext_lazy("All"),
}
NOTHING = {
    "waiting": gettext_lazy(
        "Your unit is asked for nothing. What another unit asks it stands here until it is answered."
    ),
    "asked": gettext_lazy("Your unit waits for no answer. Ask another unit on the page of an outcome."),
    "overdue": gettext_lazy("No request is past its day."),
    "all": gettext_lazy("No unit has been asked for its concurrence yet. It is asked on the page of an outcome."),
}


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """`tabs` are (key, label, whether it is the one shown). `nothing` is said where there are no lines."""

    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[RequestLine, ...]
    paging: Paging
    nothing: str


@dataclass(frozen=True, slots=True)
class RequestsAsked:
    """Which tab, and by which unit and days of asking it is narrowed; None does not narrow."""

    shown: str = ""
    unit: UUID | None = None
    asked_from: date | None = None
    asked_to: date | None = None


def requests_page(asked: RequestsAsked, number: str, reader: Account, today: date) -> RequestsPage:
    shown = asked.shown if asked.shown in SHOWN else "waiting"
    query = {"show": shown, "unit": asked.unit, "asked_from": asked.asked_from, "asked_to": asked.asked_to}
    found = readable(reader, _narrowed(_found(shown, reader, today), asked))
    paging, rows = page_of(found, number, query, lambda ids: with_askers(Concurrence.objects.filter(pk__in=ids)))
    tabs = tuple((key, str(text), key == shown) for key, text in SHOWN.items())
    is_narrowed = any(value is not None for value in (asked.unit, asked.asked_from, asked.asked_to))
    nothing = _("No request matches these filters.") if is_narrowed else str(NOTHING[shown])
    return RequestsPage(tabs, request_lines(rows, reader, today), paging, nothing)


def _found(shown: str, reader: Account, today: date) -> QuerySet[Concurrence]:
    if shown == "waiting":
        return waiting_with(reader, today)
    if shown == "asked":
        return asked_by_unit(reader, today)
    return overdue_requests(today) if shown == "overdue" else requests_on_record()


def _narrowed(found: QuerySet[Concurrence], asked: RequestsAsked) -> QuerySet[Concurrence]:
    if asked.unit is not None:
        found = found.filter(org_unit=asked.unit)
    if asked.asked_from is not None:
        found = found.filter(created_at__date__gte=asked.asked_from)
    return found if asked.asked_to is None else found.filter(created_at__date__lte=asked.asked_to)


@dataclass(frozen=True, slots=True)
class Reading:
    """The content as it now stands, in words, with its hash: what is answered or decided is what is read here.
    `changed` is what differs from what the reader's side said yes to before."""

    told: tuple[Told, ...]
    content_hash: str
    changed: tuple[Difference, ...]


def reading(outcome: Any, before: dict[str, Any] | None = None) -> Reading:
    content = content_of(outcome)
    changed = differences(before, content) if before else ()
    return Reading(told(content), hash_of(content), changed)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """`mark` tells its headings from those of another that is read on the same page."""

    line: RequestLine
    reading: Reading
    givers: list[Account]

    @property
    def mark(self) -> str:
        return str(self.line.id)


def request_page(concurrence: Concurrence, reader: Account, today: date) -> RequestPage:
    before = concurrence.follows.content if concurrence.follows and concurrence.follows.answer else None
    givers = givers_for(concurrence.org_unit, reader, today)
    line = request_line(concurrence, Rights(reader, today))
    return RequestPage(line, reading(concurrence.outcome, before), givers)


def givers_for(unit: OrgUnit, reader: Account, today: date) -> list[Account]:
    """Those in whose place the reader may answer for the unit."""
    givers = {d.giver for d in given_to(reader, today)}
    return [giver for giver in sorted(givers, key=str) if may_answer(reader, unit, today, giver)]
