"""What a page may run and load, as told to the browser with every kind of answer: ours and nothing inline."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.test.utils import override_settings

from crm.models import Account
from tests.builders import Cast

NOTHING, OURS = ["'none'"], ["'self'"]
OF_A_PAGE = {
    "script-src": OURS,
    "style-src": OURS,
    "font-src": OURS,
    "connect-src": OURS,
    "worker-src": OURS,
    "frame-src": OURS,
    "img-src": ["'self'", "data:"],
    "object-src": NOTHING,
    "base-uri": NOTHING,
    "form-action": OURS,
    "frame-ancestors": NOTHING,
}
# They do not fall back on default-src: a policy that leaves them out allows everything.
STAND_ALONE = {"base-uri", "form-action", "frame-ancestors"}


def allowed(policy: str) -> dict[str, list[str]]:
    """What each directive comes to, as a browser reads it: the first of a name counts, default-src stands in."""
    told: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split()
        told.setdefault(name.lower(), sources)
    default = told.get("default-src", ["*"])
    return {name: told.get(name, ["*"] if name in STAND_ALONE else default) for name in OF_A_PAGE}


@pytest.fixture
def ask(cast: Cast, signed_in: Callable[[Account], Client]) -> Callable[[str], tuple[int, str]]:
    def ask(address: str) -> tuple[int, str]:
        client = Client(raise_request_exception=False) if address in ("/login/", "/confirm/nothing/") else officer
        answer = client.get(address)
        assert answer["Content-Type"].startswith("text/html"), address
        return answer.status_code, answer["Content-Security-Policy"]

    officer = signed_in(cast.officer)
    officer.raise_request_exception = False
    return ask


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200), ("/outcomes/", 200), ("/outcomes/new/", 200), ("/booth/", 200), ("/reports/dashboard/", 200),
        ("/clients/", 403), ("/nothing/", 404), ("/login/", 200), ("/confirm/nothing/", 404),
    ],
)  # fmt: skip
def test_a_page_runs_and_loads_what_is_ours_and_nothing_inline(
    ask: Callable[[str], tuple[int, str]], address: str, status: int
) -> None:
    told, policy = ask(address)
    assert told == status
    assert "unsafe" not in policy and "//" not in policy and "*" not in policy
    assert allowed(policy) == OF_A_PAGE


def test_so_does_the_page_of_a_fault(ask: Callable[[str], tuple[int, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_fields: object) -> None:
        raise RuntimeError("a disk is full")

    monkeypatch.setattr("crm.web.views.outcomes.outcomes_page", fail)
    with override_settings(DEBUG=False):
        told, policy = ask("/outcomes/")
    assert told == 500
    assert allowed(policy) == OF_A_PAGE


def test_the_documentation_of_the_api_may_style_its_elements_and_nothing_more(
    ask: Callable[[str], tuple[int, str]],
) -> None:
    told, policy = ask("/api/docs/")
    assert told == 200
    assert allowed(policy) == OF_A_PAGE | {"style-src": ["'self'", "'unsafe-inline'"]}
