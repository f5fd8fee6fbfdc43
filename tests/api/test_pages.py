"""Pages: every record once, whatever is written meanwhile; and cursors that belong to one list only."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.values.measures import Role
from tests.api.answers import contract, problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import READABLE, RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def orderings(name: str) -> list[str]:
    parameters = contract()["paths"][f"/api/v1/{name}"]["get"]["parameters"]
    return next(list(p["schema"]["enum"]) for p in parameters if p["name"] == "ordering")


@pytest.mark.parametrize("name", READABLE)
def test_pages_hold_every_record_once_in_every_order(api: ApiClient, world: World, name: str) -> None:
    if name in RESOURCES:
        api.post(name, RESOURCES[name].body(world))
    for ordering in orderings(name):
        whole = api.get(name, {"limit": "1000", "ordering": ordering}).json()["results"]
        assert api.all(name, {"limit": "1", "ordering": ordering}) == whole, ordering
    ids = [row["id"] for row in api.get(name).json()["results"]]
    assert ids == sorted(ids)


@pytest.mark.parametrize("sign", ["", "-"])
def test_records_without_a_value_come_last(api: ApiClient, world: World, sign: str) -> None:
    for due_on in ("2023-04-07", None, "2023-03-07", None, "2023-03-07"):
        api.post("follow-ups", {"title": "전화", "outcome": str(world.outcome.pk), "due_on": due_on})
    rows = api.all("follow-ups", {"limit": "1", "ordering": f"{sign}due_on"})
    days = [row["due_on"] for row in rows]
    dated = sorted(day for day in days if day)
    assert days == (dated[::-1] if sign else dated) + [None] * days.count(None)
    assert days.count(None) >= 2 and len({row["id"] for row in rows}) == len(rows)


def test_what_is_written_meanwhile_moves_nothing(api: ApiClient, world: World) -> None:
    names = [f"기업{number}" for number in range(6)]
    made = [api.post("organisations", {"name": name}).json() for name in names]
    first = api.get("organisations", {"limit": "4", "ordering": "-created_at"}).json()
    api.post("organisations", {"name": "나중"})
    api.patch(f"organisations/{made[5]['id']}", {"note": "바뀜"}, if_match='"1"')
    rest = api.get(first["next"].removeprefix("http://testserver")).json()
    seen = [row["name"] for row in first["results"] + rest["results"]]
    assert seen[:6] == names[::-1]
    assert len(seen) == len(set(seen)) and "나중" not in seen


def test_a_cursor_belongs_to_its_client_its_list_its_filters_and_its_order(
    api: ApiClient, client_of: Any, world: World
) -> None:
    address = api.get("organisations", {"limit": "1"}).json()["next"].removeprefix("http://testserver")
    assert api.get(address).status_code == 200
    assert api.get(address.replace("limit=1", "limit=2")).status_code == 200
    for other in (
        f"{address}&country=KR",
        f"{address}&ordering=-id",
        address.replace("/organisations", "/events"),
        address[:-1],
    ):
        assert refused(api.get(other), 404) == {("?cursor", "unknown_cursor")}
    problem_of(client_of().get(address), 404)


def test_the_next_address_stays_short(api: ApiClient, world: World) -> None:
    title = "".join(chr(0xAC00 + (number * 7919) % 11172) for number in range(500))
    body = {**RESOURCES["outcomes"].body(world), "title": title}
    api.post("outcomes", body)
    api.post("outcomes", {**body, "title": title[:499] + "힣"})
    address = api.get("outcomes", {"limit": "2", "ordering": "title", "kind": "export_contract"}).json()["next"]
    address = (
        address or api.get("outcomes", {"limit": "1", "ordering": "title", "kind": "export_contract"}).json()["next"]
    )
    # gunicorn reads a request line of 4,094 bytes.
    assert len(address) < 3500
    assert len(api.get(address.removeprefix("http://testserver")).json()["results"]) == 1


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x", "1.5", "１", "9" * 5000,
                                   "0000000019999999", "000000001" + "9" * 30])  # fmt: skip
@pytest.mark.parametrize("path", ["events", "changes"])
def test_a_limit_that_is_none_is_refused(client_of: Any, path: str, limit: str) -> None:
    reader = client_of(Role.ADMINISTRATOR, ("read", "feed"))
    assert refused(reader.get(path, {"limit": limit}), 400) == {("?limit", "bad_parameter")}


@pytest.mark.parametrize("order", ["colour", "--id", "lead_unit__code"])
def test_an_order_that_is_none_is_refused(api: ApiClient, order: str) -> None:
    assert refused(api.get("events", {"ordering": order}), 400) == {("?ordering", "bad_parameter")}


@pytest.mark.parametrize("cursor", ["x", "\0"])
def test_a_cursor_that_is_none_leads_nowhere(api: ApiClient, cursor: str) -> None:
    assert refused(api.get("events", {"cursor": cursor}), 404) == {("?cursor", "unknown_cursor")}


@pytest.mark.parametrize("name", sorted(set(READABLE) - {"contacts"}))
def test_a_longer_page_takes_no_more_queries(api: ApiClient, world: World, name: str) -> None:
    """But for contacts: each one that is shown is logged."""
    if name in RESOURCES:
        assert api.post(name, RESOURCES[name].body(world)).status_code == 201
    with CaptureQueriesContext(
        connection,
    ) as short:
        api.get(name, {"limit": "1"})
    with CaptureQueriesContext(connection) as long:
        api.get(name, {"limit": "1000"})
    # Beside what is read, on PostgreSQL the request itself is counted in the database.
    reads = [query for query in long if "crm_tokenuse" not in query["sql"]]
    assert len(long) == len(short) and len(reads) <= 9
