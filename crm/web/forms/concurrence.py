"""Concurrence: asking a department, answering, overriding, taking a request back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Account, Concurrence, OrgUnit
from crm.values.concurrence import Answer
from crm.web.forms.base import PlainForm, RecordForm
from crm.web.forms.choices import offer_units, words


class RequestsForm(PlainForm):
    """What the list is narrowed by. What can't be understood does not narrow."""

    unit = forms.UUIDField(required=False)
    asked_from = forms.DateField(required=False)
    asked_to = forms.DateField(required=False)

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class AskForm(RecordForm):
    model = Concurrence
    columns = ("org_unit", "due_on", "mandatory", "question")

    def __init__(self, *args: Any, today: date, asked: list[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["org_unit"], today)
        field: Any = self.fields["org_unit"]
        field.queryset = field.queryset.exclude(pk__in=[unit.pk for unit in asked])
        self.fields["due_on"].help_text = _("Seven days from today where no day is given.")
        self.fields["mandatory"].help_text = _("The outcome stays provisional until a mandatory answer is given.")


class AnswerForm(RecordForm):
    """`content_hash` is of the content that stands on the same page."""

    model = Concurrence
    columns = ()

    answer = forms.ChoiceField(label=_("Answer"), choices=words(Answer), widget=forms.RadioSelect)
    opinion = forms.CharField(label=_("Opinion"), required=False, widget=forms.Textarea)
    on_behalf_of = forms.ModelChoiceField(
        Account.objects.none(), label=_("In whose place"), required=False, empty_label=_("In one's own right")
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, givers: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_givers(self, givers)
        self.fields["opinion"].help_text = _("Due with conditions and with disagreement.")


class OverrideForm(RecordForm):
    model = Concurrence
    columns = ()
    override_reason = forms.CharField(label=_("Reason for overriding"), widget=forms.Textarea)


class WithdrawForm(RecordForm):
    model = Concurrence
    columns = ()
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)


def offer_givers(form: forms.Form, givers: list[Account]) -> None:
    """Those in whose place the reader may act; without any there is nothing to choose."""
    field: Any = form.fields["on_behalf_of"]
    field.queryset = Account.objects.filter(pk__in=[giver.pk for giver in givers])
    if not givers:
        del form.fields["on_behalf_of"]
