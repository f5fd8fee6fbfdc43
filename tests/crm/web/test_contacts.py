"""A person at an organisation is put right where it is seen: seen for a purpose, which is logged; corrected by the
version that was seen, and put back at a click."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.actions.organisations import update_contact
from crm.actions.personal_data import remove_person
from crm.models import AccessLog, Contact
from tests.builders import make_contact, make_organisation, system
from tests.crm.web.test_putting_right import undo

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]


@pytest.fixture
def contact(db: None) -> Contact:
    return make_contact(make_organisation("㈜솔"), name="홍길동", phone="010-1234-5678", position="과장")


def seen(officer: Client, contact: Contact) -> Any:
    return officer.post(f"/contacts/{contact.pk}/", {"purpose": "연락처 정정"})


def test_a_contact_is_corrected_where_it_is_seen_and_put_back(
    officer: Client, contact: Contact, fields: Fields, text: Text
) -> None:
    asked = f"/contacts/{contact.pk}/?correct"
    assert asked in officer.get(f"/organisations/{contact.organisation_id}/").content.decode()
    assert 'value="연락처 정정"' in officer.get(asked).content.decode() and not AccessLog.objects.exists()
    page, edit = seen(officer, contact), f"/contacts/{contact.pk}/edit/"
    assert f'action="{edit}"' in page.content.decode() and "/remove/" in page.content.decode()

    told = officer.post(edit, fields(page) | {"position": "팀장", "phone": "062-613-2114"}, follow=True)

    contact.refresh_from_db()
    assert (contact.position, contact.phone) == ("팀장", "+82626132114")
    assert "연락처를 저장했습니다" in text(told) and "팀장" not in text(told)
    address, sent = undo(told)
    assert set(sent) == {"csrfmiddlewaretoken", "version"}
    assert "고치기 전으로" in text(officer.post(address, sent, follow=True))
    contact.refresh_from_db()
    assert (contact.position, contact.phone, contact.phone_as_typed) == ("과장", "+821012345678", "010-1234-5678")
    shown = text(seen(officer, contact))
    assert "팀장" in shown and "바로 되돌림" in shown  # the history
    assert "그사이 이 기록이 변경되었습니다" in text(officer.post(address, sent, follow=True))


def test_what_is_wrong_is_told_at_its_field_and_nobody_is_shown_unlogged(
    officer: Client, leader: Client, contact: Contact, fields: Fields, text: Text
) -> None:
    edit = f"/contacts/{contact.pk}/edit/"
    opened = officer.get(edit, follow=True)
    assert "홍길동" not in text(opened) and not AccessLog.objects.exists()
    sent = fields(seen(officer, contact)) | {"phone": "전화 없음", "retention_until": "2023-13-01"}
    refused = officer.post(edit, sent)
    assert set(refused.context["form"].errors) == {"retention_until"}
    refused = officer.post(edit, sent | {"retention_until": "2091-01-01"})
    assert set(refused.context["form"].errors) == {"phone"} and "no-store" in refused["Cache-Control"]
    assert AccessLog.objects.count() == 1
    assert leader.post(edit, sent).status_code == 403


def test_a_faster_change_is_told_and_that_showing_is_logged(
    officer: Client, contact: Contact, fields: Fields, text: Text
) -> None:
    edit, sent = f"/contacts/{contact.pk}/edit/", fields(seen(officer, contact)) | {"position": "팀장"}
    update_contact(system(), contact, email="sol@example.com")
    stale = officer.post(edit, sent)
    assert "sol@example.com" in text(stale) and AccessLog.objects.count() == 2
    assert Contact.objects.get().position == "과장"
    assert officer.post(edit, fields(stale)).status_code == 302
    found = Contact.objects.get()
    assert (found.position, found.email) == ("팀장", "sol@example.com")


def test_what_was_corrected_before_the_person_was_removed_does_not_come_back(
    officer: Client, contact: Contact, fields: Fields, text: Text
) -> None:
    sent = fields(seen(officer, contact)) | {"position": "팀장"}
    address, told = undo(officer.post(f"/contacts/{contact.pk}/edit/", sent, follow=True))
    contact.refresh_from_db()
    remove_person(system(), contact, "본인 요청")
    officer.post(address, told | {"version": str(Contact.objects.get().version)})
    assert Contact.objects.get().position == ""
    assert officer.post(f"/contacts/{contact.pk}/edit/", sent).status_code == 302
    assert "/edit/" not in seen(officer, contact).content.decode()
    assert (
        f"/contacts/{contact.pk}/?correct"
        not in officer.get(f"/organisations/{contact.organisation_id}/").content.decode()
    )


def test_of_a_removed_person_nobody_is_asked_what_for(officer: Client, contact: Contact, text: Text) -> None:
    """An old address, and the second of two who remove."""
    officer.post(f"/contacts/{contact.pk}/remove/", {"reason": "본인 요청"})
    logged = AccessLog.objects.count()
    for place in ("", "?correct", "remove/"):
        assert "완전히 삭제된 연락처입니다." in text(officer.get(f"/contacts/{contact.pk}/{place}", follow=True))
    assert AccessLog.objects.count() == logged


def test_what_changes_nothing_offers_no_undo(officer: Client, contact: Contact, fields: Fields) -> None:
    told = officer.post(f"/contacts/{contact.pk}/edit/", fields(seen(officer, contact)), follow=True)
    assert "put-back" not in told.content.decode() and Contact.objects.get().version == 1
