"""How a body is read: strictly, and never with a crash."""

from typing import Any

import pytest
from django.test import Client

from api.registry import RESOURCES as VIEWS
from crm.models import AccessLog, Event
from tests.api.answers import contract, problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES, WRITABLE
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db

BULK = [name for name in WRITABLE if hasattr(VIEWS[name], "put_named")]
NOBODY = "01890000-0000-7000-8000-00000000ffff"
JUNK: list[Any] = [
    None, True, 10**30, 1.5, "", " ", "\ud800", "\0", "가" * 5000, "0001-01-01", "9999-12-31", "9" * 40, NOBODY, [None], [{}],
    {"a": 1},
]  # fmt: skip
# What is read alike in a new record and in a change is tried in the change.
JUNK_OF_A_NEW_ONE: list[Any] = [None, 10**30, "\ud800", "0001-01-01", [{}]]


def sent(api: ApiClient, content: bytes, **how: Any) -> Any:
    headers = {"authorization": f"Bearer {api.token}"}
    kind, path = how.pop("content_type", "application/json"), how.pop("to", "events")
    return Client(raise_request_exception=False).post(f"/api/v1/{path}", content, kind, headers=headers, **how)


def test_a_body_is_read(api: ApiClient) -> None:
    content = '{"kind": "briefing", "name": "보고회", "starts_on": "2023-02-07"}'.encode()
    for kind in ("application/json", "application/json; charset=utf-8"):
        assert sent(api, content, content_type=kind).status_code == 201


def test_a_change_comes_as_json_or_as_merge_patch(api: ApiClient, world: World) -> None:
    path, version = f"events/{world.event.pk}", world.event.version
    for number, kind in enumerate(("application/json", "application/merge-patch+json")):
        changed = api.send("patch", path, {"city": kind}, {"if_match": f'"{version + number}"'}, content_type=kind)
        assert changed.json()["city"] == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"{} {}", b'{"name": NaN}', b"\xff\xfe", "{}".encode("utf-16"), b"[" * 100_000, b'{"a":' * 50_000,
     b'{"name": "a", "name": "b"}', b'{"name": ' + b"9" * 5000 + b"}", b"\xef\xbb\xbf{}"],
)  # fmt: skip
def test_what_is_not_json_is_malformed(api: ApiClient, content: bytes) -> None:
    problem_of(sent(api, content), 400)


def test_a_length_that_is_no_number_is_malformed(api: ApiClient) -> None:
    problem_of(sent(api, b"{}", CONTENT_LENGTH="many"), 400)


@pytest.mark.parametrize("content", [b"[]", b'"x"', b"3", b"null"])
def test_a_body_that_is_no_object_is_invalid(api: ApiClient, content: bytes) -> None:
    problem_of(sent(api, content), 422)


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/plain", "", "application/merge-patch+json"]
)
def test_another_content_type_is_not_read(api: ApiClient, kind: str) -> None:
    problem_of(sent(api, b"{}", content_type=kind), 415)


def test_a_body_over_two_megabytes_is_refused(api: ApiClient) -> None:
    problem_of(api.post("events", {"name": "x" * 2_200_000}), 413)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [("programmes", "name", 5), ("programmes", "name", 1.5), ("participations", "from_region", "yes"),
     ("outcomes", "term_years", "5"), ("outcomes", "term_years", True), ("outcomes", "also_called", [5]), ("programmes", "size_amount", "1_000"),
     ("programmes", "size_amount", "１２"), ("programmes", "size_amount", " 5"),
     ("outcomes", "lead_unit", ""), ("outcomes", "code", " "), ("programmes", "name", "\t" + "가" * 200),
     ("outcomes", "also_called", [" " * 500 + "가"])],
)  # fmt: skip
def test_nothing_is_converted_silently(api: ApiClient, world: World, name: str, field: str, value: Any) -> None:
    ((pointer, _code),) = refused(api.post(name, {**RESOURCES[name].body(world), field: value}))
    assert pointer.startswith(f"/{field}")


@pytest.mark.parametrize(("given", "back"), [(10_000_000, "10000000"), ("10000000.00", "10000000"), ("0.5", "0.5")])
def test_exact_numbers_come_back_without_exponent_and_zeros(api: ApiClient, given: Any, back: str) -> None:
    made = api.post("programmes", {"name": "AI", "size_amount": given, "size_currency": "KRW"})
    assert made.json()["size_amount"] == back


def test_a_name_that_utf_8_cannot_tell_is_told_escaped(api: ApiClient) -> None:
    assert ("/\\ud800", "unknown_field") in refused(sent(api, b'{"\\ud800": 1}'))


@pytest.mark.parametrize("name", WRITABLE)
def test_no_value_of_any_field_ends_in_a_crash(api: ApiClient, world: World, name: str) -> None:
    fields = contract()["components"]["schemas"][_written(name)]["properties"]
    for field in fields:
        for junk in JUNK_OF_A_NEW_ONE:
            answer = api.post(name, {**RESOURCES[name].body(world), field: junk})
            assert answer.status_code in (201, 409, 422), (field, junk, answer.content)


@pytest.mark.parametrize("name", WRITABLE)
def test_no_change_of_any_field_ends_in_a_crash(api: ApiClient, world: World, name: str) -> None:
    made = api.post(name, RESOURCES[name].body(world)).json()
    path, tag = f"{name}/{made['id']}", '"1"'
    for field in contract()["components"]["schemas"][f"Patched{_written(name)}"]["properties"]:
        for junk in JUNK:
            answer = api.patch(path, {field: junk}, if_match=tag)
            assert answer.status_code in (200, 409, 422), (field, junk, answer.content)
            tag = answer["ETag"] if answer.status_code == 200 else tag


