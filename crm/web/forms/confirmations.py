"""What a partner sends, and what an officer fills in to ask one."""

from typing import Any, Final

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.actions.accounts import token_digest
from crm.actions.confirmations import LONGEST_LIFE, Reply, new_token
from crm.models import Account, Organisation, Outcome, PartnerConfirmation
from crm.values.concurrence import PartnerAnswer
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import PlainForm

_SIGNER: Final = Signer(salt="partner-link")


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
    """Carries the id and the token that the link will have, so that sending it twice makes one link and shows it both
    times. The token is signed: nobody chooses one that can be guessed."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Partner"))
    language = forms.ChoiceField(label=_("Language of the link"), choices=[("ko", "한국어"), ("en", "English")])
    days = forms.IntegerField(label=_("Open for how many days"), initial=14, min_value=1, max_value=LONGEST_LIFE)

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"token": _SIGNER.sign(new_token()), **self.initial}
        self.outcome = outcome
        parties = outcome.parties.filter(archived_at=None).values("organisation")
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=parties).order_by("name")

    def clean_token(self) -> str:
        try:
            return _SIGNER.unsign(self.cleaned_data["token"]) if self.cleaned_data["token"] else ""
        except BadSignature:
            self.add_error(None, _("Open this page again."))
            return ""

    def already_made(self, asker: Account) -> tuple[PartnerConfirmation, str] | None:
        """The link that an earlier sending of this very form has made and that is still open, with its token."""
        token, pk = self.cleaned_data.get("token"), self.cleaned_data.get("id")
        if not token or pk is None:
            return None
        asked = PartnerConfirmation.objects.filter(outcome=self.outcome, asked_by=asker, answer="", revoked_at=None)
        made = asked.filter(pk=pk, digest=token_digest(token)).first()
        return None if made is None else (made, token)

    def asked(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "id" or value}
