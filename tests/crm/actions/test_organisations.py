"""Organisations: the name as written, the key for matching, numbers checked."""

import pytest
from django.core.exceptions import ValidationError

from crm.actions import organisations
from tests.laws.scenarios import World, make_world

pytestmark = pytest.mark.django_db
NUMBER = "124-81-00998"


@pytest.fixture
def world() -> World:
    return make_world()


def test_the_name_stays_as_written_and_the_key_matches(world: World) -> None:
    same = organisations.record_organisation(world.caller, name="주식회사 솔")
    assert (world.company.name, same.name) == ("㈜솔", "주식회사 솔")
    assert world.company.key == same.key == "솔"


def test_a_new_name_has_a_new_key(world: World) -> None:
    organisations.update_organisation(world.caller, world.company, name="㈜달")
    assert world.company.key == "달"


def test_an_alias_has_its_own_key(world: World) -> None:
    alias = organisations.add_alias(world.caller, world.company, name="SOL Co., Ltd.", source="MOU")
    assert (alias.name, alias.key, alias.initials) == ("SOL Co., Ltd.", "sol", "sol")
    assert organisations.add_alias(world.caller, world.company, name="㈜소나무").initials == "ㅅㄴㅁ"


@pytest.mark.parametrize("typed", [NUMBER, "1248100998", " 124 81 00998 "])
def test_a_registration_number_in_any_shape(world: World, typed: str) -> None:
    organisations.update_organisation(world.caller, world.company, business_registration_number=typed)
    assert world.company.business_registration_number == NUMBER


@pytest.mark.parametrize("typed", ["124-81-00997", "000-00-00000", "12", "abc"])
def test_a_wrong_registration_number(world: World, typed: str) -> None:
    with pytest.raises(ValidationError) as error:
        organisations.update_organisation(world.caller, world.company, business_registration_number=typed)
    assert set(error.value.message_dict) == {"business_registration_number"}


def test_a_registration_number_is_one_organisation_s(world: World) -> None:
    organisations.update_organisation(world.caller, world.company, business_registration_number=NUMBER)
    with pytest.raises(ValidationError):
        organisations.update_organisation(world.caller, world.buyer, business_registration_number=NUMBER)


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_name_is_needed(world: World, name: str) -> None:
    with pytest.raises(ValidationError):
        organisations.record_organisation(world.caller, name=name)


FORMULA = "=cmd|' /C calc'!A0"


def test_a_formula_is_no_name(world: World) -> None:
    """Whatever sheet it is copied into would run it."""
    for field in ("name", "name_en"):
        with pytest.raises(ValidationError) as error:
            organisations.record_organisation(world.caller, **{"name": "㈜달", field: FORMULA})
        assert set(error.value.message_dict) == {field}
        with pytest.raises(ValidationError):
            organisations.update_organisation(world.caller, world.company, **{field: FORMULA})
        world.company.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        organisations.record_organisation(world.caller, name="㈜달", aliases=["달", FORMULA])
    assert set(error.value.message_dict) == {"aliases"}
    with pytest.raises(ValidationError) as error:
        organisations.add_alias(world.caller, world.company, name=FORMULA)
    assert set(error.value.message_dict) == {"name"}
    assert organisations.record_organisation(world.caller, name="E=mc2 랩스").name == "E=mc2 랩스"


def test_a_name_that_stands_is_no_reason_to_refuse_another_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(organisations, "runs_as_formula", lambda name: False)
        organisations.update_organisation(world.caller, world.company, name=FORMULA)
    organisations.update_organisation(world.caller, world.company, name=FORMULA, region="광주")
    assert world.company.region == "광주"
