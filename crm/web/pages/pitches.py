"""The pages of pitch competitions: a competition on its event's page, the list of entries, one entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models import Account, Event, Judge, PitchEntry
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries.pitches import (
    CompetitionParts,
    Conflict,
    Conflicts,
    PitchesAsked,
    award_lacks,
    competitions_asked,
    pitches_asked,
    round_lacks,
)
from crm.values.demonstrations import ROUNDS, SCORED_ROUNDS, PitchRound, PitchStatus
from crm.values.measures import EventKind
from crm.values.money import format_number, round_half_up
from crm.web.pages.chains import ChainSection, chain_section
from crm.web.pages.links import Badge, Fact, Link, address_of, organisation_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, day_text, days_text
from reports.figures.pitches import JudgeTotal, Ranked, ranking

# How many decimal places of a mean are shown; places are decided by all of them.
SHOWN_PLACES: Final = 2
_STATUS_TONES = {
    PitchStatus.RUNNING: "calm",
    PitchStatus.AWARDED: "good",
    PitchStatus.OUT: "warn",
    PitchStatus.WITHDRAWN: "bad",
}


def round_text(round_: PitchRound) -> str:
    """What a round is called while it is scored, rather than once an entry has reached it."""
    return _("Screening") if round_ == PitchRound.SCREENED else label(round_)


def pitch_link(pitch: PitchEntry) -> Link:
    return Link(pitch.title, address_of("pitch", pitch.pk))


def pitch_badge(pitch: PitchEntry) -> Badge:
    """The round of one that runs; else what was decided."""
    status = PitchStatus(pitch.status)
    if status == PitchStatus.RUNNING:
        return Badge(label(PitchRound(pitch.round)))
    award = [_("Place %(n)s") % {"n": pitch.place}] if pitch.place else []
    return Badge(" · ".join([label(status), *award, *([pitch.award] if pitch.award else [])]), _STATUS_TONES[status])


@dataclass(frozen=True, slots=True)
class PitchLine:
    where: Link
    applicant: Link
    technology: str
    event: Link
    state: Badge


def _pitch_line(pitch: PitchEntry) -> PitchLine:
    return PitchLine(
        where=pitch_link(pitch),
        applicant=organisation_link(pitch.organisation),
        technology=pitch.technology,
        event=Link(str(pitch.event), competition_address(pitch.event_id)),
        state=pitch_badge(pitch),
    )


@dataclass(frozen=True, slots=True)
class PitchesPage:
    """`competitions` are those that are asked for, with their days and how many entries they have."""

    competitions: tuple[Fact, ...]
    lines: tuple[PitchLine, ...]
    paging: Paging
    may_record: bool


def pitches_page(asked: PitchesAsked, number: str, query: Mapping[str, str], reader: Account) -> PitchesPage:
    found, shown = readable(reader, pitches_asked(asked)), PitchEntry.objects.select_related("organisation", "event")
    paging, rows = page_of(found, number, query, lambda ids: shown.filter(pk__in=ids))
    competitions = tuple(
        Fact(
            days_text(event.starts_on, event.ends_on),
            _entries(event),
            (Link(event.name, competition_address(event.pk)),),
        )
        for event in competitions_asked(asked)
    )
    return PitchesPage(competitions, tuple(_pitch_line(p) for p in rows), paging, may(reader, "event.record"))


def _entries(event: Event) -> str:
    count = event.pitch_count  # type: ignore[attr-defined]
    return ngettext("%(n)d entry", "%(n)d entries", count) % {"n": count}


def competition_address(event: UUID) -> str:
    return address_of("event", event) + "#competition"


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """`sheets` lead to the score sheets, round by round; empty for who may not score."""

    id: UUID
    name: str
    about: str
    conflicts: tuple[str, ...]
    sheets: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RankLine:
    """`totals` are the judges' in the order of the table's head: (text, whether it does not count)."""

    place: str
    where: Link
    applicant: str
    state: Badge
    mean: str
    totals: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class RankTable:
    round: str
    judges: tuple[str, ...]
    lines: tuple[RankLine, ...]
    has_conflicts: bool


@dataclass(frozen=True, slots=True)
class Competition:
    """What the page of a pitch competition shows beside the event's own."""

    id: UUID
    criteria: tuple[tuple[str, str], ...]
    judges: tuple[JudgeLine, ...]
    pitches: tuple[PitchLine, ...]
    tables: tuple[RankTable, ...]
    is_locked: bool
    may_set: bool
    may_record: bool


def competition(event: Event, reader: Account) -> Competition | None:
    """None for an event that is no pitch competition."""
    if event.kind != EventKind.PITCH_COMPETITION:
        return None
    parts = CompetitionParts(event)
    may_score = may(reader, "pitch.score")
    return Competition(
        id=event.pk,
        criteria=tuple((c.name, format_number(c.weight)) for c in parts.criteria),
        judges=tuple(_judge_line(judge, parts.pitches, parts.conflicts, may_score) for judge in parts.judges),
        pitches=tuple(_pitch_line(pitch) for pitch in parts.pitches),
        tables=tuple(_table(parts, round_) for round_ in reversed(SCORED_ROUNDS) if round_ in parts.points),
        is_locked=bool(parts.points),
        may_set=may(reader, "pitch.update", event),
        may_record=may(reader, "pitch.record", event),
    )


