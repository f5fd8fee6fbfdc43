"""Outcomes by the API: with parties, units, programmes and figures in one request."""

from typing import Any

import pytest

from crm.models import LedgerEntry, Outcome
from tests.api.answers import refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
NOBODY = "01890000-0000-7000-8000-00000000ffff"


def body(world: World, **changes: Any) -> dict[str, Any]:
    return {**RESOURCES["outcomes"].body(world), **changes}


def figure(**changes: Any) -> dict[str, Any]:
    return {"measure": "money", "series": "committed", "value": "5", "currency": "USD", "source": "보도자료",
            "evidence_grade": "press", **changes}  # fmt: skip


def change(api: ApiClient, world: World, changes: dict[str, Any]) -> Any:
    return api.patch(f"outcomes/{world.outcome.pk}", changes, if_match=f'"{world.outcome.version}"')


def test_an_outcome_counts_itself_and_posts_its_figures(api: ApiClient, world: World) -> None:
    made = api.post("outcomes", body(world)).json()
    posted = LedgerEntry.objects.filter(outcome=made["id"]).values_list("measure", "basis", "source")
    assert set(posted) == {("count", "total", "보도자료"), ("money", "annual", "보도자료")}
    assert made["binding"] is True


def test_absent_is_not_null(api: ApiClient, world: World) -> None:
    changed = change(api, world, {"lead_unit": None}).json()
    assert (changed["lead_unit"], changed["event"]) == (None, str(world.event.pk))
    assert changed["parties"] == [{"organisation": str(world.company.pk), "role": "investor"}]


def test_a_list_replaces_and_raises_the_version(api: ApiClient, world: World) -> None:
    parties = [{"organisation": str(world.buyer.pk), "role": "buyer"}]
    changed = change(api, world, {"parties": parties, "cooperating_units": [], "also_called": ["SOL 협약"]})
    assert changed["ETag"] == f'"{world.outcome.version + 1}"'
    told = changed.json()
    assert (told["parties"], told["cooperating_units"], told["also_called"]) == (parties, [], ["SOL 협약"])
    assert told["programmes"] == [str(world.programme.pk)]


def test_the_reason_of_a_change_stays_with_its_entries(api: ApiClient, world: World) -> None:
    path, tag = f"outcomes/{world.outcome.pk}", f'"{world.outcome.version}"'
    api.patch(path, {"signed_on": "2023-01-08"}, if_match=tag, x_reason="%EC%98%A4%EA%B8%B0 정정 50%")
    assert set(LedgerEntry.objects.exclude(reverses=None).values_list("reason", flat=True)) == {"오기 정정 50%"}


@pytest.mark.parametrize("absent", ["source", "evidence_grade", "kind", "title"])
def test_what_must_be_told_is_named(api: ApiClient, world: World, absent: str) -> None:
    told = body(world)
    told.pop(absent)
    assert refused(api.post("outcomes", told)) == {(f"/{absent}", "required")}


@pytest.mark.parametrize("field", ["source", "evidence_grade", "figures"])
def test_where_it_comes_from_is_told_once(api: ApiClient, world: World, field: str) -> None:
    assert refused(change(api, world, {field: "x"})) == {(f"/{field}", "read_only")}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"event": NOBODY}, ("/event", "does_not_exist")),
        ({"cooperating_units": [NOBODY]}, ("/cooperating_units/0", "does_not_exist")),
        ({"programmes": [NOBODY]}, ("/programmes/0", "does_not_exist")),
        ({"parties": [{"organisation": NOBODY, "role": "buyer"}]}, ("/parties/0/organisation", "does_not_exist")),
        ({"parties": [{"role": "buyer"}]}, ("/parties/0/organisation", "required")),
        ({"stage": "invested"}, ("/stage", "read_only")),
        ({"event": None, "signed_on": None}, ("/signed_on", "invalid")),
        ({"figures": [figure(), figure(value="0")]}, ("/figures/1/value", "invalid")),
        ({"figures": [figure(value=1.5)]}, ("/figures/0/value", "not_exact")),
        ({"figures": [figure(colour="blue")]}, ("/figures/0/colour", "unknown_field")),
        ({"kind": "promise"}, ("/figures/0/measure", "invalid")),
    ],
)
def test_what_is_not_valid_is_named_by_its_place_and_nothing_is_written(
    api: ApiClient, world: World, changes: dict[str, Any], error: tuple[str, str]
) -> None:
    before = (Outcome.objects.count(), LedgerEntry.objects.count())
    assert refused(api.post("outcomes", body(world, **changes))) == {error}
    assert (Outcome.objects.count(), LedgerEntry.objects.count()) == before


def test_a_step_names_all_that_is_missing_and_then_is_taken(api: ApiClient, world: World) -> None:
    path = f"outcomes/{world.outcome.pk}"
    step = {"stage": "plan_changed", "taken_on": "2023-05-02"}
    assert refused(api.post(f"{path}/steps", step)) == {("/reason", "invalid")}
    (before,) = [row["stage"] for row in [api.get(path).json()]]
    answer = api.post(f"{path}/steps", {**step, "reason": "면적 축소"})
    told = answer.json()
    assert (answer.status_code, told["stage"], told["stage_reason"]) == (201, "plan_changed", "면적 축소")
    (taken,) = told["steps"]
    assert (taken["from_stage"], taken["stage"], taken["taken_on"]) == (before, "plan_changed", "2023-05-02")
    lacking = api.post(f"{path}/steps", {"stage": "invested", "taken_on": "2023-05-03", "reason": "확인"})
    assert ("/stage", "invalid") in refused(lacking)
    unknown = api.post(f"{path}/steps", {"stage": "delivering", "taken_on": "2023-05-03", "reason": "확인"})
    assert refused(unknown) == {("/stage", "invalid")}
    assert api.get(path).json()["stage"] == "plan_changed"
