"""Partners' confirmations and shares through the API."""

import pytest
from django.test import Client

from crm.models import Outcome, PartnerConfirmation
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def asked(api: ApiClient, world: World) -> dict[str, str]:
    body = {"outcome": str(world.outcome.pk), "organisation": str(world.company.pk), "language": "en"}
    answer = api.post("confirmations", body)
    assert answer.status_code == 201, answer.content
    made: dict[str, str] = answer.json()
    return made


def test_the_address_for_the_partner_is_given_once_and_opens_the_claim(api: ApiClient, world: World) -> None:
    made = asked(api, world)
    page = Client().get(made["link"])
    assert page.status_code == 200 and world.outcome.title in page.content.decode()
    again = api.get(f"confirmations/{made['id']}").json()
    assert "link" not in again and (again["state"], again["is_revoked"]) == ("open", False)
    assert made["link"].rstrip("/").split("/")[-1] not in str(again)


def test_a_revoked_link_shows_nothing_and_stays_closed(api: ApiClient, world: World) -> None:
    made = asked(api, world)
    told = api.patch(f"confirmations/{made['id']}", {"is_revoked": True}, if_match='"1"').json()
    assert (told["state"], told["is_revoked"]) == ("revoked", True)
    assert world.outcome.title not in Client().get(made["link"]).content.decode()
    answer = api.patch(f"confirmations/{made['id']}", {"is_revoked": False}, if_match=f'"{told["version"]}"')
    assert refused(answer) == {("/is_revoked", "invalid")}


def test_a_change_of_the_outcome_shows_in_the_state(api: ApiClient, world: World) -> None:
    made = asked(api, world)
    outcome = Outcome.objects.get(pk=world.outcome.pk)
    api.patch(f"outcomes/{outcome.pk}", {"title": "변경협약"}, if_match=f'"{outcome.version}"')
    assert api.get(f"confirmations/{made['id']}").json()["state"] == "changed"


def test_who_is_no_party_cannot_confirm(api: ApiClient, world: World) -> None:
    body = {"outcome": str(world.outcome.pk), "organisation": str(world.buyer.pk), "days": 1000}
    assert ("/days", "max_value") in refused(api.post("confirmations", body))
    assert refused(api.post("confirmations", body | {"days": 1})) == {("/organisation", "invalid")}
    assert not PartnerConfirmation.objects.exists()


def test_shares_are_replaced_as_a_whole(api: ApiClient, world: World) -> None:
    def patch(shares: list[dict[str, str]], version: int) -> dict[str, object]:
        answer = api.patch(f"outcomes/{world.outcome.pk}", {"attributions": shares}, if_match=f'"{version}"')
        assert answer.status_code == 200, answer.content
        told: dict[str, object] = answer.json()
        return told

    event, unit = str(world.event.pk), str(world.unit.pk)
    halves = [{"role": "originated", "event": event, "share": "33.33"}]
    halves += [{"role": "signed_at", "event": event, "share": "66.67"}]
    version = Outcome.objects.get(pk=world.outcome.pk).version
    told = patch([*halves, {"role": "progressed", "org_unit": unit, "share": "100"}], version)
    assert told["attributions"] == [
        {"role": "originated", "event": event, "org_unit": None, "share": "33.33"},
        {"role": "signed_at", "event": event, "org_unit": None, "share": "66.67"},
        {"role": "progressed", "event": None, "org_unit": unit, "share": "100"},
    ]
    assert patch([], told["version"])["attributions"] == []  # type: ignore[arg-type]


@pytest.mark.parametrize("share", ["99", "99.99"])
def test_shares_of_99_are_refused_and_nothing_else_is_written(api: ApiClient, world: World, share: str) -> None:
    outcome = Outcome.objects.get(pk=world.outcome.pk)
    body = {"title": "바뀐 이름", "attributions": [{"role": "signed_at", "event": str(world.event.pk), "share": share}]}
    answer = api.patch(f"outcomes/{outcome.pk}", body, if_match=f'"{outcome.version}"')
    assert share in str(problem_of(answer, 422))
    assert Outcome.objects.get(pk=outcome.pk).title == outcome.title
