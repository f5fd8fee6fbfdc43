"""The day as of which something is shown."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.dates import as_of_refused
from crm.values.periods import PeriodError, parse_as_of
from crm.web.forms.base import PlainForm


class AsOfField(forms.DateField):
    """A day that was, or is: what is wrong with another one is said."""

    def to_python(self, value: Any) -> date | None:
        try:
            return parse_as_of(str(value)).date() if value else None
        except PeriodError as error:
            raise forms.ValidationError(as_of_refused(error)) from error


class AsOfForm(PlainForm):
    as_of = AsOfField(label=_("As of the end of"), required=False)