def _judge_line(judge: Judge, pitches: list[PitchEntry], conflicts: Conflicts, may_score: bool) -> JudgeLine:
    found = [
        f"{pitch.title}: {conflicts[pitch.pk, judge.pk].reason}"
        for pitch in pitches
        if (pitch.pk, judge.pk) in conflicts
    ]
    sheets = [Link(round_text(r), address_of("judge-scores", judge.pk) + f"?round={r.value}") for r in SCORED_ROUNDS]
    about = [judge.affiliation, str(judge.organisation or "")]
    return JudgeLine(
        id=judge.pk,
        name=judge.name,
        about=" · ".join(dict.fromkeys(part for part in about if part)),
        conflicts=tuple(found),
        sheets=tuple(sheets) if may_score else (),
    )


def _table(parts: CompetitionParts, round_: PitchRound) -> RankTable:
    rows = ranking(parts, round_)
    names = {judge.pk: judge.name for judge in parts.judges}
    by_id = {pitch.pk: pitch for pitch in parts.pitches}
    head = tuple(names[total.judge] for total in rows[0].totals) if rows else ()
    lines = tuple(_rank_line(row, by_id[row.pitch]) for row in rows)
    return RankTable(round_text(round_), head, lines, any(out for line in lines for _text, out in line.totals))


def _rank_line(row: Ranked, pitch: PitchEntry) -> RankLine:
    return RankLine(
        place=str(row.place) if row.place is not None else UNKNOWN,
        where=pitch_link(pitch),
        applicant=str(pitch.organisation),
        state=pitch_badge(pitch),
        mean=_points(row.mean),
        totals=tuple((_total(total), total.in_conflict) for total in row.totals),
    )


def _total(total: JudgeTotal) -> str:
    return "" if total.total is None and total.in_conflict else _points(total.total)


def _points(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{round_half_up(value, SHOWN_PLACES):,f}"


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """`id` of the declaration, to take it back; None where none was needed or the reader may not."""

    judge: str
    reason: str
    id: UUID | None


@dataclass(frozen=True, slots=True)
class PitchAhead:
    text: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PitchPage:
    """`results` are (round, place among how many, mean), for the rounds that were scored."""

    id: UUID
    title: str
    state: Badge
    facts: tuple[Fact, ...]
    note: str
    results: tuple[Fact, ...]
    conflicts: tuple[ConflictLine, ...]
    ahead: tuple[PitchAhead, ...]
    chain: ChainSection
    may_edit: bool
    archived: str
    may_archive: bool
    may_restore: bool


def pitch_page(pitch: PitchEntry, reader: Account) -> PitchPage:
    parts = CompetitionParts(pitch.event)
    is_open = pitch.archived_at is None
    may_edit = is_open and may(reader, "pitch.update", pitch)
    return PitchPage(
        id=pitch.pk,
        title=pitch.title,
        state=pitch_badge(pitch),
        facts=(
            Fact(_("Applicant"), UNKNOWN, (organisation_link(pitch.organisation),)),
            Fact(_("Pitch competition"), UNKNOWN, (Link(str(pitch.event), competition_address(pitch.event_id)),)),
            Fact(_("Technology"), pitch.technology or UNKNOWN),
            Fact(_("Round"), label(PitchRound(pitch.round))),
            Fact(_("Decision"), label(PitchStatus(pitch.status))),
            Fact(_("Award"), " · ".join(part for part in (_place(pitch), pitch.award) if part) or UNKNOWN),
        ),
        note=pitch.note,
        results=_results(pitch, parts),
        conflicts=tuple(
            _conflict(parts.conflicts[pitch.pk, judge.pk], judge, may_edit)
            for judge in parts.judges
            if (pitch.pk, judge.pk) in parts.conflicts
        ),
        ahead=pitch_ahead(pitch, parts),
        chain=chain_section(pitch, reader),
        may_edit=may_edit,
        archived=day_text(localdate(pitch.archived_at)) if pitch.archived_at else "",
        may_archive=is_open and may(reader, "record.archive", pitch),
        may_restore=not is_open and may(reader, "record.restore", pitch),
    )


def _place(pitch: PitchEntry) -> str:
    return _("Place %(n)s") % {"n": pitch.place} if pitch.place else ""


def _conflict(conflict: Conflict, judge: Judge, may_edit: bool) -> ConflictLine:
    declared = conflict.declared.pk if conflict.declared and may_edit else None
    return ConflictLine(judge.name, conflict.reason, declared)


def _results(pitch: PitchEntry, parts: CompetitionParts) -> tuple[Fact, ...]:
    found = []
    for round_ in SCORED_ROUNDS:
        rows = ranking(parts, round_)
        row = next((row for row in rows if row.pitch == pitch.pk), None)
        if row is not None and row.totals:
            place = _("Place %(n)s") % {"n": row.place} if row.place else _("Not ranked yet")
            found.append(Fact(round_text(round_), f"{place} · {_points(row.mean)}"))
    return tuple(found)


def pitch_ahead(pitch: PitchEntry, parts: CompetitionParts | None = None) -> tuple[PitchAhead, ...]:
    """What is missing before the next round, or before an award in the finals; nothing once it is decided."""
    if pitch.status != PitchStatus.RUNNING:
        return ()
    at = ROUNDS.index(PitchRound(pitch.round))
    if at + 1 < len(ROUNDS):
        ahead = ROUNDS[at + 1]
        return (PitchAhead(label(ahead), tuple(lack.text for lack in round_lacks(pitch, ahead, parts))),)
    return (PitchAhead(label(PitchStatus.AWARDED), tuple(lack.text for lack in award_lacks(pitch, parts))),)
