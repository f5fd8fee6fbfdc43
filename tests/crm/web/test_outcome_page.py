"""One outcome: its head, what stands now, the whole ledger, evidence, follow-ups, history."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.utils import timezone

from crm.actions import fx, ledger, outcomes
from crm.queries.standing_entries import standing_entries
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, Measure, OutcomeKind, PartyRole, Series
from tests.builders import (
    Cast,
    figure,
    make_document,
    make_event,
    make_follow_up,
    make_organisation,
    make_outcome,
    money_of,
    system,
)

Text = Callable[[Any], str]


def test_the_head_says_what_was_agreed(cast: Cast, officer: Client, text: Text) -> None:
    outcome = make_outcome(
        parties=[(make_organisation("㈜솔"), PartyRole.INVESTOR)],
        event=make_event(),
        lead_unit=cast.unit,
        cooperating=[cast.other_unit],
        also_called=["업무협약"],
        signed_at_place="Las Vegas",
    )
    page = text(officer.get(f"/outcomes/{outcome.pk}/"))
    for said in ("투자협약", "㈜솔", "CES 2023", "2023. 1. 7. · Las Vegas", "인공지능산업국", "기후환경국", "업무협약"):
        assert said in page


def test_an_annual_amount_stands_in_its_own_column_and_its_total_is_unknown(officer: Client, text: Text) -> None:
    annual = figure(10_000_000, series=Series.COMMITTED, basis=Basis.ANNUAL, as_reported="연간 1천만 달러")
    outcome = make_outcome(kind=OutcomeKind.EXPORT_CONTRACT, figures=[annual])

    answer = officer.get(f"/outcomes/{outcome.pk}/")

    (group,) = answer.context["page"].groups
    (value,) = group.values
    assert (value.total, value.annual, value.total_unknown) == ("", "USD 10,000,000", True)
    assert "총액 미상" in text(answer) and "“연간 1천만 달러”" in text(answer)


def test_values_of_different_series_stand_apart_and_are_never_added(officer: Client, text: Text) -> None:
    figures = [
        figure(7_000_000),
        figure(2_000_000, series=Series.COMMITTED),
        figure(20, measure=Measure.JOBS, currency="", approximate=True),
    ]
    outcome = make_outcome(kind=OutcomeKind.DEFINITIVE_AGREEMENT, figures=figures)

    answer = officer.get(f"/outcomes/{outcome.pk}/")

    shown = [(g.series, g.measure, [v.total for v in g.values]) for g in answer.context["page"].groups]
    assert shown == [
        ("협약·발표", "금액", ["USD 7,000,000"]),
        ("협약·발표", "고용", ["약 20"]),
        ("계약 체결", "금액", ["USD 2,000,000"]),
    ]
    assert "9,000,000" not in text(answer)


def test_the_ledger_keeps_what_was_corrected_and_links_the_two(officer: Client) -> None:
    outcome = make_outcome(figures=[figure(10_000_000)])
    first = money_of(outcome)
    ledger.correct_figure(system(), first, figure(9_000_000), "오기")

    answer = officer.get(f"/outcomes/{outcome.pk}/")

    body = answer.content.decode()
    reversal = outcome.entries.get(reverses=first)
    assert f'<tr id="entry-{first.pk}" class="undone">' in body
    assert f'<tr id="entry-{reversal.pk}" class="reversal">' in body
    assert f'href="#entry-{reversal.pk}"' in body and f'href="#entry-{first.pk}"' in body
    assert [v.total for v in answer.context["page"].groups[0].values] == ["USD 9,000,000"]
    assert "USD △10,000,000" in body and "오기" in body


def test_a_converted_figure_shows_its_rate_and_an_unconverted_one_a_dash(officer: Client) -> None:
    outcome = make_outcome(figures=[figure(1000)])
    page = officer.get(f"/outcomes/{outcome.pk}/").context["page"]
    assert page.groups[0].values[0].krw == "–"

    fx.import_rates(system(), [fx.Rate("USD", date(2023, 1, 6), Decimal("1271.4"), 1, "서울외국환중개")])

    page = officer.get(f"/outcomes/{outcome.pk}/").context["page"]
    assert page.groups[0].values[0].krw == "KRW 1,271,400"
    assert page.entries[-1].rate == "1,271.4 (2023. 1. 6., 서울외국환중개)"


def test_a_promise_says_that_it_has_no_value(officer: Client, text: Text) -> None:
    outcome = make_outcome("구글 논의 기약", kind=OutcomeKind.PROMISE)
    answer = officer.get(f"/outcomes/{outcome.pk}/")
    assert "이 유형에는 값이 없습니다" in text(answer)
    assert not answer.context["page"].may_post


def test_evidence_and_follow_ups_stand_on_the_page(officer: Client, text: Text) -> None:
    outcome = make_outcome()
    paper = make_document(outcome, grade=Grade.SIGNED_DOCUMENT)
    make_follow_up("착공 확인", outcome=outcome)
    answer = officer.get(f"/outcomes/{outcome.pk}/?whole")
    assert "협약서.pdf" in text(answer) and "착공 확인" in text(answer)
    assert f"/documents/{paper.pk}/download/" in answer.content.decode()


def test_what_comes_after_the_page_comes_by_its_own_address(officer: Client, text: Text) -> None:
    outcome = make_outcome()
    make_document(outcome, grade=Grade.SIGNED_DOCUMENT)
    make_follow_up("착공 확인", outcome=outcome)
    page = officer.get(f"/outcomes/{outcome.pk}/").content.decode()
    for part, told in (("work", "착공 확인"), ("evidence", "협약서.pdf"), ("history", "기록됨")):
        address = f"/outcomes/{outcome.pk}/{part}/"
        assert f'hx-get="{address}"' in page and f'href="{address}"' in page
        alone, within = officer.get(address), officer.get(address, headers={"HX-Request": "true"})
        assert told in text(alone) and outcome.title in text(alone) and "<nav" in alone.content.decode()
        assert told in text(within) and "<nav" not in within.content.decode()


def test_a_deed_in_a_part_leads_back_to_the_page(officer: Client) -> None:
    outcome = make_outcome()
    make_follow_up("착공 확인", outcome=outcome)
    address = f"/outcomes/{outcome.pk}/"
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    part = officer.get(f"{address}work/", headers=asked).content.decode()
    assert f'name="next" value="{address}"' in part


def test_the_history_tells_who_changed_what_when_and_why(cast: Cast, officer: Client) -> None:
    sol = make_organisation("㈜솔")
    outcome = make_outcome(title="예전 제목")
    caller = system()
    changed = type(caller)(cast.teamlead, caller.now, "page", reason="오탈자")
    circle = outcomes.Circle(parties=[(sol, PartyRole.INVESTOR)])
    outcomes.update_outcome(changed, outcome, circle, title="새 제목", lead_unit=cast.unit)

    lines = officer.get(f"/outcomes/{outcome.pk}/history/").context["lines"]

    told = {(line.who, line.what, line.before, line.after, line.reason) for line in lines}
    assert ("팀장", "제목", "예전 제목", "새 제목", "오탈자") in told
    assert ("팀장", "주관부서", "–", "인공지능산업국", "오탈자") in told
    assert ("팀장", "당사자", "–", "㈜솔 (투자자)", "오탈자") in told
    assert ("Ieum", "기록됨", "", "", "") in told


def test_leadership_reads_without_buttons(cast: Cast, leader: Client, text: Text) -> None:
    outcome = make_outcome(figures=[figure()])
    page = text(leader.get(f"/outcomes/{outcome.pk}/"))
    assert "USD 1,000,000" in page
    for deed in ("수정", "보관", "수치 기록", "정정", "증빙 첨부", "후속조치 추가"):
        assert not re.search(rf"(?<!\S){deed}(?!\S)", page)


def test_an_archived_outcome_is_shown_as_such_and_cannot_be_changed(officer: Client, text: Text) -> None:
    outcome = make_outcome(figures=[figure()])
    evening = (timezone.now() + timedelta(1)).replace(hour=16)  # in London; in Seoul it is the next day
    outcomes.archive_outcome(replace(system(), now=evening), outcome, "두 번 기록됨")
    answer = officer.get(f"/outcomes/{outcome.pk}/")
    day = timezone.localdate(evening)
    assert f"보관일: {day.year}. {day.month}. {day.day}. 이 성과의" in text(answer) and "수치 기록" not in text(answer)
    assert answer.context["page"].groups == ()


def test_what_users_typed_is_text_and_never_markup(officer: Client) -> None:
    outcome = make_outcome('<script>alert("x")</script>', note="<b>굵게</b>")
    body = officer.get(f"/outcomes/{outcome.pk}/").content.decode()
    assert "<script>alert" not in body and "<b>굵게" not in body


def test_an_unknown_outcome_is_not_found(officer: Client) -> None:
    assert officer.get(f"/outcomes/{UUID(int=1)}/").status_code == 404


def test_a_long_ledger_takes_no_more_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    outcome = make_outcome(parties=[(make_organisation(f"기업 {i}"), PartyRole.PARTNER) for i in range(6)])
    for i in range(10):
        entry = ledger.post_figure(system(), outcome, figure(1000 + i))
        ledger.reverse_figure(system(), entry, Cause.CORRECTION, "오기")
        make_follow_up(f"할 일 {i}", outcome=outcome)
    for part in ("", "work/", "evidence/", "history/"):
        with django_assert_max_num_queries(12):
            assert officer.get(f"/outcomes/{outcome.pk}/{part}").status_code == 200


def test_statistics_do_not_lead_the_ledger_of_a_list_astray(db: None) -> None:
    """SQLite would take every reversal for the reversal of nearly all entries, and make an index anew for each list.
    PostgreSQL knows how many of a column are empty: there the index is only looked for."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE crm_ledgerentry")
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'reversals'")
            assert "reverses_id IS NOT NULL" in cursor.fetchone()[0]
        return
    counted = [("crm_ledgerentry_outcome_id_0f40e4e4", "200000 2"), ("sqlite_autoindex_crm_ledgerentry_1", "200000 1")]
    counted.append(("sqlite_autoindex_crm_ledgerentry_2", "200000 200000"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        for index, rows in counted:
            cursor.execute("INSERT INTO sqlite_stat1 VALUES ('crm_ledgerentry', %s, %s)", [index, rows])
        cursor.execute("ANALYZE sqlite_schema")
        plan = standing_entries().filter(outcome__in=[uuid4() for _ in range(50)]).explain()
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")
    assert "USING INDEX reversals" in plan
    assert "AUTOMATIC" not in plan


def test_the_ledger_of_one_outcome_is_read_by_that_outcome(db: None) -> None:
    """SQLite would take the unique index of empty `reverses` and read the whole ledger, once for each outcome."""
    plan = standing_entries().filter(outcome=make_outcome()).explain()
    if connection.vendor == "sqlite":
        assert "SEARCH crm_ledgerentry USING INDEX crm_ledgerentry_outcome_id" in plan
