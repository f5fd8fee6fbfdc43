"""The quarter's figures by the API: the very numbers of the report, as they were known."""

import pytest

from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_the_quarter_is_told_as_of_now(api: ApiClient, world: World) -> None:
    told = api.get("figures/quarterly", {"period": "2023Q1"}).json()
    assert (told["period"], told["quarter"]["first_day"]) == ("2023Q1", "2023-01-01")
    (row,) = [row for row in told["quarter"]["money"] if row["kind"] == "investment_mou"]
    assert (row["series"], row["currency"], row["total"]) == ("announced", "USD", "1000000")
    assert str(world.money.pk) in {entry["id"] for entry in told["entries"]}


def test_a_role_that_may_export_may_ask(client_of, world: World) -> None:  # type: ignore[no-untyped-def]
    assert client_of(scopes=("read",)).get("figures/quarterly", {"period": "2023Q1"}).status_code == 200
    problem_of(client_of(scopes=("write",)).get("figures/quarterly", {"period": "2023Q1"}), 403)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, "period"),
        ({"period": ""}, "period"),
        ({"period": "2023"}, "period"),
        ({"period": "2023Q5"}, "period"),
        ({"period": "2999Q1"}, "period"),
        ({"period": "2023Q1", "as_of": "x"}, "as_of"),
        ({"period": "2023Q1", "as_of": "2023-02-30"}, "as_of"),
        ({"period": "2023Q1", "as_of": "0001-01-01T00:00:00+23:59"}, "as_of"),
        ({"period": "2023Q1", "colour": "blue"}, "colour"),
        ({"period": ["2023Q1", "2023Q2"]}, "period"),
    ],
)
def test_a_question_that_is_malformed_is_refused(
    api: ApiClient, world: World, query: dict[str, str], parameter: str
) -> None:
    ((pointer, _code),) = refused(api.get("figures/quarterly", query), 400)
    assert pointer == f"?{parameter}"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"period": "2090Q1"}, "period"),
        ({"period": "2023Q1", "as_of": "2090-01-01"}, "as_of"),
        ({"period": "2023Q1", "as_of": "2000-01-01"}, "as_of"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    api: ApiClient, world: World, query: dict[str, str], parameter: str
) -> None:
    assert refused(api.get("figures/quarterly", query), 422) == {(f"?{parameter}", "not_answerable")}


def test_the_refusal_speaks_the_client_s_language(api: ApiClient) -> None:
    answer = api.get("figures/quarterly", {"period": "x"}, accept_language="ko")
    assert problem_of(answer, 400)["detail"] == "분기는 2023Q1과 같이 적으십시오."
