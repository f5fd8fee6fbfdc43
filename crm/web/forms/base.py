"""What the forms share: fields from a model's columns, the new record's id, the version that was seen."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import fields_for_model
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm import answers
from crm.models import Account, Record
from crm.web.countries import country_choices

_DASHES: Final = BLANK_CHOICE_DASH[0][1]
# What is no part of what a form says.
_UNSAID: Final = frozenset({"csrfmiddlewaretoken", "id", "next"})
SAID_OTHERWISE: Final = _(
    "This form was saved before, and says something else now. What you changed in it since is not saved: save it again "
    "to record it as another one. To change the one that was saved, open that one."
)


class DayInput(forms.DateInput):
    """The browser's own calendar; what was typed wrongly is shown again as typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlainForm(forms.Form):
    """A form whose fields tell screen readers about their hints and errors."""

    use_required_attribute = False
    template_name = "forms/fields.html"
    # The fields in parts, each with its heading; none where the form is short.
    sections: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    # Where an action's field has another name on the form.
    error_places: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = DayInput()
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs = {"rows": 3}
            name_nothing(field)

    def shown(self) -> list[forms.BoundField]:
        return list(self.visible_fields())

    def wrong_fields(self) -> list[forms.BoundField]:
        """The fields that the summary of what is wrong leads to, in the order of the page."""
        return [field for field in self.visible_fields() if field.errors]

    def in_sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(heading, self.named(names)) for heading, names in self.sections]

    def named(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names]


class ListForm(PlainForm):
    """What a list is narrowed by and in which order it comes (`orders`, the usual one first). What can't be understood
    does not narrow, and says so. `tabs` names the choice that is made above the list. `asked` gives it to the query."""

    orders: ClassVar[tuple[tuple[str, Any], ...]] = ()
    tabs: ClassVar[str] = ""

    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    sort = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, data: Any = None, *, reader: Account, today: date) -> None:
        super().__init__(data)
        self.reader, self.today = reader, today
        self.fields["sort"].choices = self.orders  # type: ignore[attr-defined]
        if self.tabs:
            self.fields[self.tabs].widget = forms.HiddenInput()
        self.order_fields([*(name for name in self.fields if name != "sort"), "sort"])

    def asked(self) -> Any:
        raise NotImplementedError

    def typed(self, *names: str) -> dict[str, Any]:
        """What was understood, by name; nothing for the rest."""
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name) not in (None, "")}


class RecordForm(PlainForm):
    """Fields from the model's columns: `columns` in their order, `required` beyond what the model demands.

    With a record it is an edit form that carries the version seen; without one it carries the id that the new record
    will have, so that sending it twice makes one record. One that comes back to it with the browser's Back and says
    something else by now is refused once, and makes another record when it is sent again."""

    model: ClassVar[type[Record]]
    columns: ClassVar[tuple[str, ...]]
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, data: Any = None, *args: Any, record: Record | None = None, **kwargs: Any) -> None:
        self.record = record
        self.meanwhile: Any = ()
        initial = {c: getattr(record, c) for c in self.columns} if record else {}
        super().__init__(data, *args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.fields = {**model_fields(self.model, self.columns), **self.fields}
        for name, hint in self.hints.items():
            self.fields[name].help_text = hint
        if record is None:
            self.fields["id"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
        else:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=record.version)

    def values(self) -> dict[str, Any]:
        """The columns' values, ready for the action; for a new record with its id."""
        names = (*self.columns, "id") if self.record is None else self.columns
        return {name: self.cleaned_data[name] for name in names}

    def already_saved(self) -> Record | None:
        """The record that an earlier sending of this very form has made. Where that one said something else, nothing
        is saved: the form says so, and has the id of another record from now on."""
        made = self.made() if self.record is None and self.is_valid() else None
        if made is None or answers.form_said(made) in ("", self.said_hash()):
            return made
        self.add_error(None, SAID_OTHERWISE)
        show_again(self, id=uuid7())
        return None

    def made(self) -> Record | None:
        """The record with the id that this form of a new record carries."""
        return self.model._base_manager.filter(pk=self.cleaned_data["id"]).first()

    def said_hash(self) -> str:
        """A hash of all that was sent, rows and files of the page included: for this form's id, and telling nobody who
        lacks the installation's key what was said."""
        sent: Any = self.data
        uploads: Any = self.files
        names = sorted(name for name in sent if name not in _UNSAID)
        typed = [(name, sent.getlist(name) if hasattr(sent, "getlist") else [str(sent[name])]) for name in names]
        files = [(name, file.name, _file_hash(file)) for name, file in sorted(uploads.items())]
        said = json.dumps([str(self.cleaned_data["id"]), typed, files])
        return salted_hmac("crm.web.forms", said, algorithm="sha256").hexdigest()

    def merge(self, seen: Any, current: Record) -> None:
        """Takes over what others changed since `seen`, the history row that this person saw, wherever this person
        changed nothing. What both changed stays as typed."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in self.columns:
            field, key = self.fields[name], self.add_prefix(name)
            column: Any = self.model._meta.get_field(name)
            typed = field.widget.value_from_datadict(self.data, {}, key)
            if not field.has_changed(column.value_from_object(seen), typed):
                shown = field.widget.format_value(field.prepare_value(column.value_from_object(current)))
                data[key] = (shown[0] if shown else "") if isinstance(shown, list) else (shown or "")
        data[self.add_prefix("version")] = str(current.version)
        self.data = data


def show_again(form: forms.BaseForm, **hidden: object) -> None:
    """The refused form on a page that shows the record as it is now: its hidden fields say so too."""
    sent: Any = form.data
    data = sent.copy()
    for name, value in hidden.items():
        data[form.add_prefix(name)] = str(value)
    form.data = data


def spare_name(label: Any, max_length: int) -> forms.CharField:
    """The name of a row that may stay empty. Its blank placeholder tells an empty one on paper."""
    widget = forms.TextInput(attrs={"placeholder": " "})
    return forms.CharField(label=label, max_length=max_length, required=False, widget=widget)


def _file_hash(file: Any) -> str:
    found = hashlib.sha256()
    for part in file.chunks():
        found.update(part)
    file.seek(0)
    return found.hexdigest()


def name_nothing(field: forms.Field) -> None:
    """The line for no choice says what it is: that one is still due, or that there need be none."""
    nothing = _("Choose one") if field.required else _("Not chosen")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = nothing if field.empty_label == _DASHES else field.empty_label
    elif isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        field.choices = [(value, nothing if text == _DASHES else text) for value, text in offered]


def model_fields(model: type[Record], columns: Iterable[str]) -> dict[str, forms.Field]:
    """A field for each of the columns."""
    return fields_for_model(model, fields=tuple(columns), formfield_callback=_form_field)


def _form_field(column: Any, **kwargs: Any) -> Any:
    if column.name == "country":
        return forms.ChoiceField(choices=country_choices, required=False, label=column.verbose_name)
    field = column.formfield(**kwargs)
    name_nothing(field)
    if isinstance(field, forms.DateField):
        field.widget = DayInput()
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs = {"rows": 3}
    if isinstance(field, forms.NullBooleanField):
        field.widget.choices = [("unknown", _("Unknown")), ("true", _("Yes")), ("false", _("No"))]
    return field
