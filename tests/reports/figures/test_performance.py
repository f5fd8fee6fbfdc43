"""The performance report of an event: what falls to it by shares, beside target and the year before, as known then."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.actions import attribution, chains, events, follow_ups, outcomes, targets
from crm.actions.organisations import update_organisation
from crm.models import Event, Outcome
from crm.permissions import Sight, sight_of, sight_of_all
from crm.values.evidence import Grade
from crm.values.measures import (
    AttributionRole,
    Basis,
    Disclosure,
    EventKind,
    Measure,
    OutcomeKind,
    PartyRole,
    Payer,
    Series,
)
from reports.building.performance import build_performance
from reports.documents import FORMATS, render
from reports.figures.event_record import series_key
from reports.figures.performance import Performance, performance
from reports.report import Report, Row, Table
from tests.builders import figure, make_cast, make_event, make_organisation, make_outcome, make_unit, system
from tests.builders_demonstrations import make_competition, make_demonstration, make_pitch
from tests.reports.traced import traced_sum

pytestmark = pytest.mark.django_db
HOSTILE = '<b>"&=1+1</b> \n□ 협약'


def now() -> datetime:
    return timezone.now() + timedelta(milliseconds=1)


def mou(event: Event, title: str = "㈜솔 투자협약", money: int = 1_000_000, **fields: Any) -> Outcome:
    return make_outcome(title, event=event, figures=[figure(money)], **{"standing": "confirmed", **fields})


def of(event: Event, as_of: datetime | None = None) -> Performance:
    return performance(event.pk, as_of or now())


def report(event: Event, **how: Any) -> Report:
    return build_performance(of(event, how.pop("as_of", None)), how.pop("language", "ko"), **how)


def table(found: Report, key: str) -> Table:
    (one,) = [t for section in found.sections for t in section.tables if t.key == key]
    return one


def paragraphs(found: Report, section: str) -> str:
    (one,) = [s for s in found.sections if s.key == section]
    return "\n".join(one.paragraphs)


def rows_of(found: Report, key: str) -> dict[Any, Row]:
    return {row.values[0]: row for row in table(found, key).rows}


def set_target(event: Event, value: int, **fields: Any) -> None:
    told = {"measure": Measure.COUNT, "series": Series.ANNOUNCED, "kind": OutcomeKind.INVESTMENT_MOU, **fields}
    targets.set_target(system(), event=event, value=Decimal(value), source="계획", **told)


def share(outcome: Outcome, *parts: tuple[Event, int]) -> None:
    shares = [attribution.Share(AttributionRole.ORIGINATED, Decimal(part), event=event) for event, part in parts]
    attribution.attribute_outcome(system(), outcome, shares)


def test_targets_stand_beside_what_was_reached_and_the_year_before() -> None:
    event, before = make_event("CES 2023"), make_event("CES 2022", starts_on=date(2022, 1, 5), ends_on=None)
    set_target(event, 4)
    mou(event), mou(event, "둘째 협약")
    for number in range(3):
        mou(before, f"전년 협약 {number}", signed_on=date(2022, 1, 6))
    row = rows_of(report(event), "event_results")["투자협약 · 건수 · 협약·발표"]
    assert row.values[2:6] == (4, 2, 50, 3)
    assert row.values[6] is not None and round(Decimal(str(row.values[6])), 1) == Decimal("-33.3")
    assert traced_sum(row.links[3] or "") == 2
    assert traced_sum(row.links[5] or "") == 3


def test_what_nobody_set_a_target_for_stands_without_one() -> None:
    event = make_event()
    mou(event)
    rows = rows_of(report(event), "event_results")
    assert {row.values[2] for row in rows.values()} == {None}
    assert rows["투자협약 · 금액 · 협약·발표"].values[3] == 1_000_000
    assert rows["투자협약 · 금액 · 협약·발표"].values[5:] == (None, None), "there is no edition of the year before"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CES 2023", "CES 2022", True),
        ("2023년 광주 수출상담회", "2022 광주수출상담회", True),
        ("CES 2023", "MWC 2022", False),
        ("제20230회 행사", "제20220회 행사", False),
    ],
)
def test_the_series_is_the_name_without_its_year(one: str, other: str, same: bool) -> None:
    assert (series_key(one) == series_key(other)) is same


def test_the_year_before_is_of_the_same_kind_and_one_only() -> None:
    event = make_event("CES 2023")
    told = {"starts_on": date(2022, 1, 4), "ends_on": None}
    make_event("CES 2022", kind=EventKind.DELEGATION, **told)
    assert of(event).before is None
    first = make_event("CES 2022", **told)
    before = of(event).before
    assert before is not None and before.id == first.pk
    make_event("CES-2022", **told)
    assert of(event).before is None, "of two nobody knows which is meant"


def test_a_shared_outcome_counts_by_its_share_and_its_entries_add_up_to_that() -> None:
    event, other = make_event(), make_event("투자설명회", kind=EventKind.BRIEFING)
    share(mou(event), (event, 40), (other, 60))
    found = report(event)
    counts, money = rows_of(found, "event_counts")["투자협약"], rows_of(found, "event_money")["투자협약"]
    assert counts.values[1] == traced_sum(counts.links[1] or "") == Decimal("0.4")
    assert money.values[3] == traced_sum(money.links[3] or "") == 400_000
    assert "40%" in paragraphs(found, "details")
    assert Decimal(40) in [value for row in found.entries.rows for value in row.values]
    assert rows_of(report(other), "event_counts")["투자협약"].values[1] == Decimal("0.6")


def test_every_number_of_the_results_opens_entries_that_add_up_to_it() -> None:
    event, other = make_event(), make_event("투자설명회", kind=EventKind.BRIEFING)
    set_target(event, 10)
    set_target(event, 5_000_000_000, measure=Measure.MONEY, currency="KRW")
    jobs = figure(7, measure=Measure.JOBS, currency="")
    shared = make_outcome(
        "나눈 협약", event=other, figures=[figure(900), figure(30, currency="KRW"), jobs], standing="confirmed"
    )
    share(shared, (event, 25), (other, 75))
    make_outcome("연간", event=event, figures=[figure(50, basis=Basis.ANNUAL, currency="EUR")], term_years=3)
    mou(event, "미확인 협약", standing="unconfirmed")
    make_outcome("구글 논의 기약", kind=OutcomeKind.PROMISE, event=event, standing="confirmed")
    talk(event)
    checked = 0
    for one in next(s for s in report(event).sections if s.key == "results").tables:
        for row in one.rows:
            for column, value, link in zip(one.columns, row.values, row.links, strict=True):
                if link and value is not None:
                    in_won = column.key.startswith("krw") or (row.values[1] == "KRW" and one.key == "event_results")
                    assert traced_sum(link, in_won=in_won) == value, (one.key, column.key)
                    checked += 1
    assert checked > 15


def talk(event: Event) -> None:
    sides = {"exhibitor": make_organisation("㈜참가"), "buyer": make_organisation("Buyer Inc.")}
    spoken = outcomes.Talk("참가기업", "USD", Decimal(5000), Decimal(1000))
    outcomes.record_consultation(system(), spoken, event=event, met_on=event.starts_on, **sides)


def test_consultations_stand_apart_and_lead_to_their_entries() -> None:
    event = make_event()
    talk(event)
    rows = rows_of(report(event), "event_talks")
    assert [row.values[2] for row in rows.values()] == [1, 5000, 1000]
    assert all(traced_sum(row.links[2] or "") == row.values[2] for row in rows.values())
    assert table(report(make_event("다른 행사")), "event_talks").rows == ()


def test_promises_are_apart_and_counted_as_no_mou() -> None:
    event = make_event()
    make_outcome("구글 논의 기약", kind=OutcomeKind.PROMISE, event=event, standing="confirmed")
    found = report(event)
    assert table(found, "event_counts").rows == ()
    assert table(found, "event_results").rows == ()
    assert rows_of(found, "event_promises")["논의 기약"].values[1] == 1


def test_it_is_told_as_it_was_known_then() -> None:
    event, company = make_event(), make_organisation("㈜옛이름")
    outcome = mou(event, parties=[(company, PartyRole.INVESTOR)])
    then = timezone.now()
    later = make_event("다른 행사")
    update_organisation(system(), company, name="㈜새이름")
    events.update_event(system(), event, name="CES 2023 (개칭)")
    outcomes.update_outcome(system(), outcome, event=later, title="바뀐 협약")
    past = report(event, as_of=then)
    assert past.title == "CES 2023 성과보고서"
    assert rows_of(past, "event_counts")["투자협약"].values[1] == 1
    assert "㈜옛이름 (투자자)" in str(table(past, "event_agreements").rows[0].values)
    assert rows_of(past, "event_results")["투자협약 · 건수 · 협약·발표"].values[3] == 1
    assert table(report(event), "event_counts").rows == ()
    assert report(event).title == "CES 2023 (개칭) 성과보고서"
    assert report(event, as_of=then) == past


def test_before_it_was_on_record_it_says_so() -> None:
    event = make_event()
    assert any("등록되지 않은 행사" in line.text for line in report(event, as_of=now() - timedelta(days=9)).summary)
    assert not any("등록되지 않은 행사" in line.text for line in report(event).summary)


def test_the_overview_tells_claims_side_by_side_and_the_three_counts() -> None:
    event = make_event(country="US", city="Las Vegas", note=HOSTILE)
    for value in ("6박 9일", "6박 8일"):
        events.state_claim(system(), event, measure="length", value=value, source="보도")
    told = {"from_region": True, "supported_by_city": False, "pavilion": "joint_pavilion"}
    events.record_participation(system(), event=event, organisation=make_organisation("㈜하나"), **told)
    events.record_participation(system(), event=event, organisation=make_organisation("㈜둘"), supported_by_city=True)
    targets.record_cost(
        system(), event=event, item="부스", payer=Payer.CITY, amount=Decimal(300), currency="KRW", source="집행"
    )
    host = [(make_organisation("CTA"), PartyRole.HOST)]
    make_outcome("운영", kind=OutcomeKind.PAVILION_OPERATION, event=event, parties=host)
    text = paragraphs(report(event), "overview")
    for part in ("6박 9일", "6박 8일", "Las Vegas, 미국", "주최: CTA", HOSTILE, "KRW 300", "등록된 참가기업: 2개사"):
        assert part in text, part
    for name in ("시 지원 기업", "공동관 참가기업", "지역 기업"):
        assert f"{name}: 1개사" in text
    assert "Las Vegas, United States" in paragraphs(report(event, language="en"), "overview")


def test_who_stands_behind_the_event_is_told_as_it_was_known_and_by_the_parties_where_it_says_nothing() -> None:
    event = make_event(host="CTA", sponsor="삼성전자")
    parties = [(make_organisation("지엘"), PartyRole.HOST), (make_organisation("광주테크노파크"), PartyRole.OPERATOR)]
    make_outcome("운영", kind=OutcomeKind.PAVILION_OPERATION, event=event, parties=parties)
    then = now()
    later = then + timedelta(seconds=1)
    events.update_event(replace(system(), now=later), event, host="CTA, 네바다주", operator="KOTRA", sponsor="")
    past, present = (paragraphs(report(event, as_of=at), "overview").split("\n") for at in (then, later))
    for part in ("주최: CTA", "주관: 광주테크노파크", "후원: 삼성전자"):
        assert f"○ {part}" in past, part
    for part in ("주최: CTA, 네바다주", "주관: KOTRA", "후원: –"):
        assert f"○ {part}" in present, part
    kept_back = Sight(hidden=frozenset(event.outcomes.values_list("pk", flat=True)), masked=frozenset())
    for part in ("○ 주최: CTA", "○ 후원: 삼성전자"):
        assert part in paragraphs(build_performance(of(event, then), "ko", kept_back), "overview").split("\n")


def test_problems_are_named_with_what_is_done_about_them() -> None:
    event, unit = make_event(), make_unit("기후환경국")
    mou(event, "늦은 협약", delay_reason="부지 미확보", next_steps="대체 부지 검토", grade=Grade.SIGNED_DOCUMENT)
    mou(event, "미확인 협약", standing="unconfirmed")
    mou(event, "협조 중 협약", cooperating=[unit])
    told = {(row.values[0], row.values[1]): row.values for row in table(report(event), "event_problems").rows}
    assert told["지연·부진", "늦은 협약"][2:] == ("부지 미확보", "대체 부지 검토")
    assert ("미확인", "미확인 협약") in told
    assert "기후환경국" in str(told["협조 미회신", "협조 중 협약"][2])
    assert ("증빙 미비", "협조 중 협약") in told
    assert "지연·부진: 1건" in paragraphs(report(event), "problems")


def test_plans_name_who_does_what_by_when_and_what_nobody_has() -> None:
    event, unit, other = make_event(), make_unit("경제창업실"), make_unit("기후환경국")
    outcome = mou(event, next_steps="착공식 준비", cooperating=[other], lead_unit=unit)
    follow_ups.plan_follow_up(system(), title="착공 확인", outcome=outcome, org_unit=unit, due_on=date(2023, 7, 1))
    follow_ups.plan_follow_up(system(), title="바이어 초청", event=event)
    done = follow_ups.plan_follow_up(system(), title="끝난 일", event=event)
    follow_ups.complete_follow_up(system(), done, date(2023, 3, 1), "마침")
    rows = rows_of(report(event), "event_plans")
    assert rows["착공 확인"].values[1:] == ("경제창업실", "기후환경국", date(2023, 7, 1))
    assert rows["바이어 초청"].values[1:] == ("미지정", None, None)
    assert rows["㈜솔 투자협약: 착공식 준비"].values[1:] == ("경제창업실", "기후환경국", None)
    assert "끝난 일" not in rows


def test_what_followed_is_walked_from_pitch_to_demonstration_to_outcome() -> None:
    event = make_competition()
    pitch, demonstration, outcome = make_pitch(event), make_demonstration(), make_outcome("로봇 구매")
    chains.link_chain(system(), from_pitch=pitch, to_demonstration=demonstration)
    chains.link_chain(system(), from_demonstration=demonstration, to_outcome=outcome)
    found = report(event)
    assert [row.values[1] for row in table(found, "event_pitches").rows] == ["충전 로봇"]
    followed = [(row.values[0], row.values[4]) for row in table(found, "event_followed").rows]
    assert followed == [("이동식 충전 로봇 실증", "충전 로봇"), ("로봇 구매", "이동식 충전 로봇 실증")]
    hidden = frozenset({demonstration.pk})
    closed = table(report(event, sight=Sight(hidden, hidden)), "event_followed")
    assert "이동식" not in str([row.values for row in closed.rows])


def test_a_closed_demonstration_is_told_to_its_own_circle_only() -> None:
    cast, event = make_cast(), make_event()
    outcome = mou(event)
    closed = make_demonstration("비밀 실증", lead_unit=cast.unit, disclosure_level=Disclosure.CLOSED)
    chains.link_chain(system(), from_outcome=outcome, to_demonstration=closed)

    def followed(sight: Sight) -> str:
        return str([row.values for row in table(report(event, sight=sight), "event_followed").rows])

    assert "비밀 실증" in followed(sight_of(cast.officer))
    assert "비밀 실증" not in followed(sight_of(cast.outsider)), "an officer of another unit"
    assert "비밀 실증" not in followed(sight_of_all()), "and no edition that is published"


def test_what_is_kept_from_the_reader_is_masked_and_totals_are_not() -> None:
    event = make_event()
    secret = mou(
        event,
        "비밀 협약",
        parties=[(make_organisation("㈜비밀"), PartyRole.HOST)],
        delay_reason="비밀 사유",
        next_steps="비밀 단계",
        content="비밀 내용",
        standing="unconfirmed",
        disclosure_level=Disclosure.CLOSED,
        cooperating=[make_unit("기후환경국")],
    )
    follow_ups.plan_follow_up(system(), title="비밀 통화", outcome=secret)
    kept = frozenset({secret.pk})
    found = report(event, sight=Sight(kept, kept))
    everything = [*found.outcomes.rows, *found.entries.rows]
    everything += [row for s in found.sections for t in s.tables for row in t.rows]
    text = str([row.values for row in everything]) + "".join(p for s in found.sections for p in s.paragraphs)
    assert "비밀" not in text and "기후환경국" not in text
    assert rows_of(found, "event_counts")["투자협약"].values[3] == 1


def test_an_event_without_anything_says_so_in_every_format_and_language() -> None:
    event = make_event("빈 행사", ends_on=None)
    for language in ("ko", "en"):
        found = report(event, language=language)
        assert all(t.empty for s in found.sections for t in s.tables)
        assert found.outcomes.empty and found.entries.empty
    for format in FORMATS:
        assert render(report(event), format)


def test_users_text_is_text_in_every_format() -> None:
    event = make_event(f"행사 {HOSTILE[:40]}".replace("\n", " "), note=HOSTILE)
    mou(event, "협약 <i>=", content=HOSTILE, delay_reason=HOSTILE * 40, next_steps="=cmd()" * 60)
    for format in FORMATS:
        assert render(report(event), format)
