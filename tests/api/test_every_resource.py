"""What every resource does alike: list, detail, create, update; and how each refuses."""

from typing import Any

import pytest

from api.registry import RESOURCES as VIEWS
from crm.models import FeedEntry
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import DELETABLE, READABLE, RESOURCES, WRITABLE
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", WRITABLE)
class TestWriting:
    def test_create_read_and_find(self, api: ApiClient, world: World, name: str) -> None:
        resource = RESOURCES[name]
        made = api.post(name, resource.body(world))
        assert made.status_code == 201, made.content
        body = made.json()
        assert (made["ETag"], body["version"]) == ('"1"', 1)
        body.pop("link", None)  # an address of a partner's is given once
        detail = api.get(made["Location"])
        assert detail.json() == body
        for key, value in resource.body(world).items():
            if key in body and key not in ("phone", "figures"):
                assert body[key] == value, key
        found = api.get(name, resource.found_by(world)).json()["results"]
        assert [row for row in found if row["id"] == body["id"]] == [body]
        assert FeedEntry.objects.filter(record_id=body["id"]).count() == 1

    def test_moments_come_in_utc(self, api: ApiClient, world: World, name: str) -> None:
        made = api.post(name, RESOURCES[name].body(world)).json()
        assert made["created_at"].endswith("Z") and made["updated_at"].endswith("Z")

    def test_update_needs_and_checks_the_version(self, api: ApiClient, world: World, name: str) -> None:
        body = api.post(name, RESOURCES[name].body(world)).json()
        change, path = RESOURCES[name].change, f"{name}/{body['id']}"
        assert problem_of(api.patch(path, change), 428)["type"].endswith("if_match_required")
        problem_of(api.patch(path, change, if_match="*"), 428)
        changed = api.patch(path, change, if_match='"1"')
        assert changed.status_code == 200, changed.content
        assert changed["ETag"] == '"2"'
        assert {key: changed.json()[key] for key in change} == change
        stale = api.patch(path, change, if_match='"1"')
        assert problem_of(stale, 412)["current_version"] == 2 and stale["ETag"] == '"2"'

    def test_what_changes_nothing_keeps_the_version(self, api: ApiClient, world: World, name: str) -> None:
        body = api.post(name, RESOURCES[name].body(world)).json()
        entries = FeedEntry.objects.count()
        again = api.patch(f"{name}/{body['id']}", {}, if_match='"1"')
        assert (again.status_code, again["ETag"], FeedEntry.objects.count()) == (200, '"1"', entries)

    def test_what_is_sent_back_as_it_was_shown_keeps_the_version(self, api: ApiClient, world: World, name: str) -> None:
        """All of it, and each field by itself: two systems that mirror each other don't echo for ever."""
        made = api.post(name, RESOURCES[name].body(world))
        told, fields = made.json(), VIEWS[name].serializer_class(partial=True).fields.items()
        whole = {key: told[key] for key, field in fields if key in told and not field.read_only}
        entries = FeedEntry.objects.count()
        for body in (whole, *({key: value} for key, value in whole.items())):
            again = api.patch(f"{name}/{told['id']}", body, if_match=made["ETag"])
            assert (again.status_code, again.get("ETag")) == (200, made["ETag"]), (body, again.content)
        assert FeedEntry.objects.count() == entries

    def test_the_client_may_choose_the_id_once(self, api: ApiClient, world: World, name: str) -> None:
        chosen = {"id": "01890000-0000-7000-8000-000000000001", **RESOURCES[name].body(world)}
        assert api.post(name, chosen).json()["id"] == chosen["id"]
        problem_of(api.post(name, chosen), 409)

    @pytest.mark.parametrize("chosen", ["6a2f41a3-c54c-4ce8-8f2e-2c1c9e2f8a11", 5, "x"])
    def test_an_id_that_would_not_sort_by_time_is_refused(
        self, api: ApiClient, world: World, name: str, chosen: Any
    ) -> None:
        ((pointer, _code),) = refused(api.post(name, {**RESOURCES[name].body(world), "id": chosen}))
        assert pointer == "/id"

    def test_unknown_and_read_only_fields_are_refused(self, api: ApiClient, world: World, name: str) -> None:
        body = {**RESOURCES[name].body(world), "colour": "blue", "version": 7}
        assert refused(api.post(name, body)) == {("/colour", "unknown_field"), ("/version", "read_only")}

    def test_a_change_of_what_cannot_change_is_refused(self, api: ApiClient, world: World, name: str) -> None:
        body = api.post(name, RESOURCES[name].body(world)).json()
        change = {"id": body["id"], "created_at": body["created_at"], "colour": "blue"}
        errors = refused(api.patch(f"{name}/{body['id']}", change, if_match='"1"'))
        assert errors == {("/id", "read_only"), ("/created_at", "read_only"), ("/colour", "unknown_field")}

    @pytest.mark.parametrize("body", ["[]", '"x"', "3", "null"])
    def test_a_body_that_is_no_object_is_refused(self, api: ApiClient, name: str, body: str) -> None:
        problem_of(api.post(name, body), 422)

    def test_a_token_without_write_may_not_write(self, client_of: Any, world: World, name: str) -> None:
        reader = client_of(scopes=("read", "personal"))
        problem_of(reader.post(name, RESOURCES[name].body(world)), 403)


@pytest.mark.parametrize("name", READABLE)
class TestReading:
    def test_no_token_no_answer(self, world: World, name: str) -> None:
        answer = ApiClient("nobody's").get(name)
        problem_of(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"

    def test_what_is_not_there_is_not_found(self, api: ApiClient, name: str) -> None:
        problem_of(api.get(f"{name}/01890000-0000-7000-8000-00000000ffff"), 404)
        problem_of(api.get(f"{name}/not-an-id"), 404)

    def test_put_and_delete_are_not_offered(self, api: ApiClient, world: World, name: str) -> None:
        first = api.get(name, {"limit": "1"}).json()["results"]
        if first:
            for method in ("put",) if name in DELETABLE else ("put", "delete"):
                answer = api.send(method, f"{name}/{first[0]['id']}", {}, {}, content_type="application/json")
                problem_of(answer, 405)
                assert "GET" in answer["Allow"]

    def test_not_modified(self, api: ApiClient, world: World, name: str) -> None:
        for row in api.get(name, {"limit": "1"}).json()["results"]:
            path = f"{name}/{row['id']}"
            known = api.get(path)["ETag"]
            for tag in (known, f"W/{known}", f'"77", {known}', "*"):
                assert api.get(path, if_none_match=tag).status_code == 304
            assert api.get(path, if_none_match='"77"').status_code == 200
