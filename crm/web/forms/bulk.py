"""Changing many outcomes at once: which field, which value."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.actions.bulk_changes import COLUMNS
from crm.models import Event, OrgUnit, Outcome
from crm.values.measures import Disclosure
from crm.web.forms.base import PlainForm
from crm.web.forms.choices import offer_units, words


class BulkForm(PlainForm):
    """`column` says which of the other fields holds the new value."""

    column = forms.ChoiceField(label=_("What to change"))
    lead_unit: Any = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Lead unit"), required=False)
    event: Any = forms.ModelChoiceField(
        Event.objects.filter(archived_at=None).order_by("-starts_on", "id"), label=_("Event"), required=False
    )
    disclosure_level = forms.ChoiceField(label=_("Disclosure"), required=False)
    delay_reason = forms.CharField(label=_("Reason for delay"), required=False, widget=forms.Textarea)
    next_steps = forms.CharField(label=_("Next steps"), required=False, widget=forms.Textarea)
    reason = forms.CharField(label=_("Reason of the change"), required=False, max_length=300)
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, Outcome._meta.get_field(name).verbose_name) for name in COLUMNS]  # type: ignore[union-attr]
        self.fields["column"].choices = names  # type: ignore[attr-defined]
        self.fields["disclosure_level"].choices = words(Disclosure)  # type: ignore[attr-defined]
        offer_units(self.fields["lead_unit"], today)

    def value(self) -> Any:
        return self.cleaned_data[self.cleaned_data["column"]]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("column") == "disclosure_level" and not typed.get("disclosure_level"):
            self.add_error("disclosure_level", _("Choose a level."))
        return typed
