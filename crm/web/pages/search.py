"""Search everywhere: a few of each kind of record that a text finds, and the way to all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import (
    Account,
    Demonstration,
    Document,
    Event,
    FollowUp,
    Organisation,
    Outcome,
    PitchEntry,
    Programme,
    Record,
)
from crm.models.labels import label
from crm.permissions import readable, sees_values
from crm.queries import search as queries
from crm.queries.work_lists import listed_outcomes
from crm.values.measures import EventKind, OutcomeKind
from crm.values.names import clean, is_initials
from crm.web.pages.links import Link, address_of, organisation_link, outcome_link, record_link
from crm.web.pages.paging import in_order
from crm.web.pages.pitches import competition_address
from crm.web.text import day_text

SHOWN: Final = 6
SHORTEST: Final = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the records of one kind. `all` leads to the list of them; empty where there is none, or none that finds
    the same. `has_more`: more are found than are shown."""

    key: str
    heading: str
    links: tuple[Link, ...]
    all: str
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    text: str
    groups: tuple[Group, ...]


def search_page(text: str, reader: Account) -> SearchPage:
    """What the reader may see of what the text finds. Groups without a hit are left out."""
    typed = clean(text)
    if len(typed) < SHORTEST:
        return SearchPage(typed, ())
    companies = list(queries.organisations_matching(typed)[: queries.NAMED_FEW])
    groups = (
        _organisations(typed, companies),
        _outcomes(typed, companies, reader),
        *_called(typed, reader),
        *_written(typed, reader),
    )
    return SearchPage(typed, tuple(group for group in groups if group.links))


def _organisations(typed: str, companies: list[Organisation]) -> Group:
    links = tuple(organisation_link(o, " · ".join(filter(None, (o.name_en, o.region)))) for o in companies[:SHOWN])
    return Group("organisations", _("Organisations"), links, _listed("organisations", typed), len(companies) > SHOWN)


def _outcomes(typed: str, companies: list[Organisation], reader: Account) -> Group:
    """By amount, title and party: each read by its own index, and only as far as is shown."""
    found: dict[UUID, Outcome] = {}
    worth = queries.amount_in(typed)
    if worth:
        stated = readable(reader, queries.outcomes_worth(worth))[:SHOWN]
        found |= {o.pk: o for o in stated if sees_values(reader, o)}
    # Initials are no document's number, nor is an amount that names its currency.
    if not is_initials(typed) and not (worth and worth.currency):
        numbered = readable(reader, queries.outcomes_numbered(typed))[:SHOWN]
        found |= {o.pk: o for o in numbered if sees_values(reader, o)}
    written = queries.outcomes_written(readable(reader, listed_outcomes()), typed, SHOWN)
    found |= {o.pk: o for o in in_order(written, lambda ids: Outcome.objects.filter(pk__in=ids))}
    if companies:
        found |= {o.pk: o for o in readable(reader, queries.outcomes_of([c.pk for c in companies]))[:SHOWN]}
    links = tuple(_outcome(outcome) for outcome in islice(found.values(), SHOWN))
    return Group("outcomes", _("Outcomes"), links, _listed("outcomes", typed), len(found) > SHOWN)


def _outcome(outcome: Outcome) -> Link:
    link = outcome_link(outcome)
    kind = label(OutcomeKind(outcome.kind))
    return Link(link.text, link.address, f"{kind} · {day_text(outcome.signed_on)}" if outcome.signed_on else kind)


def _called(typed: str, reader: Account) -> Iterable[Group]:
    demonstrations, pitches = (readable(reader, model.objects.all()) for model in (Demonstration, PitchEntry))
    found = queries.called(typed, Event.objects.all(), demonstrations, pitches, Programme.objects.all())
    for model, (key, heading, link, listed) in _GROUPS.items():
        has_more = len(found[model]) > SHOWN
        every = listed(typed) if has_more else ""
        yield Group(key, str(heading), tuple(link(one) for one in found[model][:SHOWN]), every, has_more)


def _listed(place: str, typed: str) -> str:
    return f"{reverse(place)}?{urlencode({'q': typed})}"


def _event(found: queries.Called) -> Link:
    is_competition = found.about == EventKind.PITCH_COMPETITION
    address = competition_address(found.id) if is_competition else address_of("event", found.id)
    return Link(found.name, address, f"{label(EventKind(found.about))} · {day_text(found.day)}")


def _page_of(place: str) -> Callable[[queries.Called], Link]:
    return lambda found: Link(found.name, address_of(place, found.id), _noted(found))


def _noted(found: queries.Called) -> str:
    return " · ".join([found.about, *([day_text(found.day)] if found.day else [])])


# Each with its list of what a text finds.
_GROUPS: Final[dict[type[Record], tuple[str, Promise, Callable[[queries.Called], Link], Callable[[str], str]]]] = {
    Event: ("events", gettext_lazy("Events"), _event, lambda typed: _listed("events", typed)),
    Demonstration: (
        "demonstrations",
        gettext_lazy("Demonstrations"),
        _page_of("demonstration"),
        lambda typed: _listed("demonstrations", typed),
    ),
    PitchEntry: ("pitches", gettext_lazy("Pitches"), _page_of("pitch"), lambda typed: _listed("pitches", typed)),
    Programme: (
        "programmes",
        gettext_lazy("Programmes"),
        lambda found: Link(found.name, reverse("programmes")),
        lambda _typed: reverse("programmes"),
    ),
}


def _written(typed: str, reader: Account) -> Iterable[Group]:
    def follow_ups_shown() -> QuerySet[FollowUp]:
        return readable(reader, FollowUp.objects.filter(archived_at=None))

    def documents_shown() -> QuerySet[Document]:
        return readable(reader, queries.documents_present())

    follow_ups = queries.first_written_on(FollowUp, follow_ups_shown, typed, SHOWN + 1)
    has_more = len(follow_ups) > SHOWN
    yield Group(
        "follow-ups",
        _("Follow-ups"),
        tuple(Link(f.title, address_of("follow-up", f.pk), day_text(f.due_on)) for f in follow_ups[:SHOWN]),
        f"{_listed('follow-ups', typed)}&show=all" if has_more else "",
        has_more,
    )
    documents = queries.first_written_on(Document, documents_shown, typed, SHOWN + 1)
    links = tuple(_document(document) for document in documents[:SHOWN])
    yield Group("documents", _("Evidence"), links, "", len(documents) > SHOWN)


def _document(document: Document) -> Link:
    """To the record that it proves something of, at its place."""
    # No document is without all three: its table refuses that.
    about = record_link(cast(Record, document.outcome or document.event or document.organisation))
    return Link(document.title, f"{about.address}#document-{document.pk}", about.text)
