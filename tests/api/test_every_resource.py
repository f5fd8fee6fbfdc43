"""What every resource does alike: list, detail, create, update, pages, filters; and how each refuses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from crm.models import FeedEntry
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Resource:
    """How a resource is tried: a body that creates one, a change, a filter that finds the new one and one that
    does not."""

    body: Callable[[World], dict[str, Any]]
    change: dict[str, Any]
    found_by: Callable[[World], dict[str, str]] = field(default=lambda w: {})


RESOURCES = {
    "org-units": Resource(lambda w: {"name": "경제창업실", "code": "es"}, {"name_en": "ES"}, lambda w: {"code": "es"}),
    "programmes": Resource(lambda w: {"name": "AI 영재고", "size_amount": "500000000000", "size_currency": "KRW"},
                           {"name_en": "AI school"}),
    "events": Resource(lambda w: {"kind": "briefing", "name": "보고회", "starts_on": "2023-02-07", "places": ["광주"]},
                       {"city": "광주"}, lambda w: {"kind": "briefing", "starts_from": "2023-02-07"}),
    "organisations": Resource(lambda w: {"name": "㈜벤텍프런티어", "country": "KR"}, {"region": "광주광역시"},
                              lambda w: {"q": "벤텍프런티어"}),
    "contacts": Resource(lambda w: {"organisation": str(w.buyer.pk), "name": "구매 담당", "phone": "02-123-4567",
                                    "legal_basis": "동의", "retention_until": "2030-01-01"},
                         {"position": "과장"}, lambda w: {"organisation": str(w.buyer.pk)}),
    "participations": Resource(lambda w: {"event": str(w.event.pk), "organisation": str(w.buyer.pk),
                                          "support_amount": "1000000.5", "support_currency": "KRW"},
                               {"products": "공기청정기"}, lambda w: {"organisation": str(w.buyer.pk)}),
    "outcomes": Resource(lambda w: {"kind": "export_contract", "title": "수출계약", "event": str(w.event.pk),
                                    "parties": [{"organisation": str(w.company.pk), "role": "exporter"}],
                                    "cooperating_units": [str(w.unit.pk)], "programmes": [str(w.programme.pk)],
                                    "source": "보도자료", "evidence_grade": "press",
                                    "figures": [{"measure": "money", "series": "committed", "value": "10000000",
                                                 "currency": "USD", "basis": "annual", "source": "보도자료",
                                                 "evidence_grade": "press"}]},
                         {"note": "확인 중"}, lambda w: {"kind": "export_contract", "organisation": str(w.company.pk)}),
    "consultations": Resource(lambda w: {"event": str(w.event.pk), "exhibitor": str(w.company.pk),
                                         "buyer": str(w.buyer.pk), "met_on": "2023-01-07", "source": "상담일지",
                                         "currency": "USD", "consulted": "5000"},
                              {"note": "재상담"}, lambda w: {"met_from": "2023-01-07"}),
    "follow-ups": Resource(lambda w: {"title": "전화", "outcome": str(w.outcome.pk), "due_on": "2023-04-07"},
                           {"due_on": "2023-05-07"}, lambda w: {"due_to": "2023-04-07", "status": "open"}),
    "documents": Resource(lambda w: {"title": "보도자료", "grade": "press", "event": str(w.event.pk), "source": "신문"},
                          {"document_number": "AI-2023-1"}, lambda w: {"grade": "press"}),
    "directives": Resource(lambda w: {"text": "IR 대회 개최", "event": str(w.event.pk), "given_on": "2023-02-08"},
                           {"text": "IR 대회 개최 방식"}),
}  # fmt: skip
WRITABLE = sorted(RESOURCES)
READABLE = sorted([*RESOURCES, "ledger-entries", "fx-rates"])


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status and body["request_id"] == answer["X-Request-ID"]
    return body


@pytest.mark.parametrize("name", WRITABLE)
class TestWriting:
    def test_create_read_and_find(self, api: ApiClient, world: World, name: str) -> None:
        resource = RESOURCES[name]
        made = api.post(name, resource.body(world))
        assert made.status_code == 201, made.content
        body = made.json()
        assert (made["ETag"], body["version"]) == ('"1"', 1)
        detail = api.get(f"{name}/{body['id']}")
        assert detail.json() == body
        for key, value in resource.body(world).items():
            if key in body and key not in ("phone", "figures"):
                assert body[key] == value, key
        found = api.get(name, resource.found_by(world)).json()["results"]
        assert [row for row in found if row["id"] == body["id"]] == [body]
        assert FeedEntry.objects.filter(record_id=body["id"]).count() == 1

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

    def test_the_client_may_choose_the_id_once(self, api: ApiClient, world: World, name: str) -> None:
        chosen = {"id": "01890000-0000-7000-8000-000000000001", **RESOURCES[name].body(world)}
        assert api.post(name, chosen).json()["id"] == chosen["id"]
        problem_of(api.post(name, chosen), 409)

    def test_unknown_and_read_only_fields_are_refused(self, api: ApiClient, world: World, name: str) -> None:
        body = {**RESOURCES[name].body(world), "colour": "blue", "version": 7}
        errors = problem_of(api.post(name, body), 422)["errors"]
        assert {(e["pointer"], e["code"]) for e in errors} == {("/colour", "unknown_field"), ("/version", "read_only")}

    @pytest.mark.parametrize("body", ["[]", '"x"', "3", "null"])
    def test_a_body_that_is_no_object_is_refused(self, api: ApiClient, name: str, body: str) -> None:
        problem_of(api.post(name, body), 422)

    def test_malformed_json_is_refused(self, api: ApiClient, name: str) -> None:
        problem_of(api.post(name, "{"), 400)

    def test_a_token_without_write_may_not_write(self, client_of: Any, world: World, name: str) -> None:
        reader = client_of(scopes=("read", "personal"))
        problem_of(reader.post(name, RESOURCES[name].body(world)), 403)


@pytest.mark.parametrize("name", READABLE)
class TestReading:
    def test_no_token_no_answer(self, world: World, name: str) -> None:
        answer = ApiClient("nobody's").get(name)
        problem_of(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"

    def test_pages_end_and_hold_every_record_once(self, api: ApiClient, world: World, name: str) -> None:
        seen, query = [], {"limit": "1"}
        for _page in range(60):
            page = api.get(name, query).json()
            seen += [row["id"] for row in page["results"]]
            if page["next"] is None:
                break
            query = dict(pair.split("=", 1) for pair in page["next"].split("?")[1].split("&"))
            query["cursor"] = query["cursor"].replace("%3A", ":")
        whole = [row["id"] for row in api.get(name, {"limit": "1000"}).json()["results"]]
        assert seen == whole == sorted(whole)

    @pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "1001"}, {"limit": "x"}, {"ordering": "colour"},
                                       {"cursor": "x"}, {"colour": "blue"}])  # fmt: skip
    def test_a_wrong_parameter_is_named(self, api: ApiClient, name: str, query: dict[str, str]) -> None:
        (error,) = problem_of(api.get(name, query), 400)["errors"]
        assert error["pointer"] == f"?{next(iter(query))}"

    def test_a_parameter_given_twice_is_refused(self, api: ApiClient, name: str) -> None:
        problem_of(api.get(name, {"limit": ["1", "2"]}), 400)

    def test_what_is_not_there_is_not_found(self, api: ApiClient, name: str) -> None:
        problem_of(api.get(f"{name}/01890000-0000-7000-8000-00000000ffff"), 404)
        problem_of(api.get(f"{name}/not-an-id"), 404)

    def test_put_and_delete_are_not_offered(self, api: ApiClient, world: World, name: str) -> None:
        first = api.get(name, {"limit": "1"}).json()["results"]
        if first:
            answer = api._send("put", f"{name}/{first[0]['id']}", {}, {})
            problem_of(answer, 405)
            assert "GET" in answer["Allow"]

    def test_not_modified(self, api: ApiClient, world: World, name: str) -> None:
        for row in api.get(name, {"limit": "1"}).json()["results"]:
            path = f"{name}/{row['id']}"
            known = api.get(path)["ETag"]
            assert api.get(path, if_none_match=known).status_code == 304