@pytest.mark.parametrize("name", BULK)
def test_no_row_of_a_batch_ends_in_a_crash(api: ApiClient, world: World, name: str) -> None:
    body, fields = RESOURCES[name].body(world), contract()["components"]["schemas"][_written(name)]["properties"]
    made = api.post(name, body).json()["id"]
    names = [{"source": "kotra", "value": "1"} | {part: junk} for part in ("source", "value") for junk in JUNK]
    strange = [
        *({**body, field: junk} for field in fields for junk in JUNK_OF_A_NEW_ONE),
        *({"id": made, field: junk} for field in fields for junk in JUNK if field != "id"),
        *({**body, field: junk} for field in ("id", "version", "external_id") for junk in JUNK),
        *({**body, "external_id": one} for one in names),
    ]
    for start in range(0, len(strange), 1000):
        answer = api.post(f"bulk/{name}", {"rows": strange[start : start + 1000]})
        assert answer.status_code == 200, answer.content
        statuses = {result["status"] for result in answer.json()["results"]}
        assert statuses <= {200, 201, 404, 409, 412, 422}, statuses


@pytest.mark.parametrize("value", ["\ud800", "\0", "가\0", " ", ""])
def test_what_can_be_no_name_is_named_in_its_row(api: ApiClient, value: str) -> None:
    row = {"name": "㈜하나", "external_id": {"source": "kotra", "value": value}}
    answer = api.post("bulk/organisations", {"rows": [{"name": "㈜둘"}, row]})
    assert answer.status_code == 200, answer.content
    first, second = answer.json()["results"]
    assert (first["status"], second["status"]) == (201, 422)
    assert [error["pointer"] for error in second["errors"]] == ["/rows/1/external_id"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"rows": ' + b"[" * 100_000, b'{"rows": [{"name": NaN}]}']
)
def test_a_batch_that_is_not_json_is_malformed(api: ApiClient, content: bytes) -> None:
    problem_of(sent(api, content, to="bulk/events"), 400)


@pytest.mark.parametrize("depth", [10, 500, 900])
def test_what_is_nested_deeply_is_refused_like_any_other_value(api: ApiClient, world: World, depth: int) -> None:
    deep = b'{"a":' * depth + b"1" + b"}" * depth
    assert sent(api, b'{"kind": "briefing", "name": ' + deep + b"}").status_code in (400, 422)
    answer = sent(api, b'{"rows": [{"kind": "briefing", "name": ' + deep + b"}]}", to="bulk/events")
    assert answer.status_code == 400 or answer.json()["results"][0]["status"] == 422, answer.content


@pytest.mark.parametrize("number", [0, 1001])
def test_a_batch_has_one_to_a_thousand_rows(api: ApiClient, number: int) -> None:
    assert refused(api.post("bulk/events", {"rows": [{}] * number})) == {("/rows", "invalid")}


@pytest.mark.parametrize("reason", ["%00", "가%00나", "%ED%A0%80", "\xed\xa0\x80"])
def test_a_reason_that_cannot_be_kept_ends_in_no_crash(api: ApiClient, world: World, reason: str) -> None:
    path, tag = f"events/{world.event.pk}", f'"{world.event.version}"'
    answer = api.patch(path, {"city": "나주"}, if_match=tag, x_reason=reason)
    assert answer.status_code == 200, answer.content
    kept = Event.history.filter(id=world.event.pk).latest().history_change_reason
    assert kept.isprintable() and ("가" in reason) == (kept == "가나")
    shown = api.get(f"contacts/{world.contact.pk}", x_purpose=reason)
    assert shown.status_code == 200 and AccessLog.objects.get().purpose.isprintable()


def _written(name: str) -> str:
    operation = contract()["paths"][f"/api/v1/{name}"]["post"]
    reference: str = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return reference.rsplit("/", 1)[1]


def test_who_was_refused_before_decides_no_language(api: ApiClient) -> None:
    """What a field says is worded by the framework once, and the next client may read another language."""
    body = {"name": "회사", "region": "가" * 5000}
    said = [
        api.post("organisations", body, accept_language=language).json()["errors"][0]["detail"]
        for language in ("ko", "en", "ko")
    ]
    assert said[0] == said[2] and said[1].isascii() and not said[0].isascii()


@pytest.mark.parametrize(
    ("name", "amount", "currency"),
    [("programmes", "size_amount", "size_currency"), ("participations", "support_amount", "support_currency")],
)
def test_an_amount_has_a_currency_that_there_is(
    api: ApiClient, world: World, name: str, amount: str, currency: str
) -> None:
    body = {key: value for key, value in RESOURCES[name].body(world).items() if key not in (amount, currency)}
    for bad in ({amount: "5"}, {amount: "5", currency: "QQQ"}, {currency: "won"}):
        assert refused(api.post(name, {**body, **bad})) == {(f"/{currency}", "invalid")}
    made = api.post(name, {**body, amount: "5", currency: "KRW"}).json()
    place = f"{name}/{made['id']}"
    assert refused(api.patch(place, {currency: ""}, if_match='"1"')) == {(f"/{currency}", "invalid")}
    assert api.patch(place, {amount: None, currency: ""}, if_match='"1"').status_code == 200
