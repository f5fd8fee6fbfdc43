"""Amounts that a record has of its own, outside of the ledger."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.values.currencies import is_currency


def check_currency(record: Any, fields: Mapping[str, Any], amount: str, currency: str) -> None:
    """An amount has a currency that there is. What the fields do not touch stays as it is. Raises ValidationError."""
    if amount not in fields and currency not in fields:
        return
    has_amount = fields.get(amount, getattr(record, amount)) is not None
    named = fields.get(currency, getattr(record, currency)) or ""
    if (has_amount or named) and not is_currency(named):
        raise ValidationError({currency: _("This currency is not known. Use the ISO 4217 code, such as USD.")})
