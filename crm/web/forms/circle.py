"""What others changed meanwhile among the parties, units and programmes of an outcome, in the form of who was slower:
what they added stands in it, what they took away does not, and the person's own changes stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from crm.models import CooperatingUnit, Organisation, Outcome, OutcomeProgramme, Record
from crm.queries.timeline import parts_as_of
from crm.web.forms.parties import NEW

T = TypeVar("T")
_LISTS: tuple[tuple[str, type[Record], str], ...] = (
    ("cooperating_units", CooperatingUnit, "org_unit_id"),
    ("programmes", OutcomeProgramme, "programme_id"),
)


def rejoined(typed: Sequence[T], seen: Iterable[T], now: Iterable[T]) -> list[T]:
    """What was typed in the sight of `seen`, without what is gone by now and with what has come."""
    was, still = set(seen), list(now)
    gone = was - set(still)
    return [one for one in typed if one not in gone] + [one for one in still if one not in was and one not in typed]


def rejoin_lists(data: Any, typed: dict[str, Any], outcome: Outcome, seen_at: datetime) -> None:
    """Puts the units and programmes into `data`, the form's own copy of what was sent."""
    for name, model, column in _LISTS:
        seen = [getattr(row, column) for row in parts_as_of(model, outcome, seen_at)]
        now = model._default_manager.filter(**{model.part_of: outcome}, archived_at=None).values_list(column, flat=True)
        data.setlist(name, [str(pk) for pk in rejoined([one.pk for one in typed[name]], seen, now)])


def rejoin_parties(rows: Any, seen: list[dict[str, str]], now: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of the formset of parties, each with name, role and which organisation is meant (`choice`)."""
    typed = []
    for row in rows.forms:
        if row.party is not None:
            meant = row.party.organisation
            choice = str(meant.pk) if isinstance(meant, Organisation) else NEW
            typed.append({"name": row.cleaned_data["name"], "role": str(row.party.role), "choice": choice})
    lines = {_which(line): line for line in (*seen, *now, *typed)}
    return [lines[which] for which in rejoined([_which(line) for line in typed], map(_which, seen), map(_which, now))]


def _which(line: dict[str, str]) -> tuple[str, str]:
    return line["name"] if line["choice"] == NEW else line["choice"], line["role"]
