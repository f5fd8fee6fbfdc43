"""Many rows in one request: each gets its own answer, and what is good lands."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from uuid_utils.compat import uuid7

from crm.models import ExternalId, LedgerEntry, Organisation, Outcome, SimilarPair
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def bulk(api: ApiClient, rows: Any, name: str = "organisations", **options: Any) -> list[dict[str, Any]]:
    answer = api.post(f"bulk/{name}", {"rows": rows, **options})
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    assert [one["index"] for one in found] == list(range(len(rows)))
    return found


def row(name: str, value: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, **({"external_id": {"source": "kotra", "value": value}} if value else {}), **more}


def test_new_rows_are_recorded(api: ApiClient) -> None:
    found = bulk(api, [row("㈜하나", "1"), row("㈜둘"), row("㈜셋", "3")])
    assert [(one["status"], one["version"]) for one in found] == [(201, 1)] * 3
    for one, name in zip(found, ("㈜하나", "㈜둘", "㈜셋"), strict=True):
        assert api.get(f"organisations/{one['id']}").json()["name"] == name
    assert api.get("organisations/by-external-id/kotra/3").json()["id"] == found[2]["id"]


def test_outcomes_come_with_their_figures_and_history(api: ApiClient, world: World) -> None:
    rows = [{**RESOURCES["outcomes"].body(world), "title": f"계약 {number}"} for number in range(5)]
    found = bulk(api, rows, "outcomes")
    assert {one["status"] for one in found} == {201}
    ids = [one["id"] for one in found]
    assert Outcome.history.filter(id__in=ids).count() == 5
    assert LedgerEntry.objects.filter(outcome__in=ids, measure="money").count() == 5
    one = api.get(f"outcomes/{ids[0]}").json()
    assert one["parties"] and one["title"] == "계약 0"


def test_the_same_push_again_changes_nothing(api: ApiClient, world: World) -> None:
    rows = [row("㈜하나", "1", region="광주"), row("㈜둘", "2")]
    first = bulk(api, rows)
    again = bulk(api, rows)
    assert [(one["status"], one["id"], one["version"]) for one in again] == [(200, one["id"], 1) for one in first]
    changed = bulk(api, [row("㈜하나", "1", region="서울"), rows[1]])
    assert [one["version"] for one in changed] == [2, 1]
    assert api.get(f"organisations/{first[0]['id']}").json()["region"] == "서울"


def test_good_rows_land_and_bad_rows_are_named(api: ApiClient, world: World) -> None:
    known = bulk(api, [row("㈜처음", "0")])[0]
    rows = [row("㈜하나", "1"), row(""), row("㈜둘", "1"), {"name": "㈜셋", "nothing": 1}, row("㈜넷", "", id="x"),
            row("㈜다섯", "0", version=9), row("㈜여섯", "6"), row("㈜일곱", "", external_id={"source": "kotra"}),
            row("㈜여덟", "", id=known["id"], version=1)]  # fmt: skip
    found = bulk(api, rows)
    assert [one["status"] for one in found] == [201, 422, 409, 422, 422, 412, 201, 422, 200]
    told = {one["index"]: {(e["pointer"], e["code"]) for e in one.get("errors", ())} for one in found}
    assert told[1] == {("/rows/1/name", "blank")}
    assert told[3] == {("/rows/3/nothing", "unknown_field")}
    assert told[4] == {("/rows/4/id", "invalid")} or told[4] == {("/rows/4/id", "not_uuid7")}
    assert told[5] == {("/rows/5", "stale")}
    assert Organisation.objects.filter(name__in=["㈜하나", "㈜여섯"]).count() == 2
    assert not Organisation.objects.filter(name__in=["㈜둘", "㈜셋", "㈜다섯"]).exists()


def test_what_only_the_database_refuses_is_named_too(api: ApiClient, world: World) -> None:
    """Two rows that are good alone and clash with one another."""
    body = RESOURCES["participations"].body(world)
    found = bulk(api, [body, body, {**body, "organisation": str(world.company.pk)}], "participations")
    statuses = [one["status"] for one in found]
    assert statuses[0] == 201 and statuses[1] in (409, 422) and found[1]["errors"]


def test_atomic_is_all_or_nothing(api: ApiClient) -> None:
    rows = [row("㈜하나", "1"), row(""), row("㈜둘", "1")]
    answer = api.post("bulk/organisations", {"rows": rows, "atomic": True})
    assert refused(answer) == {("/rows/1/name", "blank"), ("/rows/2", "conflict")}
    assert not Organisation.objects.filter(name="㈜하나").exists() and not ExternalId.objects.filter(value="1").exists()
    answer = api.post("bulk/organisations", {"rows": rows[:1], "atomic": True})
    assert [one["status"] for one in answer.json()["results"]] == [201]


def test_a_trial_writes_nothing(api: ApiClient) -> None:
    found = api.post("bulk/organisations", {"rows": [row("㈜하나"), row("")], "dry_run": True}).json()["results"]
    assert [one["status"] for one in found] == [201, 422]
    assert not Organisation.objects.filter(name="㈜하나").exists()


def test_sent_again_with_its_key_it_is_one_batch(api: ApiClient) -> None:
    body = {"rows": [row("㈜하나"), row("")]}
    first = api.post("bulk/organisations", body, idempotency_key="n-1")
    again = api.post("bulk/organisations", body, idempotency_key="n-1")
    assert first.content == again.content and Organisation.objects.filter(name="㈜하나").count() == 1


def test_a_client_that_may_not_change_a_record_may_not_in_a_batch(api: ApiClient, client_of: Any, world: World) -> None:
    from crm.actions.outcomes import update_outcome

    update_outcome(world.caller, world.outcome, version=world.outcome.version, lead_unit=world.unit)
    client = client_of()
    found = bulk(client, [{"id": str(world.outcome.pk), "note": "남의 것"}], "outcomes")
    assert [one["status"] for one in found] == [403]
    plan = {"title": "전화", "outcome": str(world.outcome.pk), "due_on": "2023-04-07"}
    assert client.post("follow-ups", plan).status_code == 403
    assert [one["status"] for one in bulk(client, [plan, plan], "follow-ups")] == [403, 403]


@pytest.mark.parametrize("body", [[], {}, {"rows": []}, {"rows": {}}, {"rows": [{}], "atomic": 1}, {"rows": [{}], "x": 1},
                                  {"rows": [7]}, {"rows": [{}] * 1001}])  # fmt: skip
def test_a_bad_request_is_refused(api: ApiClient, body: Any) -> None:
    assert problem_of(api.post("bulk/organisations", body), 422)["errors"]


def test_a_name_is_never_dropped_and_an_id_never_changed(api: ApiClient, world: World) -> None:
    known, other = bulk(api, [row("㈜이름 있는", "1"), row("㈜이름 없는")])
    rows = [row("㈜이름 없는", "2", id=other["id"]), row("㈜이름 있는", "1", id=other["id"])]
    assert [one["status"] for one in bulk(api, rows)] == [409, 409]
    assert not ExternalId.objects.filter(value="2").exists()
    place = "organisations/by-external-id/kotra/1"
    answer = api.put(place, {"name": "㈜이름 있는", "id": other["id"]}, if_match='"1"')
    assert answer.status_code == 409 and api.get(place).json()["id"] == known["id"]


def test_a_database_that_falls_is_no_fault_of_a_row(api: ApiClient, world: World) -> None:
    """The batch is tried again as a whole: a row that was told 503 would be told so for as long as the answer is kept."""

    def falls(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT INTO", "COPY")) and "㈜둘" in str(params):
            raise OperationalError("the server closed the connection")
        return execute(sql, params, many, context)

    before = Organisation.objects.count()
    with connection.execute_wrapper(falls):
        answer = api.post("bulk/organisations", {"rows": [row("㈜하나", "1"), row("㈜둘", "2")]}, idempotency_key="a")
    assert answer.status_code == 503 and answer["Retry-After"]
    assert Organisation.objects.count() == before
    again = api.post("bulk/organisations", {"rows": [row("㈜하나", "1"), row("㈜둘", "2")]}, idempotency_key="a")
    assert [one["status"] for one in again.json()["results"]] == [201, 201]


def test_a_push_of_what_changed_takes_no_statement_a_row(api: ApiClient) -> None:
    rows = [row(f"㈜회사 {number}", str(number)) for number in range(60)]
    bulk(api, rows)
    taken = []
    for few in (5, 60):
        with CaptureQueriesContext(connection) as queries:
            found = bulk(api, [{**one, "note": f"{few}"} for one in rows[:few]])
        taken.append(len(queries))
        assert {one["status"] for one in found} == {200}
    assert taken[1] == taken[0]
    assert {one["version"] for one in found[:5]} == {3} and {one["version"] for one in found[5:]} == {2}
    assert Organisation.history.filter(note="60", history_type="~").count() == 60


def test_one_that_is_refused_keeps_none_of_the_others_back(api: ApiClient) -> None:
    """What the action refuses, and not the reading of the row: new ones and changes, wherever it stands."""
    known = bulk(api, [row(f"㈜회사 {number}", str(number)) for number in range(6)])
    rows = [row(f"㈜회사 {number}", str(number), region="광주") for number in range(12)]
    for bad in (0, 3, 4, 11):
        rows[bad]["business_registration_number"] = "123-45-67890"
    found = bulk(api, rows)
    assert [one["status"] for one in found] == [422, 200, 200, 422, 422, 200, 201, 201, 201, 201, 201, 422]
    assert {one["errors"][0]["pointer"] for one in found if one["status"] == 422} == {
        f"/rows/{bad}/business_registration_number" for bad in (0, 3, 4, 11)
    }
    assert [one["version"] for one in found if one["status"] == 200] == [2] * 3
    assert api.get(f"organisations/{known[0]['id']}").json()["region"] == ""
    assert Organisation.objects.filter(region="광주").count() == 8


def test_two_rows_of_one_record_come_after_one_another(api: ApiClient) -> None:
    (known,) = bulk(api, [row("㈜하나", "1")])
    found = bulk(api, [row("㈜하나", "1", note="먼저"), {"id": known["id"], "name": "㈜하나", "note": "나중"}])
    assert [(one["status"], one["id"]) for one in found] == [(200, known["id"])] * 2
    there = api.get(f"organisations/{known['id']}").json()
    assert there["note"] == "나중" and there["version"] == found[1]["version"]
    notes = Organisation.history.filter(id=known["id"]).order_by("history_id").values_list("note", flat=True)
    assert list(notes) == ["", "먼저", "나중"]
    version = there["version"]
    rows = [row("㈜하나", "1", note="셋"), {"id": known["id"], "name": "㈜하나", "note": "넷", "version": version}]
    found = bulk(api, rows)
    assert [one["status"] for one in found] == [200, 412]
    assert api.get(f"organisations/{known['id']}").json()["note"] == "셋"


def test_ids_that_are_taken_are_told_row_by_row(api: ApiClient) -> None:
    ids = [str(uuid7()) for _row in range(3)]
    bulk(api, [row("㈜하나", id=ids[0])])
    found = bulk(api, [row("㈜둘", "2", id=ids[0]), row("㈜셋", "3", id=ids[1]), row("㈜넷", id=ids[2])])
    assert [one["status"] for one in found] == [409, 201, 201]


def test_names_that_are_alike_are_noted_by_the_worker(api: ApiClient) -> None:
    bulk(api, [row("㈜벤텍프런티어"), row("벤텍프론티어"), row("다른 회사")])
    assert not SimilarPair.objects.exists()
    (task,) = OrmQ.objects.all()
    work: Any = import_string(task.func())
    assert work(*task.args()) == 3
    (pair,) = SimilarPair.objects.all()
    assert {pair.first.name, pair.second.name} == {"㈜벤텍프런티어", "벤텍프론티어"}


def test_a_trial_leaves_no_names_to_be_compared(api: ApiClient) -> None:
    api.post("bulk/organisations", {"rows": [row("㈜하나"), row("㈜둘")], "dry_run": True})
    assert not OrmQ.objects.exists()


def test_a_row_that_takes_its_record_out_of_sight_leaves_the_next_one_a_404(client_of: Any, world: World) -> None:
    client = client_of()
    named = {"external_id": {"source": "kotra", "value": "1"}}
    body = {**RESOURCES["outcomes"].body(world), **named}
    made = bulk(client, [body], "outcomes")[0]
    rows = [{"id": made["id"], "disclosure_level": "closed"}, {**named, "note": "나중"}, {**body, "external_id": None}]
    del rows[2]["external_id"]
    found = bulk(client, rows, "outcomes")
    assert [one["status"] for one in found] == [200, 404, 201]


def test_parties_that_left_and_came_back_stay_as_they_are(api: ApiClient, world: World) -> None:
    body = RESOURCES["outcomes"].body(world)
    (made,) = bulk(api, [body], "outcomes")
    for number, parties in enumerate(([], body["parties"]), start=1):
        (found,) = bulk(api, [{"id": made["id"], "parties": parties, "cooperating_units": []}], "outcomes")
        assert (found["status"], found["version"]) == (200, number + 1)
    others = [{"id": made["id"], "parties": body["parties"]}, {**body, "title": "다른 성과"}]
    for rows in (others[:1], others):
        found, *_others = bulk(api, rows, "outcomes")
        assert (found["status"], found["version"]) == (200, 3)
    assert len(api.get(f"outcomes/{made['id']}").json()["parties"]) == 1


def test_an_id_is_one_id_however_it_is_written(api: ApiClient) -> None:
    (known,) = bulk(api, [row("㈜하나")])
    rows = [row("㈜하나", id=known["id"], note="하나"), row("㈜하나", id=known["id"].upper(), note="둘")]
    assert [one["status"] for one in bulk(api, rows)] == [200, 409]
    bare = known["id"].replace("-", "")
    assert [one["status"] for one in bulk(api, [row("㈜하나", id=bare), row("㈜둘", id=f"{{{uuid7()}}}")])] == [
        422,
        422,
    ]
    assert api.post("organisations", {"name": "㈜둘", "id": str(uuid7()).replace("-", "")}).status_code == 422


def test_what_was_put_away_is_not_there(api: ApiClient, world: World) -> None:
    body = RESOURCES["outcomes"].body(world)
    (made,) = bulk(api, [body], "outcomes")
    assert api.delete(f"outcomes/{made['id']}", if_match='"1"', x_reason="두 번 기록됨").status_code == 204
    alone = api.patch(f"outcomes/{made['id']}", {"note": "x"}, if_match='"2"').status_code
    rows = [{"id": made["id"], "note": "x", "version": 2}, {"id": made["id"], "note": "x"}]
    assert alone == 404
    assert [one["status"] for one in (bulk(api, rows[:1], "outcomes") + bulk(api, rows[1:], "outcomes"))] == [404, 422]


def test_a_stale_row_is_told_the_version_that_there_is(api: ApiClient) -> None:
    bulk(api, [row("㈜하나", "1")])
    bulk(api, [row("㈜하나", "1", note="둘")])
    (found,) = bulk(api, [row("㈜하나", "1", note="셋", version=1)])
    assert (found["status"], found["version"], found["errors"][0]["code"]) == (412, 2, "stale")
