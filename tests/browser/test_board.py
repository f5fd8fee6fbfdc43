"""The board by mouse: a card is dragged to a lane that its own select offers, which asks what the step takes; dropped
anywhere else it stays as it was."""

import re

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from crm.actions.stages import take_step
from crm.models import Outcome
from crm.values.stages import Stage
from tests.browser.people import sign_in
from tests.builders import system

OPEN = "/outcomes/board/"


@pytest.fixture
def outcome(site: str) -> Outcome:
    return Outcome.objects.get(code="o2-sol")


@pytest.fixture
def board(page: Page, site: str, outcome: Outcome) -> Page:
    sign_in(page, site)
    page.goto(site + OPEN)
    return page


def lane(board: Page, stage: str) -> Locator:
    return board.locator(f".lane[data-stage={stage}]")


def card(board: Page, outcome: Outcome) -> Locator:
    return board.locator(".cards li").filter(has_text=outcome.title)


def steps_asked(board: Page) -> list[str]:
    """The addresses of steps that are asked for from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/steps/new/" in request.url:
            asked.append(request.url)

    board.on("request", note)
    return asked


def test_a_card_is_dragged_to_the_form_of_the_step_and_moved_by_it(board: Page, site: str, outcome: Outcome) -> None:
    # By its title, which is a link: it is the card that goes.
    card(board, outcome).get_by_role("link").drag_to(lane(board, "plan_changed"))
    expect(board.get_by_role("heading", level=1)).to_have_text("단계 이동 기록")
    expect(board).to_have_url(f"{site}/outcomes/{outcome.pk}/steps/new/?stage=plan_changed")
    expect(board.locator("#id_stage")).to_have_value("plan_changed")

    # What the step takes is still the server's to say, and nothing has moved before it is content.
    board.get_by_role("button", name="단계 이동", exact=True).click()
    expect(board.locator("#content .error").first).to_be_visible()
    outcome.refresh_from_db()
    assert outcome.stage == "planned"

    board.get_by_label("사유").fill("부지 변경")
    board.get_by_role("button", name="단계 이동", exact=True).click()
    expect(board.locator(".messages")).to_contain_text("사업계획 변경")
    board.goto(site + OPEN)
    expect(lane(board, "plan_changed").locator(".cards")).to_contain_text(outcome.title)


def test_what_others_changed_after_the_drop_is_not_overwritten(board: Page, outcome: Outcome) -> None:
    card(board, outcome).drag_to(lane(board, "plan_changed"))
    board.get_by_label("사유").fill("부지 변경")
    take_step(system(), outcome, Stage.WITHDRAWN, taken_on=outcome.signed_on, reason="철회 통보")
    board.get_by_role("button", name="단계 이동", exact=True).click()
    expect(board.locator("#content .error").first).to_be_visible()
    outcome.refresh_from_db()
    assert outcome.stage == "withdrawn"


def test_only_the_lanes_of_the_card_s_own_select_take_it(board: Page, outcome: Outcome) -> None:
    moving, asked = card(board, outcome), steps_asked(board)
    # The script knows no stages: what is not offered is not taken.
    moving.locator("option[value=plan_changed]").evaluate("option => option.remove()")
    chosen = moving.locator("select").input_value()
    board.evaluate("() => document.addEventListener('dragend', () => { document.body.append('놓았다 '); })")
    elsewhere = (
        lane(board, "plan_changed"),
        lane(board, "planned").get_by_role("heading"),
        board.get_by_role("heading", level=1),
    )
    for count, place in enumerate(elsewhere, 1):
        moving.drag_to(place)
        expect(board.locator("body")).to_contain_text("놓았다 " * count)
    expect(lane(board, "planned").locator(".cards")).to_contain_text(outcome.title)
    expect(moving.locator("select")).to_have_value(chosen)
    moving.drag_to(lane(board, "invested"))
    expect(board.locator("#id_stage")).to_have_value("invested")
    assert [address.rsplit("=")[-1] for address in asked] == ["invested"]


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_lanes_that_take_a_card_are_framed_while_it_is_dragged(board: Page, outcome: Outcome, look: str) -> None:
    board.locator(f".looks button[value={look}]").click()
    expect(board.locator(f"html[data-look={look}]")).to_be_attached()
    card(board, outcome).hover()
    board.mouse.down()
    lane(board, "planned").get_by_role("heading").hover()
    for stage in ("invested", "plan_changed", "invested_elsewhere", "closed", "withdrawn"):
        expect(lane(board, stage)).to_have_css("outline-style", "dashed")
    expect(lane(board, "planned")).to_have_css("outline-style", "none")
    for _each in "enters", "is over":
        lane(board, "invested").hover()
    expect(lane(board, "invested")).to_have_css("outline-style", "solid")
    for _each in "enters", "is over":
        lane(board, "planned").get_by_role("heading").hover()
    expect(lane(board, "invested")).to_have_css("outline-style", "dashed")
    board.mouse.up()
    expect(lane(board, "invested")).to_have_css("outline-style", "none")
    expect(board).to_have_url(re.compile(f"{OPEN}$"))


def test_a_card_that_the_reader_may_not_move_is_not_dragged(page: Page, site: str, outcome: Outcome) -> None:
    sign_in(page, site, "leader")
    page.goto(site + OPEN)
    asked = steps_asked(page)
    expect(card(page, outcome)).to_be_visible()
    expect(page.locator(".cards [draggable=true]")).to_have_count(0)
    card(page, outcome).drag_to(lane(page, "plan_changed"))
    expect(lane(page, "planned").locator(".cards")).to_contain_text(outcome.title)
    assert asked == []
