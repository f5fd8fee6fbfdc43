"""The list of org units with their terms and successors."""

from dataclasses import dataclass

from crm.models import OrgUnit
from crm.models.labels import label
from crm.values.measures import SuccessionKind, UnitLevel
from crm.web.text import UNKNOWN, day_text


@dataclass(frozen=True, slots=True)
class OrgUnitLine:
    name: str
    name_en: str
    level: str
    parent: str
    in_force: str
    successors: tuple[str, ...]


def org_units_page() -> tuple[OrgUnitLine, ...]:
    found = OrgUnit.objects.filter(archived_at=None).select_related("parent_unit")
    return tuple(_line(unit) for unit in found.prefetch_related("successions__successor").order_by("name", "id"))


def _line(unit: OrgUnit) -> OrgUnitLine:
    ends = (unit.valid_from, unit.valid_to)
    return OrgUnitLine(
        name=unit.name,
        name_en=unit.name_en,
        level=label(UnitLevel(unit.level)),
        parent=str(unit.parent_unit) if unit.parent_unit else UNKNOWN,
        in_force=" – ".join(day_text(day) if day else "" for day in ends).strip() if any(ends) else UNKNOWN,
        successors=tuple(f"{s.successor.name} ({label(SuccessionKind(s.kind))})" for s in unit.successions.all()),
    )
