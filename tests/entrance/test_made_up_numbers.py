"""Numbers that no page sends are no numbers: what asks for them says so, and does not fail."""

from typing import Any

import pytest
from django.test import Client

from crm.actions.base import Caller
from crm.actions.schedules import set_schedule, stop_schedule
from crm.models import ImportBatch, ReportSchedule
from crm.values.numbers import number_in
from crm.values.schedules import Covered, Rhythm
from tests.builders import Cast, make_cast, make_contact, make_organisation, make_outcome, system
from tests.crm.importing.sheets import HEADINGS, book, bring, row, signed_in

MADE_UP = ["²", "5" * 5000, "٣", "-1", "1_0", " 1", "1.0", ""]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.mark.parametrize("text", MADE_UP)
def test_it_is_no_number(text: str) -> None:
    assert number_in(text, -7) == -7


def test_a_number_is_one() -> None:
    assert [number_in(text, -7) for text in ("0", "12", "007", "999999999")] == [0, 12, 7, 999_999_999]


@pytest.mark.parametrize("text", MADE_UP[:2])
def test_a_sheet_is_left_as_it_is(cast: Cast, text: str) -> None:
    officer = signed_in(cast.officer)
    bring(officer, book(HEADINGS, row(1)))
    batch = ImportBatch.objects.get()
    address = f"/imports/{batch.pk}/"
    sent: list[tuple[str, dict[str, Any]]] = [
        ("change/", {"version": text, "hidden": "leave"}),
        ("change/", {"version": str(batch.version), f"cell-{text}-title": "다른 이름"}),
        ("apply/", {"position": text}),
        ("undo/", {"position": text}),
    ]
    for deed, fields in sent:
        assert officer.post(address + deed, fields, follow=True).status_code < 500
    batch.refresh_from_db()
    assert (batch.state, batch.leaves_hidden, batch.rows[0][1][1]) == ("read", False, "1호 협약")


@pytest.mark.parametrize("text", MADE_UP[:2])
def test_a_record_is_left_as_it_is(cast: Cast, text: str) -> None:
    officer: Client = signed_in(cast.officer)
    outcome, contact = make_outcome("협약", lead_unit=cast.unit), make_contact(make_organisation("㈜솔"))
    for address in (f"/outcomes/{outcome.pk}/lead/give-back/", f"/contacts/{contact.pk}/put-back/"):
        assert officer.post(address, {"version": text}, follow=True).status_code == 200
    outcome.refresh_from_db()
    contact.refresh_from_db()
    assert (outcome.lead_unit, outcome.version, contact.version) == (cast.unit, 1, 1)


@pytest.mark.parametrize("text", MADE_UP[:2])
def test_a_schedule_stays_stopped(cast: Cast, text: str) -> None:
    told = Caller(cast.admin, system().now, "page")
    plan = set_schedule(
        told, name="주간 보고", rhythm=Rhythm.WEEKLY, day=3, covers=Covered.THIS_QUARTER, formats=["csv"], recipients=[]
    )
    stop_schedule(told, plan)
    address = f"/reports/schedules/{plan.pk}/resume/"
    assert signed_in(cast.admin).post(address, {"version": text}, follow=True).status_code == 200
    assert not ReportSchedule.objects.get().is_active
