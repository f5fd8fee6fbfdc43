"""An amount as a person types it: `연간 1천만 달러`, `USD 10m`."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.values.money import AmountError, ParsedAmount, parse_amount

# In the words of the values, so that they are translated.
AMOUNT_REFUSALS = {
    "empty": _("Enter an amount."),
    "not_understood": _("This amount was not understood. Write it like 1천만 달러 or USD 10m."),
    "currency_missing": _("Say which currency: 1천만 달러, USD 10m."),
    "unknown_currency": _("This currency is not known. Use the ISO 4217 code, such as USD."),
    "not_positive": _("An amount must be above zero."),
    "too_precise": _("At most four decimal places are kept."),
    "too_large": _("This amount is too large."),
}


def refusal(error: AmountError) -> str:
    return str(AMOUNT_REFUSALS.get(error.code, AMOUNT_REFUSALS["not_understood"]))


class AmountField(forms.CharField):
    """Gives a ParsedAmount; None where nothing was typed and nothing has to be."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.read(text) if text else None

    @staticmethod
    def read(text: str) -> ParsedAmount:
        try:
            return parse_amount(text)
        except AmountError as error:
            raise ValidationError(refusal(error), code=error.code) from error
