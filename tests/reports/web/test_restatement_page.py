"""The restatement page: opening and causes make the closing, and every number opens the entries that make it."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from crm.actions import ledger
from crm.actions.accounts import open_account, system_caller
from crm.values.measures import Role
from crm.values.periods import Quarter
from reports.web.pages.restatement import AskedRestatement, restatement_report
from tests.api.conftest import ApiClient, api, client_of  # noqa: F401
from tests.laws.scenarios import NOW, World, figure, make_world
from tests.reports.published import publish_quarterly
from tests.reports.traced import traced_sum

pytestmark = pytest.mark.django_db
EARLIER, LATER = "2023-03-02", "2023-05-31"


@pytest.fixture
def world() -> World:
    world = make_world()
    at = replace(world.caller, now=NOW + timedelta(days=30))
    ledger.correct_figure(at, world.money, figure(value=Decimal(900_000)), "오기")
    ledger.post_figure(replace(at, now=NOW + timedelta(days=60)), world.outcome, figure(value=Decimal(50_000)))
    return world


@pytest.fixture
def leader(world: World) -> Client:
    client = Client()
    reader = open_account(system_caller(NOW), None, username="leader", name="간부", role=Role.LEADERSHIP)
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, **query: str) -> str:
    answer = client.get("/reports/restatement/", {"period": "2023Q1", "from": EARLIER, "to": LATER, **query})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_bridge_of_an_amount_is_told_by_cause(leader: Client) -> None:
    text = page(leader)
    for told in ("1,000,000", "△100,000", "50,000", "950,000"):
        assert told in text, told


def test_every_number_opens_entries_that_add_up_to_it(leader: Client, world: World) -> None:
    from crm.permissions import EVERYTHING
    from crm.values.periods import parse_as_of

    asked = AskedRestatement(Quarter(2023, 1), parse_as_of(EARLIER), parse_as_of(LATER), "ko")
    report = restatement_report(asked, EVERYTHING)
    traced = 0
    for table in (table for section in report.sections for table in section.tables):
        for row in table.rows:
            for value, link in zip(row.values, row.links, strict=True):
                if link and value is not None:
                    traced += 1
                    assert leader.get(link).status_code == 200
                    assert traced_sum(link, in_won=table.key.endswith("krw")) == value, (table.key, link)
    assert traced >= 4


@pytest.mark.parametrize("format", ["xlsx", "pdf", "csv", "json"])
def test_it_is_a_file_too(leader: Client, format: str) -> None:
    asked = {"period": "2023Q1", "from": EARLIER, "to": LATER, "format": format}
    answer = leader.get("/reports/restatement/download/", asked)
    assert answer.status_code == 200
    assert len(answer.content) > 500


def test_what_changed_since_a_published_report(leader: Client, world: World) -> None:
    as_of = NOW + timedelta(days=1)
    late = replace(world.caller, now=NOW + timedelta(days=90))
    published = publish_quarterly(late, Quarter(2023, 1), as_of, "ko")
    text = leader.get("/reports/restatement/", {"publication": str(published.pk)}).content.decode()
    assert "1,000,000" in text and "950,000" in text


@pytest.mark.parametrize(
    "query", [{"from": "x"}, {"to": "2999-01-01"}, {"from": "2023-06-01"}, {"period": "2023Q9"}, {"from": "1999-01-01"}]
)
def test_what_cannot_be_compared_is_said(leader: Client, query: dict[str, str]) -> None:
    answer = leader.get("/reports/restatement/", {"period": "2023Q1", "from": EARLIER, "to": LATER, **query})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_nothing_asked_shows_the_form(leader: Client) -> None:
    assert leader.get("/reports/restatement/").status_code == 200


def test_the_api_tells_the_same(api: ApiClient, world: World) -> None:  # noqa: F811
    told = api.get("figures/restatement", {"period": "2023Q1", "from": EARLIER, "to": LATER}).json()
    (bridge,) = [one for one in told["bridges"] if one["measure"] == "money"]
    causes = dict(bridge["by_cause"])
    assert (bridge["opening"], bridge["closing"]) == ("1000000", "950000")
    assert Decimal(bridge["opening"]) + sum(map(Decimal, causes.values())) == Decimal(bridge["closing"])


def test_every_table_has_a_code_that_finds_the_same_bridge(leader: Client) -> None:
    codes = re.findall(r"<code>(T-[\w-]+)</code>", page(leader))
    assert len(codes) == 6
    for code in codes:
        found = leader.get("/reports/trace/", {"code": code.lower()})
        assert found.status_code == 302, code
        again = leader.get(found["Location"]).content.decode()
        assert f"<code>{code}</code>" in again and "△100,000" in again
    printed = leader.get(
        "/reports/restatement/download/", {"period": "2023Q1", "from": EARLIER, "to": LATER, "format": "json"}
    )
    assert codes[0] in printed.content.decode()
