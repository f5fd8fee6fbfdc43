"""What came of an event's pitches and outcomes: pitches, demonstrations and outcomes that followed, as known then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crm.models import ChainLink, Demonstration, Outcome, PitchEntry
from crm.models.base import Record
from crm.values.names import sort_key
from reports.figures.event_rows import EventRows
from reports.figures.standing import parts_as_of, record_as_of

_ENDS: Final = ("to_demonstration_id", "to_outcome_id")
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


def what_followed(pitches: Iterable[UUID], outcomes: Iterable[UUID], as_of: datetime) -> tuple[Followed, ...]:
    """All that came of the event's pitches and outcomes, at any remove, the nearest first and each once."""
    level = [("pitch", one) for one in pitches] + [("outcome", one) for one in outcomes]
    seen, reached = set(level), []
    while level:
        following = []
        for kind in _KINDS:
            of_kind = [pk for of, pk in level if of == kind]
            parts = parts_as_of(ChainLink, f"from_{kind}", of_kind, as_of, *_ENDS) if of_kind else {}
            for cause, links in parts.items():
                for link in links:
                    end = _end(link)
                    if end not in seen:
                        seen.add(end)
                        following.append(end)
                        reached.append((end, (kind, cause)))
        level = following
    return tuple(_told(reached, as_of))


def _told(reached: list[tuple[tuple[str, UUID], tuple[str, UUID]]], as_of: datetime) -> Iterable[Followed]:
    ends = [key for pair in reached for key in pair]

    def of(kind: str, *names: str) -> dict[UUID, Any]:
        return record_as_of(_KINDS[kind], [pk for one, pk in ends if one == kind], as_of, *names)

    demonstrations = of("demonstration", "title", "stage", "testbed_site")
    outcomes = of("outcome", "title", "kind", "stage")
    rows = {"pitch": of("pitch", "title"), "demonstration": demonstrations, "outcome": outcomes}
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
