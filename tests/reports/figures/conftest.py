"""The offices that the figures fall to: a bureau, its division, and a programme."""

import pytest

from crm.actions.org_units import record_programme
from crm.models import OrgUnit, Programme
from tests.builders import make_unit, system


@pytest.fixture
def bureau() -> OrgUnit:
    return make_unit("경제국")


@pytest.fixture
def division(bureau: OrgUnit) -> OrgUnit:
    return make_unit("투자과", parent_unit=bureau)


@pytest.fixture
def programme() -> Programme:
    return record_programme(system(), name="인공지능 사업")
