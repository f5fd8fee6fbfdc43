"""Every page that has an address of its own or a record's: so that no page is left out of the measurement."""

import re
from collections.abc import Iterator
from typing import Any, Final

# Files, parts of other pages that a script asks for, and what people without an account see.
_NO_PAGES: Final = re.compile(
    r"export|download|preview|template|rejected|token|i18n|log(in|out)|healthz|readyz|sw\.js|files|session|companies|drafts"
)
_ID: Final = "<uuid:pk>"


def every_page(unit: Any) -> Iterator[tuple[str, str]]:
    """The name of each and its address; of a record of that unit, where there is a choice."""
    from crm.web.urls import urlpatterns

    records = _records(unit)
    for pattern in urlpatterns:
        route, name = str(pattern.pattern), getattr(pattern, "name", None)
        if name is None or _NO_PAGES.search(route):
            continue
        if _ID not in route:
            yield from _plain(name, route)
        elif (record := records.get(route.split("/")[0])) is not None:
            yield name, "/" + route.replace(_ID, str(record))


def _plain(name: str, route: str) -> Iterator[tuple[str, str]]:
    filled = {"<int:year>": "2023", "<slug:trigger>": "cadence"}
    for what, value in filled.items():
        route = route.replace(what, value)
    if "<" not in route:
        yield name, f"/{route}"


def _records(unit: Any) -> dict[str, Any]:
    """By the first part of the address: the id of a record, of the unit's own where it has one."""
    from crm import models

    kinds: dict[str, Any] = {
        "outcomes": models.Outcome.objects.filter(archived_at=None),
        "events": models.Event.objects.filter(archived_at=None),
        "organisations": models.Organisation.objects.filter(archived_at=None),
        "follow-ups": models.FollowUp.objects.filter(archived_at=None),
        "demonstrations": models.Demonstration.objects.filter(archived_at=None),
        "participations": models.Participation.objects.filter(archived_at=None),
        "pitches": models.PitchEntry.objects.filter(archived_at=None),
        "concurrences": models.Concurrence.objects.filter(archived_at=None),
        "approvals": models.Approval.objects.all(),
        "targets": models.Target.objects.filter(archived_at=None),
        "costs": models.EventCost.objects.filter(archived_at=None),
        "judges": models.Judge.objects.filter(archived_at=None),
        "contacts": models.Contact.objects.filter(archived_at=None),
        "imports": models.ImportBatch.objects.all(),
        "changes": models.BulkChange.objects.all(),
        "figures": models.LedgerEntry.objects.filter(measure="money", outcome__lead_unit=unit),
    }
    return {name: _one(found, unit) for name, found in kinds.items()}


def _one(found: Any, unit: Any) -> Any:
    names = {field.name for field in found.model._meta.get_fields()}
    whose = next((name for name in ("lead_unit", "org_unit") if name in names), "outcome__lead_unit")
    own = found.filter(**{whose: unit}) if whose in names or "outcome" in names else found
    ids = own.order_by("id").values_list("pk", flat=True)
    return ids[20:21].first() or ids.first() or found.order_by("id").values_list("pk", flat=True).first()
