"""What an administrator fills in for API clients: tokens and webhooks.

A secret is made with the form and signed, so that sending it twice makes one and shows it both times; nobody chooses
one that can be guessed."""

import secrets
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.actions.accounts import TOKEN_LIFE, token_digest
from crm.models import Account, ApiToken, WebhookEndpoint
from crm.values.scopes import SCOPES
from crm.values.webhooks import TYPES, new_secret
from crm.web.forms.base import PlainForm
from crm.web.forms.choices import Checkboxes
from crm.web.pages.tokens import SCOPE_WORDS
from crm.web.pages.webhooks import type_words

_SIGNER: Final = Signer(salt="client-secret")


class SecretForm(PlainForm):
    """Carries a secret that is only now made."""

    secret = forms.CharField(widget=forms.HiddenInput, max_length=300)

    def __init__(self, *args: Any, made: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"secret": _SIGNER.sign(made), **self.initial}

    def clean_secret(self) -> str:
        try:
            return _SIGNER.unsign(self.cleaned_data["secret"])
        except BadSignature:
            self.add_error(None, _("Open this page again."))
            return ""


def _accounts() -> Any:
    return Account.objects.filter(is_active=True, archived_at=None).order_by("name", "username")


class TokenForm(SecretForm):
    error_places = {"expires_at": "expires_on"}

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    account = forms.ModelChoiceField(Account.objects.none(), label=_("account"))
    label = forms.CharField(label=_("label"), max_length=120, help_text=_("Which program it is for."))
    scopes = forms.MultipleChoiceField(
        label=_("scopes"), widget=Checkboxes, choices=[(scope, SCOPE_WORDS[scope]) for scope in SCOPES]
    )
    further = forms.CharField(
        label=_("further scopes"),
        required=False,
        max_length=500,
        help_text=_("Of one resource only, such as read:outcomes write:follow-ups."),
    )
    expires_on = forms.DateField(label=_("good until"), help_text=_("A year at most."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, made=secrets.token_urlsafe(32), **kwargs)
        self.initial = {"expires_on": today + TOKEN_LIFE - timedelta(days=1), **self.initial}
        fields: dict[str, Any] = self.fields
        fields["account"].queryset = _accounts()
        fields["scopes"].required = False

    def scopes_asked(self) -> list[str]:
        return [*self.cleaned_data["scopes"], *self.cleaned_data["further"].replace(",", " ").split()]

    def already_made(self) -> ApiToken | None:
        """The token that an earlier sending of this very form has made."""
        return ApiToken.objects.filter(
            pk=self.cleaned_data["id"], digest=token_digest(self.cleaned_data["secret"])
        ).first()


class WebhookForm(PlainForm):
    """With a webhook it carries the version seen."""

    label = forms.CharField(label=_("label"), max_length=120, help_text=_("Which system it leads to."))
    address = forms.CharField(
        label=_("address"), max_length=500, help_text=_("https:// or http://, on the allow-list of the installation.")
    )
    types = forms.MultipleChoiceField(
        label=_("types"), required=False, widget=Checkboxes, help_text=_("Without one chosen, all that it may read.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, webhook: WebhookEndpoint | None = None, **kwargs: Any) -> None:
        if webhook is not None:
            names = ("label", "address", "types", "version")
            kwargs["initial"] = {name: getattr(webhook, name) for name in names}
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["types"].choices = [(kind, type_words(kind)) for kind in TYPES]


class NewWebhookForm(WebhookForm, SecretForm):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    account = forms.ModelChoiceField(
        Account.objects.none(), label=_("client"), help_text=_("It is told what this account's tokens may read.")
    )

    field_order = ("account", "label", "address", "types")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, made=new_secret(), **kwargs)
        del self.fields["version"]
        fields: dict[str, Any] = self.fields
        fields["account"].queryset = _accounts().filter(tokens__revoked_at=None, tokens__isnull=False).distinct()


class RotateForm(SecretForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, made=new_secret(), **kwargs)


class VersionForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
