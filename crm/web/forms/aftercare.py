"""Aftercare: putting off, handing over, the rules, and directives."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.models import Account, Directive
from crm.values.measures import Role
from crm.web.forms.base import PlainForm, RecordForm
from crm.web.forms.choices import offer_units


class SnoozeForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    snoozed_until = forms.DateField(label=_("Put off until"))
    snooze_reason = forms.CharField(label=_("Why it can wait"), max_length=300)


class HandOverForm(PlainForm):
    """From whom and to whom: to nobody gives it back to the unit."""

    giver: Any = forms.ModelChoiceField(Account.objects.none(), label=pgettext_lazy("hand over", "From"))
    taker: Any = forms.ModelChoiceField(
        Account.objects.none(),
        label=pgettext_lazy("hand over", "To"),
        required=False,
        empty_label=_("Back to the unit"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Account.objects.filter(archived_at=None).exclude(role=Role.API_CLIENT).exclude(username="system")
        ordered = people.order_by("name", "username")
        self.fields["giver"].queryset = ordered  # type: ignore[attr-defined]
        self.fields["taker"].queryset = ordered.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["taker"].help_text = _("What is given back to the unit stands out until somebody takes it.")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("giver") and typed.get("giver") == typed.get("taker"):
            self.add_error("taker", _("Choose somebody else."))
        return typed


class RuleForm(PlainForm):
    """`offsets` are whole numbers with commas between them: months of a cadence, else days."""

    offsets = forms.CharField(label=pgettext_lazy("follow-up", "When"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    error_places: ClassVar[dict[str, str]] = {"kind": "offsets"}

    def clean_offsets(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["offsets"].split(",") if part.strip()]
        if any(not (part.isascii() and part.isdigit()) or len(part) > 5 for part in parts):
            raise forms.ValidationError(_("Write whole numbers with commas between them: 0, 1, 3, 6, 12."))
        return [int(part) for part in parts]


class DirectiveForm(RecordForm):
    model = Directive
    columns = ("text", "given_on", "lead_unit")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["lead_unit"], today)
        self.fields["lead_unit"].help_text = _("Without a unit it stands as unassigned until somebody takes it.")
