"""An officer and his department."""

import pytest
from django.test import Client

from tests.builders import Cast, make_cast
from tests.crm.importing.sheets import signed_in


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast.officer)
