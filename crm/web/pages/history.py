"""The history of a record: who changed what, when and why, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import (
    Attribution,
    CooperatingUnit,
    Demonstration,
    DemonstrationKpi,
    Event,
    EventClaim,
    JudgeConflict,
    Organisation,
    OrganisationAlias,
    Outcome,
    OutcomeProgramme,
    Party,
    PitchCriterion,
    PitchEntry,
    PitchScore,
    Record,
)
from crm.queries.timeline import Change, FieldChange, changes_of
from crm.web.text import UNKNOWN, day_text, time_text


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one field, or the recording of the record or of a part of it. `entered` is given where it was
    loaded later than it was known."""

    at: str
    entered: str
    who: str
    what: str
    before: str
    after: str
    reason: str


_PARTS: dict[type[Record], tuple[tuple[type[Record], str], ...]] = {
    Outcome: ((Party, "outcome"), (CooperatingUnit, "outcome"), (OutcomeProgramme, "outcome")),
    Event: ((EventClaim, "event"), (PitchCriterion, "event")),
    Demonstration: ((DemonstrationKpi, "demonstration"),),
    PitchEntry: ((JudgeConflict, "pitch"), (PitchScore, "pitch")),
    Organisation: ((OrganisationAlias, "organisation"),),
}


_ELSEWHERE: dict[type[Record], tuple[tuple[type[Record], str], ...]] = {Outcome: ((Attribution, "outcome"),)}
# What the record's own columns have no words for.
_NAMES: Final = {
    "follows": gettext_lazy("Follows"),
    "merged_into": gettext_lazy("Merged into"),
    "phone_as_typed": gettext_lazy("Phone as typed"),
    "purged_at": gettext_lazy("Removed for good"),
}
# A hash says nothing to a reader; what it is of stands beside it.
_FOR_MACHINES: Final = ("content_hash",)


def history_lines(record: Record) -> tuple[HistoryLine, ...]:
    """Everything that changed on the record and its parts, the latest first."""
    return tuple(line for change in changes_of(record, _PARTS.get(type(record), ())) for line in _lines(change))


def meanwhile(record: Record, since: datetime) -> tuple[HistoryLine, ...]:
    """What changed after that moment, of what has a page of its own too."""
    parts = (*_PARTS.get(type(record), ()), *_ELSEWHERE.get(type(record), ()))
    changes = (change for change in changes_of(record, parts) if change.at > since)
    return tuple(line for change in changes for line in _lines(change))


def _lines(change: Change) -> Iterable[HistoryLine]:
    if not change.part and change.is_first:
        yield _line(change, _("Put on record"), "", "")
    elif change.part and change.is_first:
        yield _line(change, _part_name(change), UNKNOWN, change.part)
    else:
        for field in change.fields:
            if field.field.name not in _FOR_MACHINES:
                yield _field_line(change, field)


def _field_line(change: Change, change_of: FieldChange) -> HistoryLine:
    name = change_of.field.name
    if name == "archived_at":
        gone = change_of.after is not None
        if change.part:
            return _line(
                change, _part_name(change), change.part if gone else UNKNOWN, _("removed") if gone else change.part
            )
        return _line(change, _("Archived") if gone else _("Restored"), "", "")
    if isinstance(change_of.after, dict):
        # What was put before a department or an approver, field by field: its page shows it.
        return _line(change, _("Content"), "", "")
    what = str(_NAMES.get(name, capfirst(str(change_of.field.verbose_name))))
    if change.part:
        what = f"{_part_name(change)} · {change.part} · {what}"
    return _line(change, what, _text(change_of.field, change_of.before), _text(change_of.field, change_of.after))


def _line(change: Change, what: str, before: str, after: str) -> HistoryLine:
    entered = time_text(change.entered_at) if change.entered_at != change.at else ""
    return HistoryLine(time_text(change.at), entered, change.actor, what, before, after, change.reason)


def _part_name(change: Change) -> str:
    return {
        "party": _("Party"),
        "cooperating_unit": _("Cooperating unit"),
        "outcome_programme": _("Programme"),
        "organisation_alias": _("Alias"),
        "event_claim": _("Claim"),
        "programme_status": _("Status"),
    }.get(change.model.feed_type, capfirst(str(change.model._meta.verbose_name)))


def _text(field: Any, value: Any) -> str:
    if value is None or value == "" or value == []:
        return UNKNOWN
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)
