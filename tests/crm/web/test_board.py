"""The board: outcomes of a kind by stage, moved by a form, nothing shown that is kept from the reader."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from crm.actions.stages import take_step
from crm.models import Account, Outcome
from crm.values.measures import Disclosure, OutcomeKind
from crm.values.stages import Stage
from tests.builders import Cast, make_outcome, system

SignIn = Callable[[Account], Client]


@pytest.fixture
def mou(cast: Cast) -> Outcome:
    made = make_outcome("철회된 협약", lead_unit=cast.unit)
    take_step(system(), made, Stage.WITHDRAWN, taken_on=date(2023, 5, 1), reason="철회 통보")
    make_outcome("예정된 협약", lead_unit=cast.unit)
    make_outcome("비공개 협약", lead_unit=cast.unit, disclosure_level=Disclosure.CLOSED)
    make_outcome("업무협약", kind=OutcomeKind.BUSINESS_MOU)
    return made


def lanes(answer: Any) -> dict[str, list[str]]:
    return {column.stage: [card.line.title for card in column.cards] for column in answer.context["page"].columns}


def test_every_stage_has_its_lane_and_every_outcome_its_place(officer: Client, mou: Outcome) -> None:
    found = lanes(officer.get("/outcomes/board/"))
    assert list(found) == ["planned", "invested", "plan_changed", "invested_elsewhere", "closed", "withdrawn"]
    assert sorted(found["planned"]) == ["비공개 협약", "예정된 협약"] and found["withdrawn"] == ["철회된 협약"]
    assert lanes(officer.get("/outcomes/board/?kind=business_mou"))["signed"] == ["업무협약"]


def test_the_stages_after_a_card_s_own_are_offered_first(officer: Client, mou: Outcome) -> None:
    columns = officer.get("/outcomes/board/?kind=business_mou").context["page"].columns
    offered = {column.stage: [stage for stage, _name in column.steps] for column in columns}
    assert offered["signed"] == ["in_progress", "fulfilled", "lapsed", "withdrawn"]
    assert offered["in_progress"] == ["fulfilled", "lapsed", "withdrawn", "signed"]
    assert offered["withdrawn"] == ["signed", "in_progress", "fulfilled", "lapsed"]


def test_a_card_is_moved_by_its_form_to_the_step_with_its_gate(officer: Client, mou: Outcome) -> None:
    page = officer.get("/outcomes/board/").content.decode()
    assert f'action="/outcomes/{mou.pk}/steps/new/"' in page
    assert officer.get(f"/outcomes/{mou.pk}/steps/new/?stage=invested").status_code == 200


def test_another_department_sees_neither_the_closed_nor_a_way_to_move(
    cast: Cast, mou: Outcome, signed_in: SignIn
) -> None:
    answer = signed_in(cast.outsider).get("/outcomes/board/")
    assert lanes(answer)["planned"] == ["예정된 협약"]
    assert "/steps/new/" not in answer.content.decode()


def test_filters_narrow_the_board(officer: Client, mou: Outcome) -> None:
    assert lanes(officer.get("/outcomes/board/", {"q": "예정"}))["withdrawn"] == []


def test_the_list_s_filters_go_along_to_the_board_and_back(officer: Client, mou: Outcome) -> None:
    query = "columns=title&q=%EC%98%88%EC%A0%95&signed_from=2023-01-01&sort=title&stage=planned"
    board = officer.get(officer.get(f"/outcomes/?{query}&page=1").context["page"].board)
    assert lanes(board)["planned"] == ["예정된 협약"]
    shown = board.context["page"]
    assert [word.text.split(":")[0] for word in shown.filters.words] == ["제목·당사자·문서번호", "체결일 시작"]
    without = officer.get(shown.filters.words[0].without)
    assert sorted(lanes(without)["planned"]) == ["비공개 협약", "예정된 협약"]
    assert shown.list == f"/outcomes/?{query}"
    other_kind = next(address for kind, _name, address, _is_here in shown.kinds if kind == "business_mou")
    assert "stage=" not in other_kind and "q=%EC%98%88%EC%A0%95" in other_kind
    assert officer.get("/outcomes/").context["page"].board == "/outcomes/board/"
