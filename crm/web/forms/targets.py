"""Targets and the costs of events, both with an amount as a person types it."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Event, EventCost, Programme, Target
from crm.models.labels import label
from crm.values.measures import Measure, OutcomeKind, Series
from crm.values.money import format_amount, format_number
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import RecordForm
from crm.web.forms.choices import offer_units, words

_SERIES = (Series.EXPECTED, Series.ANNOUNCED, Series.COMMITTED, Series.REALISED)


class TargetForm(RecordForm):
    """A target of an event, or of the city, a unit or a programme for a year."""

    model = Target
    columns = ("org_unit", "programme", "year", "quarter", "measure", "kind", "series", "source")
    hints: ClassVar[dict[str, Any]] = {
        "org_unit": _("With the units below it. Neither unit nor programme: the whole city."),
        "quarter": _("Empty: the whole year."),
        "kind": _("Empty: outcomes of every kind."),
        "source": _("The plan or decision that sets it."),
    }
    error_places: ClassVar[dict[str, str]] = {"value": "amount", "currency": "amount"}

    def __init__(self, *args: Any, today: date, event: Event | None = None, **kwargs: Any) -> None:
        self.event = event
        record = kwargs.get("record")
        initial = {"amount": _typed(record.value, record.currency)} if record else {"year": today.year}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["series"].choices = [(s.value, label(s)) for s in _SERIES]  # type: ignore[attr-defined]
        self.fields["measure"].choices = words(Measure)  # type: ignore[attr-defined]
        self.fields["kind"].choices = words(OutcomeKind, _("Every kind"))  # type: ignore[attr-defined]
        self.fields["amount"] = forms.CharField(label=_("Target"), max_length=200)
        self.fields["amount"].help_text = _("1천만 달러, 500억원; for counts and jobs a whole number.")
        if event is not None:
            for name in ("org_unit", "programme", "year", "quarter"):
                del self.fields[name]
        else:
            offer_units(self.fields["org_unit"], today, getattr(record, "org_unit", None))
            offered = Programme.objects.filter(archived_at=None).order_by("name", "id")
            self.fields["programme"].queryset = offered  # type: ignore[attr-defined]
            self.fields["year"].required = True
        self.order_fields([*self.columns[:-1], "amount", "source"])

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "amount" not in typed or "measure" not in typed:
            return typed
        try:
            typed["value"], typed["currency"] = _read(typed["amount"], typed["measure"])
        except forms.ValidationError as error:
            self.add_error("amount", error)
        return typed

    def values(self) -> dict[str, Any]:
        names = [name for name in self.columns if name in self.fields] + ["value", "currency"]
        found = {name: self.cleaned_data[name] for name in names}
        if self.record is None:
            found |= {"id": self.cleaned_data["id"], "event": self.event}
        return found


class CostForm(RecordForm):
    model = EventCost
    columns = ("item", "payer", "source")
    error_places: ClassVar[dict[str, str]] = {"currency": "amount"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("record")
        initial = {"amount": _typed(record.amount, record.currency)} if record else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["amount"] = AmountField(label=_("Amount"), max_length=200, help_text=_("1억 5천만원, USD 120,000"))
        self.order_fields(["item", "amount", "payer", "source"])

    def values(self) -> dict[str, Any]:
        amount = self.cleaned_data["amount"]
        return {**super().values(), "amount": amount.value, "currency": amount.currency}


def _read(text: str, measure: str) -> tuple[Decimal, str]:
    if measure == Measure.MONEY:
        amount = AmountField.read(text)
        return amount.value, amount.currency
    return Decimal(forms.IntegerField(min_value=1).clean(text.replace(",", ""))), ""


def _typed(value: Decimal, currency: str) -> str:
    return format_amount(value, currency, "en") if currency else format_number(value)
