"""All org units at once: who stands above whom, and who carries whose work. One small query for a whole page."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from crm.models import OrgUnit


@dataclass(frozen=True, slots=True)
class UnitTree:
    """`above`, `levels` and `names` by unit; `heirs` are (successor, in force from) of every succession that stands;
    `ends` is the last day, if one is known, of each unit that is not archived."""

    above: dict[UUID, UUID | None]
    levels: dict[UUID, str]
    names: dict[UUID, str]
    heirs: dict[UUID, list[tuple[UUID, date | None]]]
    ends: dict[UUID, date | None]

    def in_force(self, today: date) -> list[tuple[UUID, str]]:
        """Units that may be chosen on that day, by name: those of crm.queries.org_units."""
        return [
            (unit, name)
            for unit, name in self.on_record()
            if (end := self.ends[unit]) is None or end >= today
            if all(since is not None and since > today for _heir, since in self.heirs.get(unit, ()))
        ]

    def on_record(self) -> list[tuple[UUID, str]]:
        """The units that are not archived, by name."""
        return sorted(((unit, self.names[unit]) for unit in self.ends), key=lambda found: (found[1], found[0]))

    def current(self, unit: UUID, today: date) -> UUID:
        """The unit that carries this one's open work on that day, by the rule of OrgUnit.current."""
        seen = {unit}
        while True:
            heirs = [heir for heir, since in self.heirs.get(unit, ()) if since is None or since <= today]
            if len(heirs) != 1 or heirs[0] in seen:
                return unit
            unit = heirs[0]
            seen.add(unit)

    def line(self, unit: UUID, today: date) -> list[UUID]:
        """The unit that carries this one on that day, and the units above it."""
        found: list[UUID] = []
        here: UUID | None = self.current(unit, today)
        while here is not None and here not in found:
            found.append(here)
            above = self.above.get(here)
            here = self.current(above, today) if above else None
        return found

    def top(self, unit: UUID) -> UUID:
        """The bureau that the unit belongs to: the highest above it."""
        seen = {unit}
        while (above := self.above.get(unit)) is not None and above not in seen:
            unit = above
            seen.add(unit)
        return unit

    def below(self, unit: UUID) -> set[UUID]:
        """The unit, and all below it."""
        return _reached([unit], self._directly_below().__getitem__)

    def below_each(self, units: Iterable[UUID]) -> dict[UUID, set[UUID]]:
        """The same of many."""
        below = self._directly_below()
        return {unit: _reached([unit], below.__getitem__) for unit in units}

    def _directly_below(self) -> defaultdict[UUID, list[UUID]]:
        below: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for unit, parent in self.above.items():
            if parent is not None:
                below[parent].append(unit)
        return below

    def carried_by(self, units: Iterable[UUID], today: date) -> set[UUID]:
        """The units themselves, those below them, and those whose work they carry on that day."""
        below = self._directly_below()
        found, new = set(units), set(units)
        while new:
            carried = {old for old in self.heirs if self.current(old, today) in found}
            new = ({unit for parent in new for unit in below[parent]} | carried) - found
            found |= new
        return found

    def stood_for(self, own: UUID) -> frozenset[UUID]:
        """The units above and below this one, and those that any of the unit and its subunits succeeded."""
        return self.with_subunits(own) | _reached(self._now(own), self._directly_above)

    def with_subunits(self, own: UUID) -> frozenset[UUID]:
        """The unit as it is called now, those below it, and those that any of them succeeded."""
        below = self._directly_below()
        before: dict[UUID, list[UUID]] = defaultdict(list)
        for old, heirs in self.heirs.items():
            for heir, _since in heirs:
                before[heir].append(old)
        return frozenset(_reached(self._now(own), lambda unit: [*below[unit], *before[unit]]))

    def _now(self, own: UUID) -> set[UUID]:
        """The unit and what became of it, where one other did."""

        def only_heir(unit: UUID) -> list[UUID]:
            # A split unit has several heirs: whose its people became nobody has said yet.
            heirs = self.heirs.get(unit, [])
            return [heirs[0][0]] if len(heirs) == 1 else []

        return _reached([own], only_heir)

    def _directly_above(self, unit: UUID) -> list[UUID]:
        above = self.above.get(unit)
        return [] if above is None else [above]


COLUMNS: Final = (
    *("pk", "parent_unit_id", "level", "name", "valid_to", "archived_at"),
    *("successions__successor_id", "successions__in_force_from", "successions__archived_at"),
)


def unit_tree() -> UnitTree:
    """As it is now, in one query."""
    return tree_of(units_with_heirs().values_list(*COLUMNS))


def units_with_heirs() -> QuerySet[OrgUnit]:
    """Every unit, once for each succession that it ever had."""
    return OrgUnit.objects.order_by()


def tree_of(rows: Iterable[tuple[Any, ...]]) -> UnitTree:
    """Of rows of COLUMNS."""
    above: dict[UUID, UUID | None] = {}
    levels: dict[UUID, str] = {}
    names: dict[UUID, str] = {}
    heirs: dict[UUID, list[tuple[UUID, date | None]]] = {}
    ends: dict[UUID, date | None] = {}
    for pk, parent, level, name, end, archived, heir, since, gone in rows:
        above[pk], levels[pk], names[pk] = parent, level, name
        if archived is None:
            ends[pk] = end
        if heir is not None and gone is None:
            heirs.setdefault(pk, []).append((heir, since))
    return UnitTree(above, levels, names, heirs, ends)


def _reached(start: Iterable[UUID], following: Callable[[UUID], list[UUID]]) -> set[UUID]:
    found, waiting = set(start), list(start)
    while waiting:
        for unit in following(waiting.pop()):
            if unit not in found:
                found.add(unit)
                waiting.append(unit)
    return found
