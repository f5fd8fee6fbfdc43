"""The cast, signed in, and a reader of pages."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.models import Account
from tests.builders import Cast, make_cast

SignIn = Callable[[Account], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def officer(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.officer)


@pytest.fixture
def leader(cast: Cast, signed_in: SignIn) -> Client:
    """Reads everything and records nothing."""
    return signed_in(cast.leader)


@pytest.fixture
def text() -> Callable[[Any], str]:
    """What a reader sees of an answer: its text, with single spaces."""

    def read(answer: Any) -> str:
        body = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    return read


@pytest.fixture
def fields() -> Callable[[Any], dict[str, str]]:
    """What the page's form would send: hidden fields, chosen options and all."""

    def read(answer: Any) -> dict[str, str]:
        form = answer.context["form"]
        sent = {}
        for bound in form:
            value = bound.field.widget.format_value(bound.value()) if bound.value() is not None else None
            value = value[0] if isinstance(value, list) and len(value) == 1 else value
            if value not in (None, [], "") and bound.widget_type != "checkbox":
                sent[bound.html_name] = value
        return sent

    return read
