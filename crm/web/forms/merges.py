"""Choosing the other of two organisations, and saying why they are one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.actions.merges import FIELDS
from crm.web.forms.base import PlainForm
from crm.web.forms.organisation_field import OrganisationField


class OtherForm(PlainForm):
    other = OrganisationField(label=_("The other organisation"))


class MergeForm(PlainForm):
    """`versions` are those of the two that were shown; `take` the fields that the kept one takes over."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    take = forms.MultipleChoiceField(
        choices=[(name, name) for name in FIELDS], required=False, widget=forms.MultipleHiddenInput
    )
    versions = forms.RegexField(r"\A\d{1,9}\.\d{1,9}\Z", widget=forms.HiddenInput)
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def values(self) -> dict[str, Any]:
        kept, gone = self.cleaned_data["versions"].split(".")
        said = {name: self.cleaned_data[name] for name in ("reason", "take", "id")}
        return {**said, "versions": (int(kept), int(gone))}
