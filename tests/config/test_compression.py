"""Pages go out compressed; what the API says stays as it is."""

import pytest
from django.test import Client

from crm.actions.accounts import issue_token
from tests.builders import make_cast, make_organisation, system

pytestmark = pytest.mark.django_db
PACKED = {"accept-encoding": "gzip"}


def test_a_page_is_compressed_and_an_answer_of_the_api_keeps_its_etag() -> None:
    cast = make_cast()
    client = Client()
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/organisations/", headers=PACKED)
    assert page["Content-Encoding"] == "gzip" and len(page.content) < len(client.get("/organisations/").content) / 2

    address = f"/api/v1/organisations/{make_organisation(note='메모 ' * 300).pk}"
    _token, secret = issue_token(system(), cast.client, "시험", ["read"])
    answer = Client().get(address, headers={**PACKED, "authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert answer["ETag"] == '"1"' and not answer.has_header("Content-Encoding")
