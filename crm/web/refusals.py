"""What an action refused, put where the reader can mend it: the one mapping of actions' errors to a form's fields."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, cast

from django import forms
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from crm import answers
from crm.actions.base import Conflict, Stale
from crm.models import Outcome, Record
from crm.queries.timeline import as_it_was
from crm.web.forms.base import RecordForm, show_again
from crm.web.pages.history import meanwhile

T = TypeVar("T")


def attempt(form: forms.BaseForm, act: Callable[[], T]) -> T | None:
    """Runs the action where the form is valid. None where it was refused; then the form says why. Where the same form
    was sent twice at once, the second is refused because the first made the record: that one is given."""
    if not form.is_valid():
        return None
    try:
        return _made(form, act) if isinstance(form, RecordForm) and form.record is None else act()
    except Stale as stale:
        put_stale(form, stale)
    except (ValidationError, Conflict) as error:
        if isinstance(form, RecordForm) and (made := form.already_saved()) is not None:
            return cast(T, made)
        if form.errors:
            return None
        if isinstance(error, ValidationError):
            put(form, error)
        else:
            form.add_error(None, str(error))
    return None


def _made(form: RecordForm, act: Callable[[], T]) -> T:
    """What the form says is noted with the record that it makes, for when it is sent again."""
    with transaction.atomic():
        answer = act()
        if (made := form.made()) is not None:
            answers.keep_form(made, form.said_hash(), timezone.now())
    return answer


def done(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Whether the form was valid and the action did it."""
    return attempt(form, act) is not None


def above(act: Callable[[], T]) -> T:
    """Runs the action; what it refuses of fields that nobody sees (a content that was read) is said above the form."""
    try:
        return act()
    except ValidationError as error:
        hidden = [name for name in ("content_hash", "concurrences") if name in getattr(error, "error_dict", {})]
        if not hidden:
            raise
        said = [(first, " · ".join(rest)) for first, *rest in (error.message_dict[name] for name in hidden)]
        raise ValidationError([f"{first} {rest}".strip() for first, rest in said]) from error


def put(form: forms.BaseForm, error: ValidationError) -> None:
    """Each message at its field; what names no field of the form stands above it, with what the field is called on
    record if it is called anything."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    places = getattr(form, "error_places", {})
    for name, messages in error.message_dict.items():
        place = places.get(name, name)
        if place in form.fields:
            form.add_error(place, messages)
        else:
            called = "" if name == NON_FIELD_ERRORS else _called(form, name)
            form.add_error(None, [f"{called}: {m}" for m in messages] if called else messages)


def _called(form: forms.BaseForm, name: str) -> str:
    """A column by its name in the reader's language: of the form's own record, else of an outcome, else of the first
    record that has it; empty where none does."""
    own = [model] if (model := getattr(form, "model", None)) else []
    others = (model for model in apps.get_app_config("crm").get_models() if issubclass(model, Record))
    for model in (*own, Outcome, *others):
        with suppress(FieldDoesNotExist):
            return capfirst(str(getattr(model._meta.get_field(name), "verbose_name", "")))
    return ""


def put_stale(form: forms.BaseForm, stale: Stale) -> None:
    """Says that the record was changed meanwhile, by another or in another window of the same person, and what.
    Nothing is overwritten: the form takes over those changes where this person made none, and is sent again by the
    person."""
    form.add_error(None, Stale.told)
    if not isinstance(form, RecordForm) or form.record is None:
        _tell_meanwhile(form, stale.current)
        return
    current = type(stale.current)._base_manager.get(pk=stale.current.pk)
    rows = type(current).history.filter(id=current.pk, version=form.cleaned_data["version"])
    seen = rows.order_by("history_date", "history_id").last()
    if seen is not None:
        form.meanwhile = meanwhile(current, seen.history_date)
        form.merge(seen, current)


def _tell_meanwhile(form: forms.BaseForm, record: Record) -> None:
    """Rows and single deeds are not put together with what others did: that is told where it can be, and the form is
    sent again by who has read it."""
    seen = as_it_was(record, form.cleaned_data.get("version") or 0)
    if seen is not None and (lines := meanwhile(record, seen.history_date)):
        now = type(record)._base_manager.values_list("version", flat=True).get(pk=record.pk)
        # Told to the page; not every form has a place for it.
        form.meanwhile, form.is_only_mine = lines, True  # type: ignore[attr-defined]
        show_again(form, version=now)


def messages_of(error: Exception) -> str:
    """The refusal of an action that has no form of its own, as one sentence."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Stale):
        return str(Stale.told)
    return str(error)


REFUSED = (ValidationError, Stale, Conflict)
