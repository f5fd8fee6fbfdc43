"""Behind proxies of ours each client has its own address; a header that anybody can write is believed by nobody."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as told
from django.test import Client
from django.utils import timezone

from config.proxies import forwarded_for
from crm.models import PartnerConfirmation
from tests.builders_partners import make_link

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("header", "proxies", "found"),
    [
        ("192.0.2.9", 1, "192.0.2.9"),
        ("203.0.113.7, 192.0.2.9", 1, "192.0.2.9"),  # the first was written by the client itself
        ("203.0.113.7, 192.0.2.9, 10.0.0.2", 2, "192.0.2.9"),
        ("192.0.2.9", 2, ""),  # came by fewer proxies than there are
        ("192.0.2.9:5123", 1, "192.0.2.9"),
        ("[2001:DB8::1]:5123", 1, "2001:db8::1"),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("unknown", 1, ""),
        ("", 1, ""),
    ],
)
def test_the_client_is_counted_from_the_end(header: str, proxies: int, found: str) -> None:
    assert forwarded_for(header, proxies) == found


def knock(forwarded: str) -> int:
    client = Client(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded)
    return int(client.get("/confirm/guess/").status_code)


@pytest.fixture(autouse=True)
def _attempts(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.django_db
def test_partners_behind_a_proxy_have_a_limit_each(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert [knock("192.0.2.9") for _try in range(11)][-1] == 429
    assert knock("203.0.113.7, 192.0.2.9") == 429  # another first entry makes nobody another client


@pytest.mark.django_db
def test_a_partner_of_another_address_is_not_held_up(settings: Any) -> None:
    from crm.web.limits import too_many

    settings.TRUSTED_PROXIES = 1
    _link, token = make_link()
    for _try in range(20):
        too_many("address 192.0.2.9", timezone.now(), 10)
    found = Client(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.10").get(f"/confirm/{token}/")
    assert found.status_code == 200
    assert Client(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.9").get(f"/confirm/{token}/").status_code == 429
    assert PartnerConfirmation.objects.get().answer == ""


@pytest.mark.django_db
def test_without_a_proxy_of_ours_the_header_is_not_read() -> None:
    from crm.web.limits import too_many

    _link, token = make_link()
    for _try in range(20):
        too_many(f"address {PROXY}", timezone.now(), 10)
    assert Client(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.10").get(f"/confirm/{token}/").status_code == 429


@pytest.mark.parametrize(
    ("own", "said"),
    [({}, "0"), ({"BEHIND_PROXY": "true"}, "1"), ({"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "2"}, "2"),
     ({"TRUSTED_PROXIES": "3"}, "0"), ({"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "0"}, "TRUSTED_PROXIES")],
)  # fmt: skip
def test_how_many_there_are_is_a_setting(own: dict[str, str], said: str, tmp_path: Path) -> None:
    inside = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "IEUM_DATA": str(tmp_path), **own}
    program = "import config.settings as s; print(s.TRUSTED_PROXIES)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=told.BASE_DIR, env=inside, capture_output=True, text=True, check=False
    )
    assert said in (done.stdout if said.isdigit() else done.stderr)
