"""What cannot be taken back says so, and what it does, before the button that does it: in both languages."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse

from crm.actions.accounts import issue_token
from crm.actions.confirmations import ask_partner
from crm.actions.schedules import set_schedule
from crm.actions.webhooks import open_webhook, rotate_secret
from tests.builders import Cast, system
from tests.builders_partners import make_claim
from tests.crm.web.conftest import SignIn


def a_token(cast: Cast) -> tuple[str, str]:
    token, _secret = issue_token(system(), cast.client, "옛 시스템", ["read"])
    return reverse("tokens"), reverse("token-revoke", args=[token.pk])


def an_old_secret(cast: Cast) -> tuple[str, str]:
    webhook = open_webhook(system(), cast.client, "자료실", "http://127.0.0.1:9/")
    rotate_secret(system(), webhook)
    return reverse("webhook", args=[webhook.pk]), reverse("webhook-secret-drop", args=[webhook.pk])


def a_link(cast: Cast) -> tuple[str, str]:
    outcome, partner = make_claim(lead_unit=cast.unit)
    link, _token = ask_partner(system(), outcome, partner)
    return reverse("outcome-evidence", args=[outcome.pk]), reverse("confirmation-revoke", args=[link.pk])


def an_edition(cast: Cast) -> tuple[str, str]:
    return f"{reverse('reports:quarterly')}?period=2023Q1", reverse("reports:publish")


def an_edition_of_the_catalogue(cast: Cast) -> tuple[str, str]:
    return f"{reverse('reports:report', args=['annual-contracts'])}?year=2023&whole", reverse("reports:publish")


def an_edition_of_a_schedule(cast: Cast) -> tuple[str, str]:
    told = {"name": "분기 보고", "report": "quarterly", "rhythm": "quarterly", "day": 5, "covers": "last_quarter"}
    schedule = set_schedule(system(), **told, language="ko", formats=["pdf"], publishes=True)
    return reverse("reports:schedules"), reverse("reports:schedule-run", args=[schedule.pk])


EVERYTHING = (a_token, an_old_secret, a_link, an_edition, an_edition_of_the_catalogue, an_edition_of_a_schedule)


@pytest.mark.parametrize("make", EVERYTHING)
@pytest.mark.parametrize(("language", "said"), [("ko", "되돌릴 수 없으며"), ("en", "It cannot be undone")])
def test_the_consequence_stands_before_the_button(
    cast: Cast, signed_in: SignIn, make: Callable[[Cast], tuple[str, str]], language: str, said: str
) -> None:
    page, deed = make(cast)
    admin = signed_in(cast.admin)
    admin.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    told = admin.get(page).content.decode()
    folds = re.findall(r"<details class=\"final\">.*?</details>", told, re.DOTALL)
    (fold,) = (one for one in folds if f'action="{deed}"' in one)
    assert fold.index(said) < fold.index("<button") and told.count(deed) == 1
