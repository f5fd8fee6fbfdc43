"""How a body is read: strictly, and never with a crash."""

from typing import Any

import pytest
from django.test import Client

from tests.api.answers import contract, problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES, WRITABLE
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db

NOBODY = "01890000-0000-7000-8000-00000000ffff"
JUNK: list[Any] = [
    None, True, 10**30, 1.5, "", " ", "\ud800", "가" * 5000, "0001-01-01", "9999-12-31", "9" * 40, NOBODY, [None], [{}],
    {"a": 1},
]  # fmt: skip
# What is read alike in a new record and in a change is tried in the change.
JUNK_OF_A_NEW_ONE: list[Any] = [None, 10**30, "\ud800", "0001-01-01", [{}]]


def sent(api: ApiClient, content: bytes, **how: Any) -> Any:
    headers = {"authorization": f"Bearer {api.token}"}
    kind = how.pop("content_type", "application/json")
    return Client(raise_request_exception=False).post("/api/v1/events", content, kind, headers=headers, **how)


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
     ("outcomes", "lead_unit", ""), ("outcomes", "code", " ")],
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
