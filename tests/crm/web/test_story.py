"""What became of an outcome: every moment with who and when, and what stood as of a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from crm.actions import outcomes
from crm.actions.attribution import Share, attribute_outcome
from crm.actions.base import Caller
from crm.actions.chains import link_chain, unlink_chain
from crm.actions.concurrence import withdraw_request
from crm.actions.confirmations import ask_partner, revoke_link
from crm.actions.documents import Upload, archive_document, attach_document, restore_document
from crm.actions.follow_ups import complete_follow_up, plan_follow_up, update_follow_up
from crm.actions.ledger import correct_figure, post_figure
from crm.actions.stages import take_step
from crm.models import Account, Concurrence, Outcome
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, Disclosure, FollowUpStatus, OutcomeKind, PartyRole
from crm.values.stages import Stage
from tests.builders import (
    Cast,
    figure,
    make_document,
    make_event,
    make_organisation,
    make_outcome,
    make_unit,
    money_of,
    system,
)
from tests.builders_concurrence import agree_all, make_exchange

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


def at(day: int) -> Caller:
    """Said on that day of August 2024."""
    return replace(system(), known_at=datetime(2024, 8, day, 3, tzinfo=UTC))


def test_evidence_is_told_with_who_attached_it(cast: Cast, officer: Client, outcome: Outcome) -> None:
    (paper,) = [m for m in told(officer, outcome).moments if m.what == "증빙"]
    assert paper.who == str(system().account)


def test_a_follow_up_stays_done_on_its_day_whatever_is_written_later(
    cast: Cast, officer: Client, outcome: Outcome
) -> None:
    task = plan_follow_up(at(1), title="착공 확인", outcome=outcome, assignee=cast.outsider)
    complete_follow_up(at(2), task, date(2024, 8, 1), "착공함")
    update_follow_up(at(5), task, result="3월에 착공함")
    (done,) = [m for m in told(officer, outcome, "2024-08-03").moments if m.what == "후속조치 완료"]
    assert (done.text, done.true_on, done.who) == ("착공 확인 · 착공함", "2024. 8. 1.", str(system().account))
    update_follow_up(at(7), task, status=FollowUpStatus.OPEN, done_on=None, result="")
    assert [m.what for m in told(officer, outcome, "2024-08-07").moments][:2] == ["후속조치 다시 열기", "후속조치 완료"]


def test_what_it_was_called_whose_it_was_and_that_it_was_put_away_is_told(officer: Client, outcome: Outcome) -> None:
    company = make_organisation("㈜솔")
    outcomes.update_outcome(at(1), outcome, title="㈜솔 공장 협약")
    outcomes.update_outcome(at(2), outcome, outcomes.Circle(parties=[(company, PartyRole.INVESTOR)]))
    attribute_outcome(at(3), outcome, [Share(AttributionRole.ORIGINATED, Decimal(100), event=make_event("전시회"))])
    attribute_outcome(at(4), outcome, [])
    outcomes.update_outcome(at(5), outcome, outcomes.Circle(parties=[]))
    outcomes.archive_outcome(replace(at(6), reason="이중 기록"), Outcome.objects.get(pk=outcome.pk), "이중 기록")
    outcomes.restore_outcome(replace(at(7), reason="착오"), Outcome.objects.get(pk=outcome.pk), "착오")
    said = [(m.what, m.text) for m in told(officer, outcome).moments if m.when.startswith("2024. 8.")]
    assert [one for one in reversed(said) if not one[0].startswith(("기록", "수치"))] == [
        ("제목 변경", "㈜솔 투자협약 → ㈜솔 공장 협약"),
        ("당사자 추가", "㈜솔 (투자자)"),
        ("귀속 비율 기록", "전시회 (발굴) 100 %"),
        ("귀속 비율 삭제", "전시회 (발굴) 100 %"),
        ("당사자 삭제", "㈜솔 (투자자)"),
        ("보관", "이중 기록"),
        ("복원", "착오"),
    ]


def done_on(day: int) -> Caller:
    """At that day of September 2024."""
    return replace(system(), now=datetime(2024, 9, day, 3, tzinfo=UTC))


def marks(client: Client, outcome: Outcome, day: int) -> list[tuple[str, str]]:
    """What is told as of that day of September 2024, the first first, with how it is marked."""
    said = told(client, outcome, f"2024-09-{day:02}").moments
    return [(m.what, m.mark) for m in reversed(said) if m.what not in ("기록됨", "당사자 추가")]


@pytest.fixture
def recent(cast: Cast) -> Outcome:
    """On record since the first of September 2024, with one party."""
    circle = outcomes.Circle(parties=[(make_organisation("㈜솔"), PartyRole.INVESTOR)])
    fields = {"kind": OutcomeKind.INVESTMENT_MOU, "title": "㈜솔 투자협약", "signed_on": date(2023, 1, 7)}
    return outcomes.record_outcome(
        done_on(1),
        outcomes.Testimony("보도자료"),
        circle,
        lead_unit=cast.unit,
        disclosure_level=Disclosure.OPEN,
        **fields,
    )


def test_evidence_stands_on_the_days_before_it_was_archived(officer: Client, recent: Outcome) -> None:
    fields = {"title": "협약서 사본", "grade": Grade.SIGNED_DOCUMENT, "outcome": recent}
    paper = attach_document(done_on(2), Upload("협약서.pdf", b"%PDF-1.4"), **fields)
    archive_document(done_on(4), paper, "다른 협약의 문서")
    restore_document(done_on(6), paper)
    archive_document(done_on(8), paper, "다시 확인함")
    assert marks(officer, recent, 3) == [("증빙", "")]
    assert marks(officer, recent, 4) == [("증빙", "보관"), ("증빙 보관", "")]
    assert marks(officer, recent, 6) == [("증빙", ""), ("증빙 보관", ""), ("증빙 복원", "")]
    assert marks(officer, recent, 8)[0] == ("증빙", "보관")
    (_again, _back, gone, _came, *_rest) = told(officer, recent, "2024-09-08").moments
    assert (gone.text, gone.who) == ("협약서 사본 (서명 문서) · 다른 협약의 문서", str(system().account))
    assert "다른 협약의 문서" in officer.get(f"/outcomes/{recent.pk}/story/").content.decode()


def test_a_request_that_was_taken_back_was_asked_before(officer: Client, recent: Outcome) -> None:
    circle = outcomes.Circle(cooperating_units=[make_unit("기후환경국")])
    outcomes.update_outcome(done_on(2), recent, circle)
    withdraw_request(done_on(4), Concurrence.objects.get(outcome=recent), "잘못 요청함")
    assert marks(officer, recent, 3)[-1] == ("협조 요청", "")
    assert marks(officer, recent, 4)[-2:] == [("협조 요청", "요청 취소"), ("협조 요청 취소", "")]
    gone = told(officer, recent, "2024-09-04").moments[0]
    assert (gone.text, gone.who) == ("기후환경국 · 잘못 요청함", str(system().account))


def test_an_answer_that_an_edit_closed_was_given_before(cast: Cast, signed_in: SignIn) -> None:
    exchange = make_exchange()
    agree_all(exchange)
    outcomes.update_outcome(system(), exchange.now(), title="다른 이름")
    said = [(m.what, m.mark) for m in told(signed_in(exchange.drafter), exchange.outcome).moments]
    for what in (
        ("협조 요청", "효력 상실"),
        ("협조 회신", "효력 상실"),
        ("협조 회신 효력 상실", ""),
        ("협조 요청", ""),
    ):
        assert what in said


def test_a_link_that_was_revoked_was_open_before(officer: Client, recent: Outcome) -> None:
    link, _token = ask_partner(done_on(2), recent, recent.parties.get().organisation)
    revoke_link(done_on(4), link)
    assert marks(officer, recent, 3) == [("기업 확인 요청", "")]
    assert marks(officer, recent, 4) == [("기업 확인 요청", "취소됨"), ("기업 확인 링크 취소", "")]
    assert told(officer, recent).moments[0].who == str(system().account)


def test_what_it_came_of_and_led_to_is_told_to_those_who_see_it(
    cast: Cast, signed_in: SignIn, outcome: Outcome
) -> None:
    closed = make_outcome("비공개 협약", lead_unit=cast.unit, disclosure_level=Disclosure.CLOSED)
    link_chain(at(1), from_outcome=make_outcome("양해각서"), to_outcome=outcome)
    link = link_chain(at(2), from_outcome=outcome, to_outcome=closed)
    unlink_chain(at(3), link, "다른 사업")
    for account, whose in ((cast.officer, "비공개 협약"), (cast.outsider, "")):
        said = [(m.what, m.text) for m in reversed(told(signed_in(account), outcome).moments)]
        chain = [one for one in said if one[0] in ("모체", "이어짐", "연결 삭제")]
        kept = [("이어짐", whose), ("연결 삭제", f"{whose} · 다른 사업")] if whose else []
        assert chain == [("모체", "양해각서"), *kept]


def test_however_much_became_of_it_twelve_queries_tell_it(
    cast: Cast, officer: Client, outcome: Outcome, django_assert_max_num_queries: Any
) -> None:
    for n in range(1, 9):
        complete_follow_up(at(n), plan_follow_up(at(n), title=f"{n}", outcome=outcome), date(2024, 8, n), "됨")
        link_chain(at(n), from_outcome=outcome, to_outcome=make_outcome(f"협약 {n}", lead_unit=make_unit(f"{n}부")))
        make_document(outcome, b"%PDF-1.4" + bytes(n))
        archive_document(system(), make_document(outcome, b"%PDF-1.5" + bytes(n)), "이중 등록")
    with django_assert_max_num_queries(12):
        told(officer, outcome)


def test_a_day_that_is_none_says_so_at_its_field(officer: Client, outcome: Outcome, text: Any) -> None:
    page = officer.get(f"/outcomes/{outcome.pk}/story/?as_of=2023-99-99").content.decode()
    assert "기준일은 1990년부터 오늘까지" in text(officer.get(f"/outcomes/{outcome.pk}/story/?as_of=12345-01-01"))
    assert 'role="alert"' in page and 'href="#id_as_of"' in page and 'aria-describedby="id_as_of_error"' in page
    assert "2023-03-31과 같이" in page and 'value="2023-99-99"' in page


def test_it_is_kept_from_those_who_do_not_see_the_values(cast: Cast, signed_in: SignIn) -> None:
    partly = make_outcome(lead_unit=cast.unit, disclosure_level=Disclosure.PARTLY)
    other = signed_in(cast.outsider)
    assert other.get(f"/outcomes/{partly.pk}/story/").status_code == 403
    assert "/story/" not in other.get(f"/outcomes/{partly.pk}/").content.decode()
