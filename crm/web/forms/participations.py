"""Who takes part in an event: recording it, changing it, and finding some."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Participation
from crm.queries.participations import ParticipationsAsked
from crm.values.measures import Pavilion
from crm.values.money import format_amount
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import ListForm, RecordForm
from crm.web.forms.choices import Chosen, events_offered, offer_events, words
from crm.web.forms.organisation_field import OrganisationField


class ParticipationForm(RecordForm):
    model = Participation
    columns = ("event", "organisation", "pavilion", "products", "from_region", "supported_by_city", "support_source")
    error_places: ClassVar[dict[str, str]] = {"support_amount": "amount", "support_currency": "amount"}

    organisation: Any = OrganisationField(
        label=_("Organisation"), help_text=_("One on record, also by its other names.")
    )
    amount: Any = AmountField(
        label=_("Amount of support"), required=False, max_length=200, help_text=_("3백만원, USD 2,000")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("record")
        if isinstance(record, Participation) and record.support_amount is not None:
            shown = format_amount(record.support_amount, record.support_currency, "en")
            kwargs["initial"] = {"amount": shown, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        offer_events(self.fields["event"])
        if isinstance(record, Participation):
            self.fields["organisation"].standing = record.organisation  # type: ignore[attr-defined]
        self.order_fields([*self.columns, "amount"])

    def values(self) -> dict[str, Any]:
        amount = self.cleaned_data["amount"]
        told = {
            "support_amount": amount.value if amount else None,
            "support_currency": amount.currency if amount else "",
        }
        return super().values() | told


class ParticipationsForm(ListForm):
    orders: ClassVar[tuple[tuple[str, Any], ...]] = (
        ("event", _("Latest event first")),
        ("earliest", _("Earliest event first")),
        ("organisation", _("By name")),
        ("-organisation", _("By name, backwards")),
    )

    event: Any = Chosen(label=_("Event"))
    pavilion = forms.ChoiceField(label=_("Pavilion"), required=False)
    support = forms.ChoiceField(label=_("Support"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Organisation")
        self.fields["event"].offer(events_offered().values_list("pk", "name"))  # type: ignore[attr-defined]
        self.fields["pavilion"].choices = words(Pavilion, _("All"))  # type: ignore[attr-defined]
        self.fields["support"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            ("city", _("By the city")),
            ("twice", _("Twice in a year")),
        ]

    def asked(self) -> ParticipationsAsked:
        return ParticipationsAsked(**self.typed("q", "event", "pavilion", "support", "sort"))
