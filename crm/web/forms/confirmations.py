"""What a partner sends, and what an officer fills in to ask one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.actions.confirmations import LONGEST_LIFE, Reply
from crm.models import Organisation, Outcome
from crm.values.concurrence import PartnerAnswer
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import PlainForm


class ReplyForm(PlainForm):
    """`content_hash` is that of the claim on the page."""

    error_places = {"stated_currency": "amount", "stated_amount": "amount", "respondent_position": "position"}

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (PartnerAnswer.CONFIRMED.value, _("This is right")),
            (PartnerAnswer.OTHER_VALUE.value, _("Another value is right")),
        ],
        widget=forms.RadioSelect,
    )
    stated_value = forms.CharField(
        label=_("The right value, in words"),
        max_length=200,
        required=False,
        help_text=_("Where another value is right."),
    )
    amount = AmountField(
        label=_("The right amount"),
        max_length=200,
        required=False,
        help_text=_("Where it is money: 1천만 달러 or USD 10m."),
    )
    comment = forms.CharField(label=_("Comment"), widget=forms.Textarea, max_length=2000, required=False)
    position = forms.CharField(
        label=_("Your position"), max_length=120, required=False, help_text=_("Such as team lead. Please give no name.")
    )

    def reply(self, language: str) -> Reply:
        typed = self.cleaned_data
        amount = typed["amount"]
        return Reply(
            PartnerAnswer(typed["answer"]),
            typed["content_hash"],
            language,
            typed["stated_value"] or (amount.as_reported if amount else ""),
            amount.value if amount else None,
            amount.currency if amount else "",
            typed["comment"],
            typed["position"],
        )


class AskForm(PlainForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Partner"))
    language = forms.ChoiceField(label=_("Language of the link"), choices=[("ko", "한국어"), ("en", "English")])
    days = forms.IntegerField(label=_("Open for how many days"), initial=14, min_value=1, max_value=LONGEST_LIFE)

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = outcome.parties.filter(archived_at=None).values("organisation")
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=parties).order_by("name")
