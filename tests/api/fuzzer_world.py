"""What is there for a fuzzer to name: the small record of everything, and companies, events and outcomes enough beside it that
what may be there but once is not there already."""

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from crm.models import Demonstration, Document, Judge, PitchCriterion, PitchEntry
from crm.values.measures import PartyRole
from tests.api.resources import RESOURCES
from tests.builders import make_event, make_organisation, make_outcome, make_unit
from tests.laws.exchange import head_of
from tests.laws.scenarios import SCENARIOS, World, make_world

SYLLABLES = "가나다라마바사아자차카타"


def fuzzer_world() -> dict[str, Any]:
    """`bodies`: by the address, one that makes a record. `ids`: by the name of a field, those that it may name; `of`: those
    that it may name at this address."""
    world = make_world(timezone.now())
    SCENARIOS["score_pitch"](world)
    bodies = {name: resource.body(world) for name, resource in RESOURCES.items()} | {"ledger-entries": _posted(world)}
    competition = {"event": [bodies["pitches"]["event"]]}
    own = {"pitches": competition, "judges": competition, "confirmations": {"organisation": [str(world.company.pk)]}}
    return {"bodies": bodies, "ids": _ids(world), "of": own}


def _posted(world: World) -> dict[str, str]:
    return {
        "outcome": str(world.outcome.pk), "measure": "money", "series": "announced", "value": "1234.5678",
        "currency": "USD", "basis": "total", "source": "보도자료", "evidence_grade": "press",
    }  # fmt: skip


def _ids(world: World) -> dict[str, list[str]]:
    units = [make_unit(f"{one}국") for one in SYLLABLES]
    companies = [make_organisation(f"㈜{one * 4}") for one in SYLLABLES]
    shows = [make_event(f"{one} 전시회", starts_on=date(2023, 1, 5)) for one in SYLLABLES]
    parties = [(world.company, PartyRole.INVESTOR)]
    agreed = [make_outcome(f"{one} 협약", parties=parties, lead_unit=world.unit) for one in SYLLABLES]
    tried, pitched, shown = (list(kind.objects.all()) for kind in (Demonstration, PitchEntry, Document))
    named: dict[str, list[Any]] = {
        **dict.fromkeys(("organisation", "buyer", "exhibitor", "applicant"), companies),
        **dict.fromkeys(("outcome", "from_outcome", "to_outcome"), agreed),
        **dict.fromkeys(("org_unit", "lead_unit", "site_unit", "parent_unit", "cooperating_units"), units),
        **dict.fromkeys(("demonstration", "from_demonstration", "to_demonstration"), tried),
        "event": shows, "from_pitch": pitched, "evidence": shown, "judge": list(Judge.objects.all()),
        "criterion": list(PitchCriterion.objects.all()), "programmes": [world.programme],
        "directive": [world.directive], "consultation": [world.consultation], "assignee": [world.officer],
        "giver": [head_of(world)], "deputy": [world.officer],
    }  # fmt: skip
    return {name: [_id(each) for each in found] for name, found in named.items()}


def _id(record: Model) -> str:
    return str(record.pk)
