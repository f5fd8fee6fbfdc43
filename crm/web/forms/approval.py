"""Approval: submitting, and the deeds of reviewers and approvers on one form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Account, Approval, Outcome
from crm.web.forms.base import RecordForm
from crm.web.forms.concurrence import offer_givers

DEEDS = ("review", "approve", "return", "recall")


class SubmitForm(RecordForm):
    """Carries the version of the outcome that was read."""

    model = Outcome
    columns = ()
    note = forms.CharField(label=_("Note to the approver"), required=False, widget=forms.Textarea)


class DecisionForm(RecordForm):
    """One deed of those that the page offers; `content_hash` is of the content that stands on the same page."""

    model = Approval
    columns = ()

    deed = forms.ChoiceField(choices=[(deed, deed) for deed in DEEDS], widget=forms.HiddenInput)
    opinion = forms.CharField(label=_("Opinion"), required=False, widget=forms.Textarea)
    document_number = forms.CharField(label=_("Document number"), required=False, max_length=120)
    on_behalf_of = forms.ModelChoiceField(
        Account.objects.none(), label=_("In whose place"), required=False, empty_label=_("In one's own right")
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, givers: list[Account], may_decide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_givers(self, givers)
        self.fields["document_number"].help_text = _("The number of the signed paper in the city's document system.")
        if not may_decide:
            del self.fields["document_number"]
