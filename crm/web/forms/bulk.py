"""Changing many records at once: which field, which value."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.actions.bulk_changes import CHANGEABLE, column_of
from crm.models import Record
from crm.web.forms.base import PlainForm, model_fields
from crm.web.forms.choices import offer_events, offer_units
from crm.web.forms.follow_ups import people


class BulkForm(PlainForm):
    """`column` says which of the other fields, one for each that can be changed, holds the new value."""

    column = forms.ChoiceField(label=_("What to change"))
    reason = forms.CharField(label=_("Reason of the change"), required=False, max_length=300)
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, model: type[Record], data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.model = model
        columns = CHANGEABLE[model].columns
        offered = [("", _("Choose one")), *((name, column_of(model, name).verbose_name) for name in columns)]
        self.fields["column"].choices = offered  # type: ignore[attr-defined]
        self.fields |= model_fields(model, columns)
        for name in columns:
            # Only the one that is chosen is.
            self.fields[name].required = False
        for name in {"lead_unit", "org_unit"} & set(columns):
            offer_units(self.fields[name], today)
        if "event" in columns:
            offer_events(self.fields["event"])
        if "assignee" in columns:
            self.fields["assignee"].queryset = people()  # type: ignore[attr-defined]
        self.order_fields(["column", *columns, "reason", "id"])

    def value(self) -> Any:
        return self.cleaned_data[self.cleaned_data["column"]]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        column = typed.get("column")
        if column and typed.get(column) in (None, "") and not column_of(self.model, column).blank:
            self.add_error(column, _("Choose one."))
        for name in CHANGEABLE[self.model].columns:
            # Nobody shall take for changed what was typed beside the field that is.
            if column and name != column and name in self.changed_data and typed.get(name) not in (None, ""):
                self.add_error(name, _("Only the field that is chosen above is changed. Empty this one, or choose it."))
        return typed
