"""What came of an event's pitches and outcomes: pitches, demonstrations and outcomes that followed, as known then."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crm.models import ChainLink, Demonstration, Outcome, PitchEntry
from crm.models.base import Record
from crm.values.names import sort_key
from reports.figures.at_once import Wanted, last_of, records
from reports.figures.event_rows import EventRows
from reports.figures.standing import Led

_FROM: Final = ("from_pitch_id", "from_demonstration_id", "from_outcome_id")
_ENDS: Final = ("to_demonstration_id", "to_outcome_id")
_TOLD: Final = {
    "pitch": ("title",),
    "demonstration": ("title", "stage", "testbed_site"),
    "outcome": ("title", "kind", "stage"),
}
_KINDS: Final[dict[str, type[Record]]] = {"pitch": PitchEntry, "demonstration": Demonstration, "outcome": Outcome}


@dataclass(frozen=True, slots=True)
class Pitch:
    """One entry of a pitch competition, the best placed first."""

    applicant: str
    title: str
    round: str
    status: str
    place: int | None
    award: str


@dataclass(frozen=True, slots=True)
class Followed:
    """One demonstration (`is_demonstration`) or outcome, and what it came of. `kind` is the outcome's; `place` where
    the demonstration runs."""

    id: UUID
    is_demonstration: bool
    title: str
    kind: str
    stage: str
    place: str
    came_of: str
    came_of_id: UUID


def pitches_among(rows: EventRows) -> tuple[Pitch, ...]:
    found = [
        Pitch(rows.organisations[one.organisation_id].name, one.title, one.round, one.status, one.place, one.award)
        for one in rows.pitches
    ]
    return tuple(sorted(found, key=lambda one: (one.place is None, one.place or 0, sort_key(one.applicant), one.title)))


def chain_from(begins: Collection[UUID], as_of: datetime) -> tuple[Wanted, ...]:
    """All that ever came of these pitches and outcomes at any remove, to be read with others, for `what_followed`: the
    links, and what is told of each kind of record."""
    links = Q()
    for name in _FROM:
        links |= Q(Led(name, begins))
    led = [replace(records(_KINDS[kind], [], *names), which=Q(Led("id", begins))) for kind, names in _TOLD.items()]
    return last_of(ChainLink, links, as_of, "created_at", "archived_at", *_FROM, *_ENDS), *led


def what_followed(pitches: Iterable[UUID], outcomes: Iterable[UUID], chain: Sequence[Any]) -> tuple[Followed, ...]:
    """All that came of the event's pitches and outcomes, at any remove, the nearest first and each once; of what
    `chain_from` found."""
    made, *known = chain
    standing = sorted((one for one in made if one.archived_at is None), key=lambda one: (one.created_at, str(one.id)))
    level = [("pitch", one) for one in pitches] + [("outcome", one) for one in outcomes]
    seen, reached = set(level), []
    while level:
        following = []
        for kind in _KINDS:
            of_kind = {pk for of, pk in level if of == kind}
            parts: dict[UUID, list[Any]] = {}
            for link in standing if of_kind else ():
                if (cause := getattr(link, f"from_{kind}_id")) in of_kind:
                    parts.setdefault(cause, []).append(link)
            for cause, links in parts.items():
                for link in links:
                    end = _end(link)
                    if end not in seen:
                        seen.add(end)
                        following.append(end)
                        reached.append((end, (kind, cause)))
        level = following
    return tuple(_told(reached, dict(zip(_KINDS, known, strict=True))))


def _told(
    reached: list[tuple[tuple[str, UUID], tuple[str, UUID]]], rows: Mapping[str, Mapping[UUID, Any]]
) -> Iterable[Followed]:
    for (kind, pk), (cause_kind, cause) in reached:
        row = rows[kind][pk]
        is_demonstration = kind == "demonstration"
        yield Followed(
            pk,
            is_demonstration,
            row.title,
            "" if is_demonstration else row.kind,
            row.stage,
            row.testbed_site if is_demonstration else "",
            rows[cause_kind][cause].title,
            cause,
        )


def _end(link: Any) -> tuple[str, UUID]:
    if link.to_demonstration_id:
        return "demonstration", link.to_demonstration_id
    return "outcome", link.to_outcome_id
