"""What an action refuses, said on the page by the names that a reader knows."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import translation
from uuid_utils.compat import uuid7

from crm.models import FollowUp
from crm.web.forms.base import PlainForm, RecordForm
from crm.web.refusals import put


class NoteForm(PlainForm):
    note = forms.CharField(required=False)


class FollowUpForm(RecordForm):
    model = FollowUp
    columns = ("result",)


def said(form: Any, **refused: str) -> dict[str, list[str]]:
    assert form.is_valid()
    put(form, ValidationError(refused))
    return dict(form.errors)


def test_a_field_that_the_form_has_says_it_there() -> None:
    assert said(NoteForm({"note": ""}), note="너무 깁니다.") == {"note": ["너무 깁니다."]}


@pytest.mark.parametrize(("language", "called"), [("ko", "문서번호"), ("en", "Document number")])
def test_a_field_that_the_form_lacks_is_called_by_its_name(language: str, called: str) -> None:
    with translation.override(language):
        assert said(NoteForm({}), document_number="x")[NON_FIELD_ERRORS] == [f"{called}: x"]


def test_the_form_s_own_record_names_it_first() -> None:
    """What a follow-up calls its title, an outcome does not."""
    with translation.override("ko"):
        assert said(NoteForm({}), title="x")[NON_FIELD_ERRORS] == ["제목: x"]
        assert said(FollowUpForm({"id": str(uuid7())}), title="x")[NON_FIELD_ERRORS] == ["할 일: x"]


def test_what_is_called_nothing_is_said_alone() -> None:
    assert said(NoteForm({}), no_such_column="그럴 수 없습니다.") == {NON_FIELD_ERRORS: ["그럴 수 없습니다."]}
    assert said(NoteForm({}), **{NON_FIELD_ERRORS: "그럴 수 없습니다."}) == {NON_FIELD_ERRORS: ["그럴 수 없습니다."]}
