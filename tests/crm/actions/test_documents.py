"""Documents: what is kept, under which name, and what stays once figures rest on it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from crm.actions import documents, ledger, outcomes
from crm.models import Document
from crm.values.evidence import Grade
from tests.laws.scenarios import World, figure, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def attach(world: World, name: str = "a.pdf", content: bytes = b"paper", **fields: Any) -> Document:
    values = {"title": "x", "grade": Grade.PRESS, "outcome": world.outcome, **fields}
    return documents.attach_document(world.caller, documents.Upload(name, content), **values)


def test_the_same_file_is_stored_once(world: World) -> None:
    first, second = attach(world, "a.pdf"), attach(world, "b.pdf")
    assert (first.file.name, first.file_name, second.file_name) == (second.file.name, "a.pdf", "b.pdf")
    assert first.file.read() == b"paper"


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\boot.pdf", "/etc/x.pdf", "C:\\x.PDF"])
def test_a_path_in_the_name_leads_nowhere(world: World, name: str) -> None:
    document = attach(world, name)
    assert Path(document.file.path).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())
    assert not {"/", "\\"} & set(document.file_name)


@pytest.mark.parametrize("name", ["x.exe", "x.html", "x.svg", "x", "..", "", ".pdf", "x.pdf.js"])
def test_an_unknown_kind_of_file_is_refused(world: World, name: str) -> None:
    with pytest.raises(ValidationError) as error:
        attach(world, name)
    assert set(error.value.message_dict) == {"file"}


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + b"\0" * 60, b"\x7fELF\x02\x01", b"\xcf\xfa\xed\xfe\x07"])
def test_a_program_is_refused_whatever_it_is_called(world: World, content: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        attach(world, "현장사진.jpg", content)
    assert set(caught.value.message_dict) == {"file"}


def test_a_text_that_begins_like_a_program_is_none(world: World) -> None:
    kept = attach(world, "목록.csv", b"MZ,company,amount\n1,x,2\n")
    assert kept.file_name == "목록.csv"


@pytest.mark.parametrize("size", [0, 1025])
def test_empty_and_too_large_files_are_refused(world: World, settings: Any, size: int) -> None:
    settings.MAX_UPLOAD_BYTES = 1024
    with pytest.raises(ValidationError) as error:
        attach(world, content=b"x" * size)
    assert set(error.value.message_dict) == {"file"}


def test_nobody_points_a_document_at_another_file(world: World) -> None:
    with pytest.raises(ValidationError):
        documents.update_document(world.caller, world.document, file="../secret_key")
    with pytest.raises(ValidationError):
        documents.attach_document(world.caller, title="x", grade=Grade.PRESS, outcome=world.outcome, file="x")


def test_grade_and_outcome_stay_once_figures_rest_on_it(world: World) -> None:
    documents.update_document(world.caller, world.document, grade=Grade.PARTNER_CONFIRMED)
    documents.update_document(world.caller, world.document, grade=Grade.SIGNED_DOCUMENT)
    ledger.post_figure(world.caller, world.outcome, figure(evidence=world.document))
    other = outcomes.record_outcome(
        world.caller, outcomes.Testimony("press"), kind="promise", title="x", event=world.event
    )
    for field, value in (("grade", Grade.PRESS), ("outcome", other)):
        with pytest.raises(ValidationError) as error:
            documents.update_document(world.caller, world.document, **{field: value})
        assert set(error.value.message_dict) == {field}
    documents.update_document(world.caller, Document.objects.get(pk=world.document.pk), title="새 이름")


def test_a_document_can_be_found_and_is_about_something(world: World) -> None:
    for fields in ({"outcome": world.outcome}, {"source": "press"}):
        with pytest.raises(ValidationError):
            documents.attach_document(world.caller, title="x", grade=Grade.PRESS, **fields)
