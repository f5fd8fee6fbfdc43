"""Every page that has an address of its own or a record's: so that no page is left out of the measurement."""

import re
from collections.abc import Iterator
from typing import Any, Final

# Files, and what people without an account see.
_NO_PAGES: Final = re.compile(
    r"export|download|preview|template|rejected|token|i18n|log(in|out)|healthz|readyz|sw\.js|files|<slug:format>"
)
_ID: Final = "<uuid:pk>"
# Pages of a record that only some of its kind have.
_OF_A_COMPETITION: Final = frozenset({"event-competition", "criteria", "judge-new", "pitch-new"})
_YEAR, _QUARTER = "2023", "2022Q3"
# What the pages of reports are asked: without it they would ask back.
_ASKED: Final = {
    "reports/quarterly/": f"?period={_QUARTER}",
    "reports/dashboard/": f"?year={_YEAR}",
    "reports/entries/": f"?from={_YEAR}-01-01&to={_YEAR}-12-31&measure=money&kind=investment_mou",
}


def every_page(unit: Any) -> Iterator[tuple[str, str | None]]:
    """The name of each and its address, of a record of that unit where there is a choice; None for a page of a record
    of which there is none."""
    from crm.web import urls as officers
    from reports.web import urls as leaders

    records = _records(unit)
    for pattern in (*officers.urlpatterns, *leaders.urlpatterns):
        route, name = str(pattern.pattern), getattr(pattern, "name", None)
        if name is None or _NO_PAGES.search(route):
            continue
        if route == "reports/<slug:key>/":
            yield from _reports(unit)
        elif _ID not in route:
            yield from _plain(name, route)
        else:
            record = records[_kind_of(name, route)]
            yield name, "/" + route.replace(_ID, str(record)) if record is not None else None
    for name, route, kind in _OTHERWISE:
        yield name, f"/{route.replace(_ID, str(records[kind]))}" if records[kind] is not None else None


# Pages that are asked for a record otherwise than by their address, and of records in another state.
_OTHERWISE: Final = (
    ("restatement of a publication", f"reports/restatement/?publication={_ID}", "reports/published"),
    ("import, applied", f"imports/{_ID}/", "imports, applied"),
    ("chain-new: of an outcome", f"chains/new/?of=outcome:{_ID}", "outcomes"),
    ("chain-new: of a demonstration", f"chains/new/?of=demonstration:{_ID}&way=before", "demonstrations"),
)


def _kind_of(name: str, route: str) -> str:
    return "competitions" if name in _OF_A_COMPETITION else route.partition(f"/{_ID}")[0]


def _plain(name: str, route: str) -> Iterator[tuple[str, str]]:
    from reports.building.dashboard import PANELS
    from reports.building.parts import PARTS

    asked = next((query for place, query in _ASKED.items() if route.startswith(place)), "")
    route = route.replace("<int:year>", _YEAR).replace("<slug:trigger>", "deadline_near")
    if "<slug:key>" in route:
        for key in PARTS if "quarterly" in route else PANELS:
            yield f"{name}: {key}", f"/{route.replace('<slug:key>', key)}{asked}"
    elif "<slug:place>" in route:
        # Which records are ticked: `addresses` of benchmarks.pages asks about fifty.
        return
    elif name != "chain-new":
        yield name, f"/{route}{asked}"


def _reports(unit: Any) -> Iterator[tuple[str, str | None]]:
    """Each report of the catalogue that has no page of its own, asked about something."""
    from crm.models import Event, Programme
    from reports.catalogue import REPORTS

    asked: dict[str, Any] = {"period": _QUARTER, "year": _YEAR, "unit": unit.pk}
    for ask, model in (("event", Event), ("programme", Programme)):
        asked[ask] = model._default_manager.order_by("id").values_list("pk", flat=True).first()
    for kind in REPORTS.values():
        if kind.key != "quarterly":
            query = "&".join(f"{ask}={asked[ask]}" for ask in kind.asks)
            address = f"/reports/{kind.key}/?{query}" if all(asked[ask] is not None for ask in kind.asks) else None
            yield f"report: {kind.key}", address
            # What comes after the page.
            yield f"report, whole: {kind.key}", f"{address}&whole" if address else None


def _records(unit: Any) -> dict[str, Any]:
    """By the beginning of the address: the id of a record, of the unit's own where it has one."""
    from crm import models
    from crm.values.imports import ImportState
    from crm.values.measures import EventKind

    kinds: dict[str, Any] = {
        "outcomes": models.Outcome.objects.filter(archived_at=None),
        "events": models.Event.objects.filter(archived_at=None),
        "competitions": models.Event.objects.filter(kind=EventKind.PITCH_COMPETITION),
        "organisations": models.Organisation.objects.filter(archived_at=None),
        "follow-ups": models.FollowUp.objects.filter(archived_at=None),
        "demonstrations": models.Demonstration.objects.filter(archived_at=None),
        "consultations": models.Consultation.objects.filter(archived_at=None),
        "documents": models.Document.objects.filter(archived_at=None),
        "aliases": models.OrganisationAlias.objects.filter(archived_at=None),
        "participations": models.Participation.objects.filter(archived_at=None),
        "pitches": models.PitchEntry.objects.filter(archived_at=None),
        "concurrences": models.Concurrence.objects.filter(archived_at=None),
        "approvals": models.Approval.objects.all(),
        "targets": models.Target.objects.filter(archived_at=None),
        "costs": models.EventCost.objects.filter(archived_at=None),
        "judges": models.Judge.objects.filter(archived_at=None),
        "contacts": models.Contact.objects.filter(archived_at=None),
        "imports": models.ImportBatch.objects.filter(state=ImportState.READ),
        "imports, applied": models.ImportBatch.objects.filter(state=ImportState.APPLIED),
        "changes": models.BulkChange.objects.all(),
        "figures": models.LedgerEntry.objects.filter(measure="money", outcome__lead_unit=unit),
        "claims": models.EventClaim.objects.filter(archived_at=None),
        "directives": models.Directive.objects.filter(archived_at=None),
        "organisations/merges": models.Merge.objects.all(),
        "organisations/duplicates": models.SimilarPair.objects.all(),
        "outcomes/duplicates": models.SimilarOutcomes.objects.all(),
        "confirmations": models.PartnerConfirmation.objects.all(),
        "conflicts": models.JudgeConflict.objects.filter(archived_at=None),
        "chains": models.ChainLink.objects.filter(archived_at=None),
        "delegations": models.Delegation.objects.filter(archived_at=None),
        "calendar": models.CalendarFeed.objects.all(),
        "filters": models.SavedFilter.objects.filter(archived_at=None),
        "notifications": models.Notification.objects.all(),
        "booth/drafts": models.Outcome.objects.filter(archived_at=None),
        "clients": models.ApiToken.objects.all(),
        "webhooks": models.WebhookEndpoint.objects.all(),
        "webhooks/deliveries": models.WebhookDelivery.objects.all(),
        "reports/published": models.Publication.objects.all(),
        "reports/schedules": models.ReportSchedule.objects.all(),
        "reports/runs": models.ReportRun.objects.all(),
    }
    return {name: _one(found, unit) for name, found in kinds.items()}


def _one(found: Any, unit: Any) -> Any:
    names = {field.name for field in found.model._meta.get_fields()}
    whose = next((name for name in ("lead_unit", "org_unit") if name in names), "outcome__lead_unit")
    own = found.filter(**{whose: unit}) if whose in names or "outcome" in names else found
    ids = own.order_by("id").values_list("pk", flat=True)
    return ids[20:21].first() or ids.first() or found.order_by("id").values_list("pk", flat=True).first()
