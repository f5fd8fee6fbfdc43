"""What officers of another unit see on the pages, and what they are refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.models import Outcome
from crm.values.measures import Disclosure, PartyRole
from tests.builders import Cast, figure, make_document, make_event, make_follow_up, make_organisation, make_outcome

TITLE = "수소 실증 협약"


@pytest.fixture
def make(cast: Cast) -> Callable[[Disclosure], Outcome]:
    """An outcome that the officer's unit leads, with all that could tell of it."""

    def make(level: Disclosure) -> Outcome:
        company = make_organisation("㈜솔")
        found = make_outcome(
            TITLE, figures=[figure(7_654_321)], lead_unit=cast.unit, disclosure_level=level, content="숨은 내용",
            event=make_event(), parties=[(company, PartyRole.INVESTOR)],
        )  # fmt: skip
        make_document(found)
        make_follow_up("수소 착공 확인", outcome=found)
        return found

    return make


def pages(outcome: Outcome) -> dict[str, str]:
    party = outcome.parties.get()
    return {
        "outcomes": reverse("outcomes"),
        "event": reverse("event", args=[outcome.event_id]),
        "organisation": reverse("organisation", args=[party.organisation_id]),
        "today": reverse("today"),
        "follow-ups": reverse("follow-ups"),
        "report": reverse("outcomes") + "?q=수소",
        "quarterly": "/reports/quarterly/?period=2023Q1",
    }


def _but_typed(told: str) -> str:
    """The page without what the reader asked for: that is shown to the reader again."""
    return told.replace("q=수소", "").replace("제목·당사자·문서번호: 수소", "")


def test_a_closed_outcome_is_named_nowhere_to_others(cast: Cast, signed_in: Any, text: Any, make: Any) -> None:
    outcome = make(Disclosure.CLOSED)
    outsider, officer, leader = (signed_in(a) for a in (cast.outsider, cast.officer, cast.leader))
    assert outsider.get(reverse("outcome", args=[outcome.pk])).status_code == 404
    for name, address in pages(outcome).items():
        assert "수소" not in _but_typed(text(outsider.get(address))), name
    for reader in (officer, leader):
        assert "숨은 내용" in text(reader.get(reverse("outcome", args=[outcome.pk])))
        assert TITLE in text(reader.get(pages(outcome)["event"]))
    for below in ("document-download", "follow-up"):
        pk = outcome.documents.get().pk if below == "document-download" else outcome.follow_ups.get().pk
        assert outsider.get(reverse(below, args=[pk])).status_code == 404


def test_a_partly_open_outcome_is_named_without_values(cast: Cast, signed_in: Any, text: Any, make: Any) -> None:
    outcome = make(Disclosure.PARTLY)
    outsider = signed_in(cast.outsider)
    shown = text(outsider.get(reverse("outcome", args=[outcome.pk])))
    assert TITLE in shown and "숨은 내용" not in shown and "7,654,321" not in shown and "협약서.pdf" not in shown
    assert TITLE not in text(outsider.get(reverse("outcomes") + "?q=숨은"))
    assert TITLE in text(signed_in(cast.officer).get(reverse("outcomes") + "?q=숨은"))
    for name in ("outcomes", "event", "organisation"):
        listed = text(outsider.get(pages(outcome)[name]))
        assert TITLE in listed and "7,654,321" not in listed, name
    assert outsider.get(reverse("document-download", args=[outcome.documents.get().pk])).status_code == 404


def test_an_open_outcome_of_another_unit_is_read_and_not_changed(
    cast: Cast, signed_in: Any, text: Any, make: Any
) -> None:
    outcome = make(Disclosure.OPEN)
    outsider: Client = signed_in(cast.outsider)
    assert "7,654,321" in text(outsider.get(reverse("outcome", args=[outcome.pk])))
    for name in ("outcome-edit", "figure-new", "document-new", "follow-up-new"):
        assert outsider.get(reverse(name, args=[outcome.pk])).status_code == 403, name
        assert signed_in(cast.officer).get(reverse(name, args=[outcome.pk])).status_code == 200, name
