"""The resources, each with what is needed to try it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.actions.demonstrations import record_demonstration
from crm.actions.events import record_event
from crm.models import Demonstration, Event
from tests.laws.exchange import head_of
from tests.laws.scenarios import World


@dataclass(frozen=True, slots=True)
class Resource:
    """How a resource is tried: a body that creates one, a change, a filter that finds the new one and one that
    does not."""

    body: Callable[[World], dict[str, Any]]
    change: dict[str, Any]
    found_by: Callable[[World], dict[str, str]] = field(default=lambda w: {})


def _competition(w: World) -> str:
    present = Event.objects.filter(kind="pitch_competition").first()
    fields = {"kind": "pitch_competition", "name": "IR 대회", "starts_on": date(2023, 2, 20)}
    return str((present or record_event(w.caller, **fields)).pk)


def _demonstration(w: World) -> str:
    present = Demonstration.objects.first()
    fields = {"title": "실증", "applicant": w.company, "technology": "로봇"}
    return str((present or record_demonstration(w.caller, **fields)).pk)


# What DELETE puts away. The others end otherwise: they are merged, dropped, recalled, given to a successor.
DELETABLE = frozenset(
    {"chain-links", "consultations", "contacts", "demonstrations", "documents", "events", "outcomes", "participations",
     "pitches"}
)  # fmt: skip

RESOURCES = {
    "org-units": Resource(lambda w: {"name": "경제창업실", "code": "es"}, {"name_en": "ES"}, lambda w: {"code": "es"}),
    "programmes": Resource(lambda w: {"name": "AI 영재고", "size_amount": "500000000000", "size_currency": "KRW"},
                           {"name_en": "AI school"}),
    "events": Resource(lambda w: {"kind": "briefing", "name": "보고회", "starts_on": "2023-02-07", "places": ["광주"],
                                  "host": "광주광역시"},
                       {"city": "광주", "sponsor": "KOTRA"}, lambda w: {"kind": "briefing", "starts_from": "2023-02-07"}),
    "organisations": Resource(lambda w: {"name": "㈜벤텍프런티어", "country": "KR"}, {"region": "광주광역시"},
                              lambda w: {"q": "벤텍프런티어"}),
    "contacts": Resource(lambda w: {"organisation": str(w.buyer.pk), "name": "구매 담당", "phone": "02-123-4567",
                                    "legal_basis": "동의", "retention_until": "2030-01-01"},
                         {"position": "과장"}, lambda w: {"organisation": str(w.buyer.pk)}),
    "participations": Resource(lambda w: {"event": str(w.event.pk), "organisation": str(w.buyer.pk),
                                          "support_amount": "1000000.5", "support_currency": "KRW"},
                               {"products": "공기청정기"}, lambda w: {"organisation": str(w.buyer.pk)}),
    "outcomes": Resource(lambda w: {"kind": "export_contract", "title": "수출계약", "event": str(w.event.pk),
                                    "parties": [{"organisation": str(w.company.pk), "role": "exporter"}],
                                    "cooperating_units": [str(w.unit.pk)], "programmes": [str(w.programme.pk)],
                                    "attributions": [{"role": "signed_at", "event": str(w.event.pk), "org_unit": None,
                                                      "share": "100"}],
                                    "source": "보도자료", "evidence_grade": "press",
                                    "figures": [{"measure": "money", "series": "committed", "value": "10000000",
                                                 "currency": "USD", "basis": "annual", "source": "보도자료",
                                                 "evidence_grade": "press"}]},
                         {"note": "확인 중"}, lambda w: {"kind": "export_contract", "organisation": str(w.company.pk)}),
    "consultations": Resource(lambda w: {"event": str(w.event.pk), "exhibitor": str(w.company.pk),
                                         "buyer": str(w.buyer.pk), "met_on": "2023-01-07", "source": "상담일지",
                                         "currency": "USD", "consulted": "5000"},
                              {"note": "재상담"}, lambda w: {"met_from": "2023-01-07"}),
    "follow-ups": Resource(lambda w: {"title": "전화", "outcome": str(w.outcome.pk), "due_on": "2023-04-07"},
                           {"due_on": "2023-05-07"}, lambda w: {"due_to": "2023-04-07", "status": "open"}),
    "approvals": Resource(lambda w: {"outcome": str(w.outcome.pk), "note": "검토 요청"}, {"status": "recalled"},
                          lambda w: {"outcome": str(w.outcome.pk), "status": "submitted"}),
    "concurrences": Resource(lambda w: {"outcome": str(w.outcome.pk), "org_unit": str(w.heir.pk), "mandatory": False,
                                        "due_on": "2090-01-01", "question": "부지 사용 가능 여부"},
                             {"override_reason": "시급함"}, lambda w: {"org_unit": str(w.heir.pk)}),
    "confirmations": Resource(lambda w: {"outcome": str(w.outcome.pk), "organisation": str(w.company.pk), "days": 3},
                              {"is_revoked": True}, lambda w: {"outcome": str(w.outcome.pk)}),
    "delegations": Resource(lambda w: {"giver": str(head_of(w).pk), "deputy": str(w.officer.pk), "capacity": "acting",
                                       "from_on": "2090-01-01", "until_on": "2090-01-05"},
                            {"is_ended": True}, lambda w: {"capacity": "acting"}),
    "documents": Resource(lambda w: {"title": "보도자료", "grade": "press", "event": str(w.event.pk), "source": "신문"},
                          {"document_number": "AI-2023-1"}, lambda w: {"grade": "press"}),
    "demonstrations": Resource(lambda w: {"title": "충전 로봇 실증", "applicant": str(w.company.pk),
                                          "technology": "충전 로봇", "cost_city": "50000000", "cost_currency": "KRW",
                                          "permit_expires_on": "2030-01-01",
                                          "kpis": [{"name": "충전 시간", "unit": "분", "target": "30",
                                                    "measured": "28.5", "measured_on": "2023-02-20",
                                                    "lower_is_better": True}]},
                               {"testbed_site": "시청 주차장"},
                               lambda w: {"applicant": str(w.company.pk), "permit_expires_to": "2030-01-01"}),
    "pitches": Resource(lambda w: {"event": _competition(w), "organisation": str(w.company.pk), "title": "충전 로봇"},
                        {"technology": "로봇"}, lambda w: {"event": _competition(w), "round": "applied"}),
    "judges": Resource(lambda w: {"event": _competition(w), "name": "심사위원 가", "organisation": str(w.buyer.pk)},
                       {"affiliation": "대학"}, lambda w: {"event": _competition(w)}),
    "chain-links": Resource(lambda w: {"from_demonstration": _demonstration(w), "to_outcome": str(w.outcome.pk)},
                            {"note": "혁신제품 지정"}, lambda w: {"to_outcome": str(w.outcome.pk)}),
    "directives": Resource(lambda w: {"text": "IR 대회 개최", "event": str(w.event.pk), "given_on": "2023-02-08"},
                           {"text": "IR 대회 개최 방식"}),
}  # fmt: skip
WRITABLE = sorted(RESOURCES)
READABLE = sorted([*RESOURCES, "criteria", "ledger-entries", "fx-rates"])
