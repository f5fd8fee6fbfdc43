"""What else was done with an organisation than outcomes: it comes after its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from crm.models import Account, Judge, Organisation, PartnerConfirmation
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries import organisations as queries
from crm.queries.work_lists import follow_ups_listed
from crm.values.concurrence import PartnerAnswer
from crm.web.pages.consultations import consultation_line
from crm.web.pages.demonstrations import stage_badge
from crm.web.pages.follow_ups import follow_up_lines
from crm.web.pages.links import Badge, Link, event_link, record_link
from crm.web.pages.pitches import pitch_badge, pitch_link
from crm.web.text import day_text

# How many of each are shown before the reader asks for all.
LONGEST: Final = 50
_TONES: Final = {PartnerAnswer.CONFIRMED: "good", PartnerAnswer.OTHER_VALUE: "warn"}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A pitch, a demonstration, a competition that it judges at or an outcome that it was asked about."""

    record: Link | None
    state: Badge | None
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The first of them, and how many there are."""

    lines: tuple[Any, ...]
    count: int

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True, slots=True)
class OrganisationPart:
    """`today` is what a follow-up's day of completion begins with, `all` where nothing is cut."""

    today: str
    all: str
    consultations: Shown
    pitches: Shown
    demonstrations: Shown
    judges: Shown
    confirmations: Shown
    follow_ups: Shown


def organisation_part(
    organisation: Organisation, reader: Account, today: date, *, is_whole: bool = False
) -> OrganisationPart:
    tasks = follow_ups_listed(queries.follow_ups_with(organisation)).order_by(
        # What is open comes first: "open" is the last of the words.
        "-status",
        F("due_on").asc(nulls_last=True),
        "id",
    )
    may_change = may(reader, "consultation.update")
    asked: dict[str, tuple[QuerySet[Any], Callable[[list[Any]], Any]]] = {
        "consultations": (
            queries.consultations_with(organisation),
            lambda rows: (consultation_line(c, may_change=may_change) for c in rows),
        ),
        "pitches": (
            queries.pitches_of(organisation),
            lambda rows: (WorkLine(pitch_link(p), pitch_badge(p), p.event.name) for p in rows),
        ),
        "demonstrations": (
            queries.demonstrations_of(organisation),
            lambda rows: (WorkLine(record_link(d), stage_badge(d), d.testbed_site) for d in rows),
        ),
        "judges": (queries.judges_of(organisation), lambda rows: map(_judge_line, rows)),
        "confirmations": (queries.confirmations_with(organisation), lambda rows: map(_confirmation_line, rows)),
        "follow_ups": (tasks, lambda rows: follow_up_lines(rows, reader, today)),
    }
    found = [readable(reader, rows) for rows, _lines in asked.values()]
    read = [list(rows if is_whole else rows[: LONGEST + 1]) for rows in found]
    is_cut = not is_whole and any(len(rows) > LONGEST for rows in read)
    counts = queries.counted(*found) if is_cut else {place: len(rows) for place, rows in enumerate(read)}
    return OrganisationPart(
        today=today.isoformat(),
        all=f"{reverse('organisation-part', args=[organisation.pk])}?whole",
        **{
            name: Shown(tuple(lines(rows if is_whole else rows[:LONGEST])), counts.get(place, 0))
            for place, ((name, (_found, lines)), rows) in enumerate(zip(asked.items(), read, strict=True))
        },
    )


def _judge_line(judge: Judge) -> WorkLine:
    return WorkLine(event_link(judge.event), None, judge.name)


def _confirmation_line(asked: PartnerConfirmation) -> WorkLine:
    """What it answered, or since when the answer is waited for."""
    if not asked.answered_at:
        state = Badge(_("Not answered"), "calm")
        return WorkLine(record_link(asked.outcome), state, f"{_('Asked')} {day_text(localdate(asked.created_at))}")
    answer = PartnerAnswer(asked.answer)
    said = (asked.stated_value, day_text(localdate(asked.answered_at)))
    return WorkLine(
        record_link(asked.outcome),
        Badge(label(answer), _TONES.get(answer, "bad")),
        " · ".join(part for part in said if part),
    )
