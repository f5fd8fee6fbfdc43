"""A sitting is recorded from the page of its event, as the consultation log has it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from crm.actions.events import archive_event
from crm.models import Consultation, Target
from crm.queries.standing_entries import standing_entries
from tests.builders import Cast, make_event, make_organisation, system
from tests.crm.web.conftest import SignIn

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]


def test_a_sitting_is_recorded_once_and_counts_as_talk(officer: Client, fields: Fields, text: Text) -> None:
    event = make_event()
    make_organisation("㈜솔")
    make_organisation("Virus Xbuster")
    page = f"/events/{event.pk}/consultations/new/"
    assert page in officer.get(f"/events/{event.pk}/part/").content.decode()
    assert "met_on" not in fields(officer.get(page)), "on one of its days"
    one_day = make_event(starts_on=date(2023, 2, 7), ends_on=None)
    assert fields(officer.get(f"/events/{one_day.pk}/consultations/new/"))["met_on"] == "2023-02-07"
    sent = fields(officer.get(page)) | {
        "exhibitor": "㈜솔", "buyer": "Virus Xbuster", "met_on": "2023-01-06", "consulted": "약 5천 달러",
        "expected": "90만원", "source": "상담일지",
    }  # fmt: skip
    refused = officer.post(page, sent | {"buyer": "없는 회사", "consulted": "많이"})
    assert {"buyer", "consulted"} <= set(refused.context["form"].errors) and not Consultation.objects.exists()
    for _attempt in ("first", "sent twice"):
        assert "상담을 저장했습니다" in text(officer.post(page, sent, follow=True))
    sitting = Consultation.objects.get()
    assert (sitting.event, sitting.exhibitor.name, sitting.met_on) == (event, "㈜솔", date(2023, 1, 6))
    entries = standing_entries().filter(consultation=sitting)
    said = {f"{e.measure} {e.series}": (int(e.value), e.currency, e.approximate, e.source) for e in entries}
    assert said == {
        "count consulted": (1, "", False, "상담일지"),
        "money consulted": (5000, "USD", True, "상담일지"),
        "money expected": (900_000, "KRW", False, "상담일지"),
    }


def test_it_is_for_those_who_record_and_for_events_that_stand(cast: Cast, signed_in: SignIn, officer: Client) -> None:
    event = make_event()
    page = f"/events/{event.pk}/consultations/new/"
    leader = signed_in(cast.leader)
    assert leader.get(page).status_code == 403
    assert page not in leader.get(f"/events/{event.pk}/part/").content.decode()
    archive_event(system(), event, "중복 등록")
    assert officer.get(page).status_code == 404


def test_a_form_that_was_open_when_the_event_was_archived_says_so_with_all_that_was_typed(
    cast: Cast, signed_in: SignIn, fields: Fields
) -> None:
    event, teamlead = make_event(), signed_in(cast.teamlead)
    for name in ("㈜솔", "Virus Xbuster"):
        make_organisation(name)
    sitting, target = f"/events/{event.pk}/consultations/new/", f"/targets/new/?event={event.pk}"
    typed = {
        sitting: {"exhibitor": "㈜솔", "buyer": "Virus Xbuster", "met_on": "2023-01-06", "source": "상담일지"},
        target: {"measure": "count", "series": "announced", "amount": "4", "source": "계획서"},
    }
    sent = {page: fields(teamlead.get(page)) | values for page, values in typed.items()}
    archive_event(system(), event, "중복 등록")

    for page, values in sent.items():
        form = teamlead.post(page, values).context["form"]
        assert "보관" in str(form.errors), page
        assert {name: form[name].value() for name in typed[page]} == typed[page]
    assert not Consultation.objects.exists() and not Target.objects.exists()
