"""docs/api.md: every example of the guide is sent, in its order, and answered as the guide says."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from crm.values.measures import Role
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
_EXAMPLE = re.compile(r"```http\n(\w+) (\S+)\n(.*?)```\n→ (\d+)(.*)", re.DOTALL)
_TOLD = re.compile(r"`([^`]+)`")


def _examples() -> list[tuple[str, ...]]:
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()
    return [match.groups() for block in text.split("\n\n") if (match := _EXAMPLE.search(block))]


def _parts(rest: str) -> tuple[dict[str, str], str]:
    lines = rest.strip().split("\n") if rest.strip() else []
    named = [line for line in lines if re.fullmatch(r"[A-Z][A-Za-z-]+: .*", line)]
    headers = dict(line.split(": ", 1) for line in named)
    return headers, "\n".join(lines[len(named) :])


def test_every_example_is_answered_as_it_says(client_of: Any, world: World) -> None:
    examples = _examples()
    assert len(examples) == (settings.BASE_DIR / "docs" / "api.md").read_text().count("```http")
    key = client_of(Role.ADMINISTRATOR, ("read", "write", "feed")).token
    for method, address, rest, status, told in examples:
        headers, body = _parts(rest)
        answer = Client().generic(
            method,
            address,
            body,
            "application/json" if body else "",
            headers={"authorization": f"Bearer {key}", **headers},
        )
        assert answer.status_code == int(status), (method, address, answer.content.decode())
        for word in _TOLD.findall(told):
            name, _, value = word.partition(": ")
            assert answer[name] == value if value else answer.json()["type"].endswith(name), (address, word)


def test_the_guide_says_what_the_bulk_answer_looks_like(client_of: Any, world: World) -> None:
    rows = next(_parts(rest)[1] for _method, address, rest, *_told in _examples() if "/bulk/" in address)
    answer = client_of(Role.ADMINISTRATOR).post("bulk/organisations", json.loads(rows))
    assert [one["status"] for one in answer.json()["results"]] == [201, 422]
