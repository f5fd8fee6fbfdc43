"""Keeping the filters of a list under a name."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.web.forms.base import PlainForm


class KeepForm(PlainForm):
    """`query` is kept as it stood in the list's address."""

    # Nobody sees the field: what is wrong with it is said above the form.
    error_places: ClassVar[dict[str, str]] = {"place": ""}

    place = forms.CharField(widget=forms.HiddenInput)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    name = forms.CharField(
        label=_("Keep these filters as"), max_length=80, error_messages={"required": _("Give the filter a name.")}
    )
    is_shared = forms.BooleanField(label=_("for everybody"), required=False)
