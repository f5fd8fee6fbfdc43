"""What came of what, walked both ways: from any pitch, demonstration or outcome to all it came of and all it led to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import ChainLink, Demonstration, ListedOutcome, Outcome, PitchEntry
from crm.values.names import clean

Linked = PitchEntry | Demonstration | Outcome
Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One record of a chain and the link by which it is reached. `depth`: -2 is what the record came of at two
    removes, 1 what came of it directly. `near` is the record at the other end of the link."""

    record: Linked
    depth: int
    link: ChainLink
    near: Linked


@dataclass(frozen=True, slots=True)
class Chain:
    """`before`: what it came of, the farthest first; `after`: what came of it, the nearest first."""

    record: Linked
    before: tuple[ChainStep, ...]
    after: tuple[ChainStep, ...]


def key_of(record: Linked) -> Key:
    return record.feed_type, record.pk


def chain_of(record: Linked) -> Chain:
    """Every record before and after, each once. One query a level; links that were taken away do not count."""
    before = sorted(_walk(record, _into, cause_of, -1), key=lambda step: step.depth)
    return Chain(record, tuple(before), tuple(_walk(record, _out_of, effect_of, 1)))


def led_to(record: Linked) -> set[Key]:
    """Everything that came of the record, at any remove."""
    return {key_of(step.record) for step in _walk(record, _out_of, effect_of, 1)}


def cause_of(link: ChainLink) -> Linked:
    """The record from which the other came."""
    found = link.from_pitch or link.from_demonstration or link.from_outcome
    assert found is not None
    return found


def effect_of(link: ChainLink) -> Linked:
    found = link.to_demonstration or link.to_outcome
    assert found is not None
    return found


def _walk(
    start: Linked,
    links_at: Callable[[Iterable[Linked]], QuerySet[ChainLink]],
    far_end: Callable[[ChainLink], Linked],
    direction: int,
) -> Iterator[ChainStep]:
    level: dict[Key, Linked] = {key_of(start): start}
    seen, depth = set(level), 0
    while level:
        depth += direction
        following: dict[Key, Linked] = {}
        for link in links_at(level.values()):
            record = far_end(link)
            if key_of(record) not in seen:
                seen.add(key_of(record))
                following[key_of(record)] = record
                near = cause_of(link) if far_end is effect_of else effect_of(link)
                yield ChainStep(record, depth, link, near)
        level = following


def live_links() -> QuerySet[ChainLink]:
    ends = ("from_pitch__event", "from_pitch__organisation", "from_demonstration", "from_outcome")
    return (
        ChainLink.objects.filter(archived_at=None)
        .select_related(*ends, "to_demonstration", "to_outcome")
        .order_by("created_at", "id")
    )


def _out_of(records: Iterable[Linked]) -> QuerySet[ChainLink]:
    ids = _ids(records)
    return live_links().filter(
        Q(from_pitch__in=ids[PitchEntry])
        | Q(from_demonstration__in=ids[Demonstration])
        | Q(from_outcome__in=ids[Outcome])
    )


def _into(records: Iterable[Linked]) -> QuerySet[ChainLink]:
    ids = _ids(records)
    return live_links().filter(Q(to_demonstration__in=ids[Demonstration]) | Q(to_outcome__in=ids[Outcome]))


def _ids(records: Iterable[Linked]) -> dict[type[Linked], list[UUID]]:
    found: dict[type[Linked], list[UUID]] = {PitchEntry: [], Demonstration: [], Outcome: []}
    for record in records:
        found[type(record)].append(record.pk)
    return found


_MODELS: dict[str, type[Linked]] = {model.feed_type: model for model in (PitchEntry, Demonstration, Outcome)}
_OFFERED = 50


def record_at(kind: str, pk: UUID) -> Linked | None:
    """The unarchived record of that kind (`pitch_entry`, `demonstration`, `outcome`); None where there is none."""
    model = _MODELS.get(kind)
    return None if model is None else model._base_manager.filter(pk=pk, archived_at=None).first()


def linkable(text: str, with_pitches: bool) -> list[Linked]:
    """The most recent records of each kind whose title contains the text: what a link may lead to."""
    typed = clean(text)
    titled: dict[str, Any] = {"title__icontains": typed} if typed else {}
    narrow = {"archived_at": None, **titled}
    # Of outcomes there are a hundred thousand: their list has the order of recording.
    listed = ListedOutcome.objects.filter(is_archived=False, **titled).order_by("-created_at", "-outcome_id")
    latest = list(listed.values_list("outcome_id", flat=True)[:_OFFERED])
    outcomes = Outcome.objects.in_bulk(latest)
    found: list[Linked] = [
        *(outcomes[pk] for pk in latest),
        *Demonstration.objects.filter(**narrow).order_by("-created_at", "-id")[:_OFFERED],
    ]
    if with_pitches:
        found += PitchEntry.objects.filter(**narrow).order_by("-created_at", "-id")[:_OFFERED]
    return found
