"""What became of an outcome: every moment with who and when, and what stood as of a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from crm.actions import outcomes
from crm.actions.base import Caller
from crm.actions.ledger import correct_figure, post_figure
from crm.actions.stages import take_step
from crm.models import Account, Outcome
from crm.values.measures import Disclosure, OutcomeKind
from crm.values.stages import Stage
from tests.builders import Cast, figure, make_document, make_outcome, money_of, system

Text = Callable[[Any], str]
SignIn = Callable[[Account], Client]


def on(month: int) -> Caller:
    """Known since the first of that month of 2024."""
    return replace(system(), known_at=datetime(2024, month, 1, 3, tzinfo=UTC))


@pytest.fixture
def outcome(cast: Cast) -> Outcome:
    """Known in January 2024, posted in March, corrected in May, withdrawn in July."""
    fields = {"kind": OutcomeKind.INVESTMENT_MOU, "title": "㈜솔 투자협약", "signed_on": date(2023, 1, 7)}
    made = outcomes.record_outcome(on(1), outcomes.Testimony("보도자료"), lead_unit=cast.unit, **fields)
    post_figure(on(3), Outcome.objects.get(pk=made.pk), figure(900))
    correct_figure(on(5), money_of(made), figure(700), "오기")
    take_step(on(7), Outcome.objects.get(pk=made.pk), Stage.WITHDRAWN, taken_on=date(2023, 6, 1), reason="철회 통보")
    make_document(made)
    return Outcome.objects.get(pk=made.pk)


def told(client: Client, outcome: Outcome, as_of: str = "") -> Any:
    return client.get(f"/outcomes/{outcome.pk}/story/", {"as_of": as_of}).context["page"]


@pytest.mark.parametrize(
    ("as_of", "stood", "stage"),
    [
        ("2024-02-01", (), "투자예정"),
        ("2024-03-01", ("협약·발표 USD 900",), "투자예정"),
        ("2024-05-01", ("협약·발표 USD 700",), "투자예정"),
        ("2024-07-01", ("협약·발표 USD 700",), "철회"),
    ],
)
def test_what_stood_as_of_a_day(
    officer: Client, outcome: Outcome, as_of: str, stood: tuple[str, ...], stage: str
) -> None:
    page = told(officer, outcome, as_of)
    assert (page.stood, page.stage) == (stood, stage)


def test_every_moment_is_told_with_who_and_why_the_latest_first(officer: Client, outcome: Outcome) -> None:
    moments = told(officer, outcome).moments
    assert [m.what for m in moments] == ["증빙", "추진단계", "수치 정정", "수치 등록", "기록됨"]
    _paper, step, corrected, *_rest = moments
    assert "철회 통보" in step.text and step.true_on == "2023. 6. 1."
    assert "오기" in corrected.text and corrected.who


def test_a_day_that_is_none_says_so_at_its_field(officer: Client, outcome: Outcome) -> None:
    page = officer.get(f"/outcomes/{outcome.pk}/story/?as_of=2023-99-99").content.decode()
    assert 'role="alert"' in page and 'href="#id_as_of"' in page and 'aria-describedby="id_as_of_error"' in page
    assert "2023-03-31과 같이" in page and 'value="2023-99-99"' in page


def test_it_is_kept_from_those_who_do_not_see_the_values(cast: Cast, signed_in: SignIn) -> None:
    partly = make_outcome(lead_unit=cast.unit, disclosure_level=Disclosure.PARTLY)
    other = signed_in(cast.outsider)
    assert other.get(f"/outcomes/{partly.pk}/story/").status_code == 403
    assert "/story/" not in other.get(f"/outcomes/{partly.pk}/").content.decode()
