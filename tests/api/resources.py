"""The resources, each with what is needed to try it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.laws.scenarios import World


@dataclass(frozen=True, slots=True)
class Resource:
    """How a resource is tried: a body that creates one, a change, a filter that finds the new one and one that
    does not."""

    body: Callable[[World], dict[str, Any]]
    change: dict[str, Any]
    found_by: Callable[[World], dict[str, str]] = field(default=lambda w: {})


RESOURCES = {
    "org-units": Resource(lambda w: {"name": "경제창업실", "code": "es"}, {"name_en": "ES"}, lambda w: {"code": "es"}),
    "programmes": Resource(lambda w: {"name": "AI 영재고", "size_amount": "500000000000", "size_currency": "KRW"},
                           {"name_en": "AI school"}),
    "events": Resource(lambda w: {"kind": "briefing", "name": "보고회", "starts_on": "2023-02-07", "places": ["광주"]},
                       {"city": "광주"}, lambda w: {"kind": "briefing", "starts_from": "2023-02-07"}),
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
    "documents": Resource(lambda w: {"title": "보도자료", "grade": "press", "event": str(w.event.pk), "source": "신문"},
                          {"document_number": "AI-2023-1"}, lambda w: {"grade": "press"}),
    "directives": Resource(lambda w: {"text": "IR 대회 개최", "event": str(w.event.pk), "given_on": "2023-02-08"},
                           {"text": "IR 대회 개최 방식"}),
}  # fmt: skip
WRITABLE = sorted(RESOURCES)
READABLE = sorted([*RESOURCES, "ledger-entries", "fx-rates"])
