"""Follow-ups: planning, changing, taking, completing."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Account, FollowUp
from crm.values.measures import Role
from crm.web.forms.base import PlainForm, RecordForm
from crm.web.forms.choices import offer_units


class FollowUpForm(RecordForm):
    model = FollowUp
    columns = ("title", "due_on", "assignee", "org_unit")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Account.objects.filter(is_active=True, archived_at=None).exclude(role=Role.API_CLIENT)
        self.fields["assignee"].queryset = people.order_by("name", "username")  # type: ignore[attr-defined]
        offer_units(self.fields["org_unit"], today, getattr(self.record, "org_unit", None))
        self.fields["due_on"].help_text = _("Without a day, or without a person and a unit, it stands as unassigned.")


class TakeForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = forms.DateField(label=_("Due"), required=False)


class DropForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.CharField(label=_("Why it is not needed any more"), widget=forms.Textarea)


class CompleteForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    done_on = forms.DateField(label=_("Done on"))
    result = forms.CharField(label=_("Result"), widget=forms.Textarea)
