"""One scenario an action: what it is called with. `tests/laws/test_law_10_*` runs them all, and fails for an action
that has none."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from crm.actions import (
    accounts,
    batches,
    booking,
    chains,
    demonstrations,
    documents,
    events,
    external_ids,
    follow_ups,
    fx,
    ledger,
    org_units,
    organisations,
    outcomes,
    personal_data,
    pitches,
    realisation,
    stages,
)
from crm.actions.base import Caller
from crm.demo.volume import record_synthetic_batch
from crm.models import (
    Account,
    ApiToken,
    ChainLink,
    Consultation,
    Contact,
    Demonstration,
    Directive,
    Document,
    Event,
    EventClaim,
    FollowUp,
    Judge,
    LedgerEntry,
    Organisation,
    OrgUnit,
    Outcome,
    Participation,
    PitchCriterion,
    PitchEntry,
    Programme,
)
from crm.values.demonstrations import DemonstrationStage, PitchRound
from crm.values.evidence import Grade
from crm.values.measures import (
    Basis,
    Cause,
    EventKind,
    Measure,
    OutcomeKind,
    PartyRole,
    Role,
    Series,
    Standing,
)
from crm.values.stages import Stage
from tests.laws.aftercare import AFTERCARE
from tests.laws.exchange import EXCHANGE
from tests.laws.partners import PARTNERS
from tests.laws.planning import PLANNING
from tests.laws.putting_right import PUTTING_RIGHT
from tests.laws.webhooks import WEBHOOKS
from tests.written_once import written_once

NOW = datetime(2023, 3, 1, 0, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """A small record of everything, made by the actions."""

    caller: Caller
    unit: OrgUnit
    heir: OrgUnit
    programme: Programme
    event: Event
    claim: EventClaim
    company: Organisation
    buyer: Organisation
    contact: Contact
    participation: Participation
    outcome: Outcome
    consultation: Consultation
    document: Document
    follow_up: FollowUp
    directive: Directive
    officer: Account
    token: ApiToken
    money: LedgerEntry


def figure(**changes: Any) -> ledger.Figure:
    values: dict[str, Any] = {
        "measure": Measure.MONEY,
        "series": Series.ANNOUNCED,
        "value": Decimal("1000000"),
        "currency": "USD",
        "basis": Basis.TOTAL,
        "source": "press",
        "evidence_grade": Grade.PRESS,
    }
    return ledger.Figure(**{**values, **changes})


def make_world(now: datetime = NOW) -> World:
    today = timezone.localdate()
    return written_once(("world", today if timezone.localdate(now) == today else now), lambda: _make_world(now))


def _make_world(now: datetime) -> World:
    caller = accounts.system_caller(now)
    unit = org_units.record_org_unit(caller, code="ai", name="인공지능산업국")
    heir = org_units.record_org_unit(caller, code="ai2", name="인공지능산업실")
    programme = org_units.record_programme(caller, name="AI 2단계 사업")
    event = events.record_event(caller, kind=EventKind.TRADE_SHOW, name="CES 2023", starts_on=date(2023, 1, 5))
    claim = events.state_claim(caller, event, measure="exhibitors", value="8", source="press")
    company = organisations.record_organisation(caller, name="㈜솔", aliases=["SOL"])
    buyer = organisations.record_organisation(caller, name="Virus Xbuster")
    contact = organisations.record_contact(
        caller, organisation=company, name="대외협력 담당", legal_basis="동의", retention_until=date(2023, 2, 1)
    )
    participation = events.record_participation(caller, event=event, organisation=company)
    outcome = outcomes.record_outcome(
        caller,
        outcomes.Testimony("press", Grade.PRESS, figures=[figure()]),
        outcomes.Circle(parties=[(company, PartyRole.INVESTOR)], cooperating_units=[unit], programmes=[programme]),
        kind=OutcomeKind.INVESTMENT_MOU,
        title="㈜솔 투자협약",
        event=event,
        lead_unit=unit,
        signed_on=date(2023, 1, 7),
    )
    talk = outcomes.Talk("exhibitor", "USD", Decimal(5000), Decimal(1000))
    consultation = outcomes.record_consultation(
        caller, talk, event=event, exhibitor=company, buyer=buyer, met_on=date(2023, 1, 6)
    )
    document = documents.attach_document(
        caller, documents.Upload("mou.pdf", b"%PDF-1.4"), title="협약서", grade=Grade.SIGNED_DOCUMENT, outcome=outcome
    )
    follow_up = follow_ups.plan_follow_up(caller, title="착수 확인", outcome=outcome)
    directive = follow_ups.record_directive(caller, text="실증 방안", event=event, given_on=date(2023, 2, 7))
    officer = accounts.open_account(caller, None, username="someone", name="담당자", role=Role.OFFICER)
    token, _plain = accounts.issue_token(caller, officer, "sync", ["read"])
    money = LedgerEntry.objects.get(outcome=outcome, measure=Measure.MONEY)
    money.outcome = outcome  # the same copy: its version keeps up with what its figures raise
    return World(
        caller, unit, heir, programme, event, claim, company, buyer, contact, participation, outcome, consultation,
        document, follow_up, directive, officer, token, money,
    )  # fmt: skip


def _record_outcome(w: World) -> object:
    figures = [figure(basis=Basis.ANNUAL)]
    testimony = outcomes.Testimony("press", Grade.PRESS, figures=figures)
    parties = outcomes.Circle(parties=[(w.company, PartyRole.EXPORTER), (w.buyer, PartyRole.BUYER)])
    return outcomes.record_outcome(
        w.caller, testimony, parties, kind=OutcomeKind.EXPORT_CONTRACT, title="수출계약", event=w.event
    )


def _update_outcome(w: World) -> object:
    circle = outcomes.Circle(parties=[(w.buyer, PartyRole.PARTNER)], cooperating_units=[])
    return outcomes.update_outcome(w.caller, w.outcome, circle, note="다시 확인", standing=Standing.PROVISIONAL)


def _take_step(w: World) -> object:
    return stages.take_step(
        w.caller, w.outcome, Stage.PLAN_CHANGED, taken_on=date(2023, 2, 1), reason="사업계획 변경", evidence=w.document
    )


def _record_realisation(w: World) -> object:
    realised = realisation.Realised(
        Measure.MONEY, Decimal(500), "KRW", Grade.OFFICIAL_RECORD, "세관", date(2023, 2, 1), document_number="제1호"
    )
    return realisation.record_realisation(w.caller, w.outcome, realised)


def _booking(w: World) -> booking.Booking:
    party = booking.NamedParty("새 기업", PartyRole.PARTNER)
    upload = documents.Upload("계약서.pdf", b"%PDF-1.4")
    return booking.Booking("계약서", Grade.SIGNED_DOCUMENT, [party], [w.unit], [w.programme], [figure()], upload)


def _booked(w: World) -> dict[str, Any]:
    return {"kind": OutcomeKind.BUSINESS_MOU, "title": "업무협약", "event": w.event, "signed_on": date(2023, 1, 6)}


def _restore_outcome(w: World) -> object:
    outcomes.archive_outcome(w.caller, w.outcome, "두 번 기록됨")
    later = replace(w.caller, now=w.caller.now + timedelta(hours=1))
    return outcomes.restore_outcome(later, w.outcome, "잘못 보관함")


def _record_consultation(w: World) -> object:
    fields = {"event": w.event, "exhibitor": w.company, "buyer": w.buyer, "met_on": date(2023, 1, 7)}
    return outcomes.record_consultation(w.caller, outcomes.Talk("exhibitor", "USD", Decimal(10)), **fields)


def _demonstration(w: World) -> Demonstration:
    site = {"testbed_site": "시청 주차장", "site_unit": w.unit, "starts_on": date(2023, 2, 1)}
    kpi = demonstrations.Kpi("충전 시간", Decimal(30), "분")
    return demonstrations.record_demonstration(
        w.caller, [kpi], title="충전 로봇 실증", applicant=w.company, technology="충전 로봇", **site
    )


def _restore_demonstration(w: World) -> object:
    demonstration = demonstrations.archive_demonstration(w.caller, _demonstration(w), "두 번 기록됨")
    return demonstrations.restore_demonstration(w.caller, demonstration, "잘못 보관함")


def _restore_pitch(w: World) -> object:
    pitch = pitches.archive_pitch(w.caller, _competition(w)[0], "두 번 기록됨")
    return pitches.restore_pitch(w.caller, pitch, "잘못 보관함")


def _run_demonstration(w: World) -> object:
    return demonstrations.take_demonstration_step(
        w.caller, _demonstration(w), DemonstrationStage.RUNNING, taken_on=date(2023, 2, 1)
    )


def _measure_kpi(w: World) -> object:
    kpi = _demonstration(w).kpis.get()
    return demonstrations.measure_kpi(w.caller, kpi, Decimal("28.5"), date(2023, 2, 20))


def _competition(w: World) -> tuple[PitchEntry, Judge, PitchCriterion]:
    event = events.record_event(w.caller, kind="pitch_competition", name="IR 대회", starts_on=date(2023, 2, 20))
    (criterion,) = pitches.set_criteria(w.caller, event, [("기술성", Decimal(100))])
    pitch = pitches.record_pitch(w.caller, event, organisation=w.company, title="충전 로봇")
    return pitch, pitches.record_judge(w.caller, event, name="심사위원 가"), criterion


def _score_pitch(w: World) -> object:
    pitch, judge, criterion = _competition(w)
    return pitches.score_pitch(w.caller, pitch, judge, {criterion: Decimal("87.5")}, PitchRound.SCREENED)


def _score_sheet(w: World) -> object:
    pitch, judge, criterion = _competition(w)
    return pitches.score_sheet(w.caller, judge, {pitch: {criterion: Decimal("87.5")}}, PitchRound.SCREENED)


def _withdraw_conflict(w: World) -> object:
    pitch, judge, _criterion = _competition(w)
    conflict = pitches.declare_conflict(w.caller, pitch, judge, "자문")
    return pitches.withdraw_conflict(w.caller, conflict, "동명이인")


def _link(w: World) -> ChainLink:
    return chains.link_chain(w.caller, from_demonstration=_demonstration(w), to_outcome=w.outcome)


SCENARIOS: dict[str, Callable[[World], object]] = {
    "open_account": lambda w: accounts.open_account(
        w.caller, "a-long-password", username="x", name="x", role="officer"
    ),
    "update_account": lambda w: accounts.update_account(w.caller, w.officer, org_unit=w.unit),
    "set_password": lambda w: accounts.set_password(w.caller, w.officer, "another-long-password"),
    "issue_token": lambda w: accounts.issue_token(w.caller, w.officer, "night", ["read", "write"]),
    "revoke_token": lambda w: accounts.revoke_token(w.caller, w.token),
    "record_org_unit": lambda w: org_units.record_org_unit(w.caller, name="경제창업실"),
    "update_org_unit": lambda w: org_units.update_org_unit(w.caller, w.unit, name_en="AI Bureau"),
    "record_succession": lambda w: org_units.record_succession(w.caller, w.unit, w.heir),
    "record_programme": lambda w: org_units.record_programme(w.caller, name="AI 영재고"),
    "update_programme": lambda w: org_units.update_programme(w.caller, w.programme, name_en="AI phase 2"),
    "record_programme_status": lambda w: org_units.record_programme_status(
        w.caller, w.programme, date(2023, 2, 7), "confirmed", "speech"
    ),
    "record_event": lambda w: events.record_event(w.caller, kind="briefing", name="보고회", starts_on=date(2023, 2, 7)),
    "update_event": lambda w: events.update_event(w.caller, w.event, city="Las Vegas", host="CTA"),
    "state_claim": lambda w: events.state_claim(w.caller, w.event, measure="exhibitors", value="9", source="press 2"),
    "confirm_claim": lambda w: events.confirm_claim(w.caller, w.claim),
    "record_participation": lambda w: events.record_participation(w.caller, event=w.event, organisation=w.buyer),
    "update_participation": lambda w: events.update_participation(w.caller, w.participation, products="바이오센서"),
    "record_organisation": lambda w: organisations.record_organisation(w.caller, name="ESTV", aliases=["이스티브이"]),
    "update_organisation": lambda w: organisations.update_organisation(w.caller, w.company, region="서울"),
    "add_alias": lambda w: organisations.add_alias(w.caller, w.company, name="솔"),
    "record_contact": lambda w: organisations.record_contact(
        w.caller, organisation=w.buyer, name="구매 담당", legal_basis="동의", retention_until=date(2030, 1, 1)
    ),
    "update_contact": lambda w: organisations.update_contact(w.caller, w.contact, position="대리"),
    "disclose": lambda w: personal_data.disclose(w.caller, w.contact, "연락"),
    "remove_person": lambda w: personal_data.remove_person(w.caller, w.contact, "본인 요청"),
    "purge_expired_contacts": lambda w: personal_data.purge_expired_contacts(w.caller),
    "record_outcome": _record_outcome,
    "update_outcome": _update_outcome,
    "take_step": _take_step,
    "record_realisation": _record_realisation,
    "book_outcome": lambda w: booking.book_outcome(w.caller, _booking(w), **_booked(w)),
    "amend_outcome": lambda w: booking.amend_outcome(w.caller, w.outcome, _booking(w), title="바뀐 제목"),
    "archive_outcome": lambda w: outcomes.archive_outcome(w.caller, w.outcome, "두 번 기록됨"),
    "restore_outcome": _restore_outcome,
    "record_consultation": _record_consultation,
    "update_consultation": lambda w: outcomes.update_consultation(w.caller, w.consultation, met_on=date(2023, 1, 8)),
    "post_figure": lambda w: ledger.post_figure(
        w.caller, w.outcome, figure(measure=Measure.JOBS, value=Decimal(20), currency="")
    ),
    "correct_figure": lambda w: ledger.correct_figure(w.caller, w.money, figure(value=Decimal(5)), "오기"),
    "reverse_figure": lambda w: ledger.reverse_figure(w.caller, w.money, Cause.WITHDRAWAL, "철회"),
    "attach_document": lambda w: documents.attach_document(
        w.caller, documents.Upload("a.png", b"x"), title="명함", grade=Grade.VERBAL, event=w.event
    ),
    "update_document": lambda w: documents.update_document(w.caller, w.document, title="투자협약서"),
    "plan_follow_up": lambda w: follow_ups.plan_follow_up(w.caller, title="전화", event=w.event),
    "update_follow_up": lambda w: follow_ups.update_follow_up(w.caller, w.follow_up, due_on=date(2023, 4, 7)),
    "complete_follow_up": lambda w: follow_ups.complete_follow_up(w.caller, w.follow_up, date(2023, 3, 1), "착수함"),
    "record_directive": lambda w: follow_ups.record_directive(
        w.caller, text="IR 대회", event=w.event, given_on=date(2023, 2, 7)
    ),
    "update_directive": lambda w: follow_ups.update_directive(w.caller, w.directive, lead_unit=w.unit),
    "import_rates": lambda w: fx.import_rates(
        w.caller, [fx.Rate("USD", date(2023, 1, 6), Decimal("1271.4"), 1, "서울외국환중개")]
    ),
    "record_synthetic_batch": lambda w: record_synthetic_batch(w.caller, Random(1), 0, 2),
    "record_demonstration": _demonstration,
    "update_demonstration": lambda w: demonstrations.update_demonstration(w.caller, _demonstration(w), note="연장"),
    "archive_demonstration": lambda w: demonstrations.archive_demonstration(
        w.caller, _demonstration(w), "두 번 기록됨"
    ),
    "restore_demonstration": _restore_demonstration,
    "set_kpis": lambda w: demonstrations.set_kpis(
        w.caller, _demonstration(w), [demonstrations.Kpi("소음", Decimal(60))]
    ),
    "record_kpi": lambda w: demonstrations.record_kpi(
        w.caller, _demonstration(w), demonstrations.Kpi("소음", Decimal(60), "dB")
    ),
    "measure_kpi": _measure_kpi,
    "take_demonstration_step": _run_demonstration,
    "set_criteria": lambda w: pitches.set_criteria(
        w.caller, _competition(w)[0].event, [("사업성", Decimal(70)), ("발표", Decimal(30))]
    ),
    "record_judge": lambda w: pitches.record_judge(w.caller, _competition(w)[0].event, name="심사위원 나"),
    "update_judge": lambda w: pitches.update_judge(w.caller, _competition(w)[1], affiliation="대학"),
    "record_pitch": _competition,
    "update_pitch": lambda w: pitches.update_pitch(w.caller, _competition(w)[0], technology="로봇"),
    "archive_pitch": lambda w: pitches.archive_pitch(w.caller, _competition(w)[0], "두 번 기록됨"),
    "restore_pitch": _restore_pitch,
    "declare_conflict": lambda w: pitches.declare_conflict(w.caller, *_competition(w)[:2], "자문"),
    "withdraw_conflict": _withdraw_conflict,
    "score_pitch": _score_pitch,
    "score_sheet": _score_sheet,
    "advance_pitch": lambda w: pitches.advance_pitch(w.caller, _competition(w)[0], round=PitchRound.SCREENED),
    "link_chain": _link,
    "update_link": lambda w: chains.update_link(w.caller, _link(w), note="혁신제품 지정"),
    "unlink_chain": lambda w: chains.unlink_chain(w.caller, _link(w), "다른 실증의 계약"),
    "restore_link": lambda w: chains.restore_link(
        w.caller, chains.unlink_chain(w.caller, _link(w), "다른 실증의 계약")
    ),
    **AFTERCARE,
    **EXCHANGE,
    **PARTNERS,
    **PLANNING,
    **PUTTING_RIGHT,
    **WEBHOOKS,
    "record_batch": lambda w: batches.record_batch(
        w.caller,
        [lambda caller, name=name: organisations.record_organisation(caller, name=name) for name in ("㈜하나", "㈜둘")],
    ),
    "record_by_name": lambda w: external_ids.record_by_name(
        w.caller, "export-agency", "B-2", lambda caller: organisations.record_organisation(caller, name="㈜이름")
    ),
    "name_externally": lambda w: external_ids.name_externally(w.caller, w.outcome, "export-agency", "A-1"),
}
# What writes, by its nature, no record that a client could mirror: the access log and what people are told are not part
# of the feed.
WRITES_NO_RECORD = {"disclose", "mark_all_read", "take_back_reading", "clear_read"}
