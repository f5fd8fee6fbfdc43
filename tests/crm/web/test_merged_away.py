"""Pages of an organisation that was merged away: each leads on to the same page of the one it is part of now, and a form
that was open before the merge loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.actions.merges import merge_organisations
from crm.models import Contact, Organisation, OrganisationAlias
from tests.builders import Cast, make_organisation, system
from tests.crm.web.conftest import SignIn

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]
TOLD = "벤텍프론티어은(는) 이 기관에 병합되었습니다."
PERSON = {"name": "홍길동", "legal_basis": "동의", "retention_until": "2090-01-01"}


@pytest.fixture
def teamlead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.teamlead)


@pytest.fixture
def kept(cast: Cast) -> Organisation:
    return make_organisation("㈜벤텍프런티어")


@pytest.fixture
def gone(cast: Cast) -> Organisation:
    return make_organisation("벤텍프론티어")


def merge(kept: Organisation, gone: Organisation) -> None:
    both = (Organisation.objects.get(pk=one.pk) for one in (kept, gone))
    merge_organisations(system(), *both, reason="같은 회사")


@pytest.mark.parametrize("place", ["", "edit/", "aliases/new/", "contacts/new/", "merge/"])
def test_every_page_leads_on_to_the_same_one(
    teamlead: Client, kept: Organisation, gone: Organisation, text: Text, place: str
) -> None:
    merge(kept, gone)
    led = teamlead.get(f"/organisations/{gone.pk}/{place}", follow=True)
    assert led.redirect_chain == [(f"/organisations/{kept.pk}/{place}", 302)]
    assert TOLD in text(led) and "㈜벤텍프런티어" in led.content.decode()


def test_the_other_of_a_merge_is_still_named(teamlead: Client, kept: Organisation, gone: Organisation) -> None:
    other = make_organisation("벤텍프론티아")
    merge(kept, gone)
    led = teamlead.get(f"/organisations/{gone.pk}/merge/?with={other.pk}")
    assert led["Location"] == f"/organisations/{kept.pk}/merge/?with={other.pk}"


def test_an_alias_and_a_person_typed_before_the_merge_stand_on_the_one_that_is_shown(
    officer: Client, kept: Organisation, gone: Organisation, fields: Fields, text: Text
) -> None:
    aliases, contacts = (f"/organisations/{gone.pk}/{name}/new/" for name in ("aliases", "contacts"))
    alias, person = fields(officer.get(aliases)), fields(officer.get(contacts))
    merge(kept, gone)
    for _twice in range(2):
        for address, sent in ((aliases, alias | {"name": "VENTEC"}), (contacts, person | PERSON)):
            led = officer.post(address, sent, follow=True)
            assert led.redirect_chain[-1] == (f"/organisations/{kept.pk}/", 302)
            assert TOLD in text(led) and "저장했습니다" in text(led) and "VENTEC" in text(led)
    assert OrganisationAlias.objects.get(name="VENTEC").organisation == kept
    assert Contact.objects.get().organisation == kept


def test_an_edit_typed_before_the_merge_is_refused_and_says_where(
    officer: Client, kept: Organisation, gone: Organisation, fields: Fields, text: Text
) -> None:
    address = f"/organisations/{gone.pk}/edit/"
    sent = fields(officer.get(address))
    merge(kept, gone)
    answer = officer.post(address, sent | {"region": "광주"})
    assert "다른 기관에 병합된 기관입니다. ㈜벤텍프런티어 기관을 써 주십시오." in text(answer)
    assert not Organisation.objects.filter(region="광주").exists()
