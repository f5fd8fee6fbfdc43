"""The scenarios of what is recorded and put right on a page alone: one an action, for the laws' tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from crm.actions import consultations, documents, events, ledger, organisations, outcome_pairs, outcomes
from crm.models import Document, Event, OrganisationAlias, SimilarOutcomes
from crm.values.evidence import Grade
from crm.values.measures import EventKind, Measure, OutcomeKind, PartyRole, Series

if TYPE_CHECKING:
    from tests.laws.scenarios import World


def _talked_about() -> dict[Series, ledger.Figure | None]:
    figure = ledger.Figure(Measure.MONEY, Series.CONSULTED, Decimal(700), "exhibitor", Grade.VERBAL, currency="USD")
    return {Series.CONSULTED: figure, Series.EXPECTED: None}


def _sitting(w: "World") -> object:
    sides = {"exhibitor": w.company, "buyer": w.buyer, "met_on": date(2023, 1, 7)}
    return consultations.record_sitting(w.caller, _talked_about(), "상담일지", event=w.event, **sides)


def _correct(w: "World") -> object:
    said = _talked_about()
    return consultations.correct_consultation(
        w.caller, w.consultation, said, reason="오기", met_on=date(2023, 1, 8), buyer=w.buyer
    )


def _restore_consultation(w: "World") -> object:
    consultations.archive_consultation(w.caller, w.consultation, "없던 상담")
    later = replace(w.caller, now=w.caller.now + timedelta(hours=1))
    return consultations.restore_consultation(later, w.consultation)


def _empty_event(w: "World") -> Event:
    return events.record_event(w.caller, kind=EventKind.BRIEFING, name="두 번 적은 보고회", starts_on=date(2023, 2, 7))


def _restore_event(w: "World") -> object:
    return events.restore_event(w.caller, events.archive_event(w.caller, _empty_event(w), "두 번 적음"))


def _restore_participation(w: "World") -> object:
    return events.restore_participation(w.caller, events.archive_participation(w.caller, w.participation))


def _alias(w: "World") -> OrganisationAlias:
    return organisations.add_alias(w.caller, w.buyer, name="바이러스엑스버스터")


def _paper(w: "World") -> Document:
    return documents.attach_document(
        w.caller, title="다른 회사의 명함", grade=Grade.VERBAL, event=w.event, source="명함철"
    )


def _outcome_pair(w: "World") -> SimilarOutcomes:
    testimony = outcomes.Testimony("press", Grade.PRESS)
    circle = outcomes.Circle(parties=[(w.company, PartyRole.INVESTOR)])
    said = {"kind": OutcomeKind.INVESTMENT_MOU, "title": "㈜솔 투자 협약", "signed_on": date(2023, 1, 7)}
    outcomes.record_outcome(w.caller, testimony, circle, **said)
    outcome_pairs.find_similar_outcomes(w.caller, date(2023, 3, 1))
    return SimilarOutcomes.objects.order_by("-created_at", "-id")[0]


def _asked_again(w: "World") -> object:
    pair = outcome_pairs.tell_outcomes_apart(w.caller, _outcome_pair(w))
    return outcome_pairs.ask_again_about_outcomes(w.caller, pair)


PUTTING_RIGHT: dict[str, Callable[["World"], object]] = {
    "record_sitting": _sitting,
    "correct_consultation": _correct,
    "archive_consultation": lambda w: consultations.archive_consultation(w.caller, w.consultation, "없던 상담"),
    "restore_consultation": _restore_consultation,
    "note_similar_outcomes": _outcome_pair,
    "tell_outcomes_apart": lambda w: outcome_pairs.tell_outcomes_apart(w.caller, _outcome_pair(w)),
    "ask_again_about_outcomes": _asked_again,
    "archive_event": lambda w: events.archive_event(w.caller, _empty_event(w), "두 번 적음"),
    "restore_event": _restore_event,
    "archive_claim": lambda w: events.archive_claim(w.caller, w.claim, "다른 행사의 것"),
    "restore_claim": lambda w: events.restore_claim(
        w.caller, events.archive_claim(w.caller, w.claim, "다른 행사의 것")
    ),
    "archive_participation": lambda w: events.archive_participation(w.caller, w.participation),
    "restore_participation": _restore_participation,
    "archive_alias": lambda w: organisations.archive_alias(w.caller, _alias(w)),
    "restore_alias": lambda w: organisations.restore_alias(w.caller, organisations.archive_alias(w.caller, _alias(w))),
    "archive_document": lambda w: documents.archive_document(w.caller, _paper(w), "다른 회사의 것"),
    "restore_document": lambda w: documents.restore_document(
        w.caller, documents.archive_document(w.caller, _paper(w), "다른 회사의 것")
    ),
}
