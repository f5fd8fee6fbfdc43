"""The link to a partner: asked for by officers, answered by somebody without an account."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.actions.confirmations import ask_partner, revoke_link
from crm.actions.outcomes import update_outcome
from crm.models import Document, Outcome, PartnerConfirmation
from crm.web.limits import too_many
from tests.builders import Cast, system
from tests.builders_partners import make_claim, make_link

pytestmark = pytest.mark.django_db
Text = Callable[[Any], str]


@pytest.fixture(autouse=True)
def _attempts(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    yield


def sent(link: PartnerConfirmation, **changes: str) -> dict[str, str]:
    return {"answer": "confirmed", "content_hash": link.content_hash, **changes}


def test_looking_uses_nothing_up_and_shows_the_claim_alone(text: Text) -> None:
    link, token = make_link()
    for _look in range(3):
        page = Client().get(f"/confirm/{token}/")
        assert page.status_code == 200 and "USD 1,000,000" in text(page)
    shown = page.content.decode()
    assert f"/outcomes/{link.outcome_id}" not in shown and "<nav" not in shown
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in page["X-Robots-Tag"] and not page.cookies


def test_it_speaks_the_language_of_the_link_and_switches() -> None:
    _link, token = make_link(language="en")
    assert '<html lang="en">' in Client().get(f"/confirm/{token}/").content.decode()
    assert '<html lang="ko">' in Client().get(f"/confirm/{token}/?lang=ko").content.decode()


def test_it_is_answered_once_and_without_a_cookie() -> None:
    link, token = make_link()
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/confirm/{token}/", sent(link)).status_code == 200
    assert Document.objects.get(outcome=link.outcome).grade == "partner_confirmed"
    again = client.post(f"/confirm/{token}/", sent(link))
    assert again.status_code == 410 and "1,000,000" not in again.content.decode()
    assert client.get(f"/confirm/{token}/").status_code == 410
    assert Document.objects.count() == 1


def test_another_value_is_read_like_every_amount() -> None:
    link, token = make_link()
    refused = Client().post(f"/confirm/{token}/", sent(link, answer="other_value", amount="많이"))
    assert refused.status_code == 422 and not Document.objects.exists()
    assert Client().post(f"/confirm/{token}/", sent(link, answer="other_value")).status_code == 422
    assert Client().post(f"/confirm/{token}/", sent(link, answer="other_value", amount="90만 달러")).status_code == 200
    found = PartnerConfirmation.objects.get(pk=link.pk)
    assert (found.stated_amount, found.stated_currency) == (900_000, "USD")


def test_closed_links_show_nothing_of_the_claim() -> None:
    assert Client().get("/confirm/no-such-token/").status_code == 404
    link, token = make_link()
    revoke_link(system(), link)
    page = Client().get(f"/confirm/{token}/")
    assert page.status_code == 410 and "USD" not in page.content.decode()
    assert 'lang="en"' in page.content.decode() and 'lang="ko"' in page.content.decode()


def test_a_changed_claim_takes_no_answer() -> None:
    link, token = make_link()
    update_outcome(system(), link.outcome, title="다른 제목")
    page = Client().post(f"/confirm/{token}/", sent(link))
    assert page.status_code == 409 and not Document.objects.exists()


def test_more_than_ten_attempts_a_minute_are_sent_away() -> None:
    away = Client(REMOTE_ADDR="192.0.2.9")
    assert [away.get(f"/confirm/guess-{n}/").status_code for n in range(11)] == [404] * 10 + [429]
    assert away.get("/confirm/guess/")["Retry-After"] == "60"
    assert Client(REMOTE_ADDR="192.0.2.10").get("/confirm/guess/").status_code == 404


def test_attempts_are_forgotten_after_a_minute() -> None:
    now = timezone.now()
    assert [too_many("a", now, 2) for _try in range(3)] == [False, False, True]
    assert not too_many("a", now + timedelta(seconds=61), 2)


def test_the_officer_gets_the_link_once_and_sees_how_it_stands(cast: Cast, officer: Client, text: Text) -> None:
    outcome, partner = make_claim(lead_unit=cast.unit)
    path = f"/outcomes/{outcome.pk}/confirmations/new/"
    given = officer.post(path, {"organisation": str(partner.pk), "language": "ko", "days": "14"})
    found = re.search(r"http://testserver(/confirm/[\w-]+/)", given.content.decode())
    assert found is not None and given["Cache-Control"] == "no-store"
    assert " data-saved" in given.content.decode()  # What was typed need not be kept any more.
    link = PartnerConfirmation.objects.get(outcome=outcome)
    assert Client().post(found.group(1), sent(link)).status_code == 200
    update_outcome(system(), PartnerConfirmation.objects.get(pk=link.pk).outcome, title="다른 제목")
    page = officer.get(f"/outcomes/{outcome.pk}/evidence/").context["evidence"]
    assert [line.state.tone for line in page.confirmations.lines] == ["bad"]
    assert page.confirmations.lines[0].document is not None


def test_a_double_click_makes_one_link_and_shows_it_twice(
    cast: Cast, officer: Client, fields: Callable[[Any], dict[str, str]]
) -> None:
    outcome, partner = make_claim(lead_unit=cast.unit)
    path = f"/outcomes/{outcome.pk}/confirmations/new/"
    asked = {**fields(officer.get(path)), "organisation": str(partner.pk), "language": "ko"}
    shown = [
        re.findall(r"http://testserver(/confirm/[\w-]+/)", officer.post(path, asked).content.decode()) for _ in "12"
    ]
    assert shown[0] == shown[1] and len(shown[0]) == 1
    link = PartnerConfirmation.objects.get(outcome=outcome)
    assert Client().post(shown[0][0], sent(link)).status_code == 200
    # What was answered is not shown again.
    again = officer.post(path, asked)
    assert "/confirm/" not in again.content.decode() and PartnerConfirmation.objects.count() == 1


def test_nobody_chooses_the_token(cast: Cast, officer: Client, fields: Callable[[Any], dict[str, str]]) -> None:
    outcome, partner = make_claim(lead_unit=cast.unit)
    path = f"/outcomes/{outcome.pk}/confirmations/new/"
    asked = {**fields(officer.get(path)), "organisation": str(partner.pk), "language": "ko", "token": "guess-me"}
    assert "/confirm/" not in officer.post(path, asked).content.decode()
    assert not PartnerConfirmation.objects.exists()


def test_an_officer_of_another_unit_asks_nobody(cast: Cast, signed_in: Any) -> None:
    outcome, partner = make_claim(lead_unit=cast.unit)
    asked = {"organisation": str(partner.pk), "language": "ko", "days": "14"}
    answer = signed_in(cast.outsider).post(f"/outcomes/{outcome.pk}/confirmations/new/", asked)
    assert answer.status_code == 403 and not PartnerConfirmation.objects.exists()


def test_an_open_link_is_revoked(cast: Cast, officer: Client) -> None:
    outcome, partner = make_claim(lead_unit=cast.unit)
    link, token = ask_partner(system(), outcome, partner)
    officer.post(f"/confirmations/{link.pk}/revoke/")
    assert Client().get(f"/confirm/{token}/").status_code == 410


def test_a_later_edit_marks_the_answer_and_its_evidence(leader: Client, text: Text) -> None:
    link, token = make_link()
    Client().post(f"/confirm/{token}/", sent(link))
    address = f"/outcomes/{link.outcome_id}/evidence/"
    assert "확인 이후 변경됨" not in text(leader.get(address))
    update_outcome(system(), Outcome.objects.get(pk=link.outcome_id), title="변경협약")
    assert text(leader.get(address)).count("확인 이후 변경됨") == 2
