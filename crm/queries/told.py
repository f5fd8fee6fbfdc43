"""What was said of an outcome over time and is not said any more: its history, those of its parties, shares and links,
those of its follow-ups, and those of what it was proved by, asked about and steps it took, in one query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, CharField, DateField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from crm.models import (
    Attribution,
    ChainLink,
    Concurrence,
    Document,
    FollowUp,
    Outcome,
    PartnerConfirmation,
    Party,
    StageStep,
)
from crm.queries.ledger import rested_on

_WHO: Final = Coalesce(
    NullIf("history_user__name", Value("")), "history_user__username", Value(""), output_field=TextField()
)
_NOTHING: Final = Value("")
_NO_DAY: Final = Cast(Value(None), DateField())
_GONE: Final = F("archived_at")


@dataclass(frozen=True, slots=True)
class Saying:
    """One writing of a record: `of` names the kind, `text` what the record is called, `role` how it stands (a code),
    `more` what is said of it besides. `archived_at` of a partner's link is also when it was revoked."""

    of: str
    id: UUID
    at: datetime
    who: str
    reason: str
    archived_at: datetime | None
    text: str
    role: str
    more: str
    day: date | None


Before = Saying | None


def told_of(outcome: Outcome, links: QuerySet[ChainLink]) -> Iterator[tuple[Before, Saying]]:
    """Each writing with the one before it (None for the first), record by record. `links` are the links of chains that
    the reader may see."""
    led = Coalesce("to_outcome__title", "to_demonstration__title", Value(""), output_field=TextField())
    came = Coalesce(
        "from_outcome__title", "from_demonstration__title", "from_pitch__title", Value(""), output_field=TextField()
    )
    seen = links.order_by().values("pk")
    share = Cast("share", CharField())
    first, *others = (
        _rows("outcome", Outcome, Q(id=outcome.pk), F("title")),
        _rows("party", Party, Q(outcome_id=outcome.pk), F("organisation__name"), F("role")),
        _rows(
            "attribution",
            Attribution,
            Q(outcome_id=outcome.pk),
            Coalesce("event__name", "org_unit__name", Value(""), output_field=TextField()),
            F("role"),
            share,
        ),
        _rows("led_to", ChainLink, Q(from_outcome_id=outcome.pk, id__in=seen), led, _NOTHING, F("note")),
        _rows("came_of", ChainLink, Q(to_outcome_id=outcome.pk, id__in=seen), came, _NOTHING, F("note")),
        _rows("follow_up", FollowUp, Q(outcome_id=outcome.pk), F("title"), F("status"), F("result"), F("done_on")),
        *_papers_and_requests(outcome),
    )
    rows = (Saying(*row[:-1]) for row in first.union(*others, all=True).order_by("of", "key", "at", "place"))
    yield from _with_what_was_before(rows)


def _papers_and_requests(outcome: Outcome) -> Iterator[QuerySet[Any]]:
    """What leaves the working lists one by one, and is to be told of with the day that it left on."""
    about = Q(outcome_id=outcome.pk)
    settled = Case(When(answer="", overridden_at=None, then=Value("")), default=Value("settled"))
    closed = Coalesce("archived_at", "revoked_at")
    yield _rows("document", Document, about | Q(id__in=rested_on(outcome)), F("title"), F("grade"))
    yield _rows("request", Concurrence, about, F("org_unit__name"), settled)
    yield _rows("partner_link", PartnerConfirmation, about, F("organisation__name"), gone=closed)
    yield _rows("step", StageStep, about, F("stage"))


def _with_what_was_before(rows: Iterable[Saying]) -> Iterator[tuple[Before, Saying]]:
    for _record, said in groupby(rows, key=lambda row: (row.of, row.id)):
        yield from pairwise([None, *said])


def _rows(
    of: str,
    model: Any,
    which: Q,
    text: Any,
    role: Any = _NOTHING,
    more: Any = _NOTHING,
    day: Any = _NO_DAY,
    gone: Any = _GONE,
) -> QuerySet[Any]:
    found: QuerySet[Any] = (
        model.history.filter(which)
        .order_by()
        .annotate(
            of=Value(of, output_field=CharField()),
            key=F("id"),
            at=F("history_date"),
            who=_WHO,
            why=Coalesce("history_change_reason", Value(""), output_field=TextField()),
            gone=gone,
            said=Cast(text, TextField()),
            stands=Cast(role, TextField()),
            besides=Cast(more, TextField()),
            day=day,
            place=F("history_id"),
        )
        .values_list("of", "key", "at", "who", "why", "gone", "said", "stands", "besides", "day", "place")
    )
    return found


def with_who_recorded(documents: QuerySet[Document]) -> QuerySet[Any]:
    """Each with `recorded_by`, who put it on record."""
    first = Document.history.filter(id=OuterRef("pk")).order_by("history_date", "history_id")
    return documents.annotate(recorded_by=Subquery(first.annotate(who=_WHO).values("who")[:1]))
