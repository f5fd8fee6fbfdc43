"""An officer and his department."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from tests.builders import Cast, make_cast
from tests.crm.importing.sheets import signed_in


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast.officer)


@pytest.fixture(autouse=True)
def korean_first() -> Iterator[None]:
    """The language that a page was read in ends with the test."""
    with translation.override("ko"):
        yield
