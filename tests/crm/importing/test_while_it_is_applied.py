"""While a sheet is applied, what its page says moves with the bar; taking it back takes what is written by then."""

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from crm.importing.applying import A_STEP
from crm.models import ImportBatch, Outcome
from crm.web.entrance import PageRequest
from crm.web.views.imports import step_back
from tests.builders import Cast
from tests.crm.importing.sheets import HEADINGS, book, bring, row

pytestmark = pytest.mark.django_db
ROWS = 2 * A_STEP + 20
IN_PLACE = {"HX-Request": "true"}


def begun(client: Client) -> str:
    """The address of a long sheet of which one step is applied."""
    bring(client, book(HEADINGS, *[row(number) for number in range(ROWS)]))
    address = f"/imports/{ImportBatch.objects.get().pk}/"
    client.post(f"{address}apply/", {"position": "0"})
    return address


def positions(page: str) -> list[str]:
    return re.findall(r'name="position" value="(\d+)"', page)


def test_nothing_outside_of_the_bar_says_how_far_it_is(officer: Client) -> None:
    address = begun(officer)
    whole = officer.get(address).content.decode()
    assert "행을 기록했습니다" not in whole and whole.count("모두 되돌리기") == 1
    step: Any = officer.post(f"{address}apply/", {"position": str(A_STEP)}, headers=IN_PLACE)
    moved = step.content.decode()
    assert positions(whole) == [str(A_STEP)] * 2 and positions(moved) == [str(2 * A_STEP)] * 2
    assert "모두 되돌리기" in moved
    officer.post(f"{address}apply/", {"position": str(2 * A_STEP)})
    assert f"{ROWS}행을 기록했습니다" in officer.get(address).content.decode()


def test_it_says_nothing_of_what_is_on_record_while_it_is_taken_back_either(officer: Client) -> None:
    address = begun(officer)
    officer.post(f"{address}apply/", {"position": str(A_STEP)})
    page = officer.post(f"{address}undo/", {"position": str(2 * A_STEP)}, follow=True).content.decode()
    assert f"{A_STEP}행을 더 되돌려야 합니다" in page and "행을 기록했습니다" not in page


def test_a_step_that_came_before_the_button_was_pressed_is_taken_back_too(officer: Client) -> None:
    address = begun(officer)
    officer.post(f"{address}apply/", {"position": str(A_STEP)})
    officer.post(f"{address}undo/", {"position": str(A_STEP)})
    assert ImportBatch.objects.get().state == "undoing"
    officer.post(f"{address}undo/", {"position": str(A_STEP)})
    assert ImportBatch.objects.get().state == "undone"
    assert not Outcome.objects.filter(archived_at=None).exists()


def test_a_step_that_comes_while_the_button_is_answered_is_taken_back_too(cast: Cast, officer: Client) -> None:
    address = begun(officer)
    as_it_was = ImportBatch.objects.get()
    officer.post(f"{address}apply/", {"position": str(A_STEP)})
    request: Any = RequestFactory().post(f"{address}undo/", {"position": str(A_STEP)})
    request.user = cast.officer
    pressed: PageRequest = request
    assert (step_back(pressed, as_it_was).state, ImportBatch.objects.get().position) == ("undoing", 2 * A_STEP)
