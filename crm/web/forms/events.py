"""Events and what sources claim about them."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Event, EventClaim
from crm.web.forms.base import RecordForm
from crm.web.forms.choices import offer_units


class EventForm(RecordForm):
    model = Event
    columns = (
        "kind", "name", "name_en", "starts_on", "ends_on", "country", "city", "timezone", "lead_unit", "pavilion",
        "pavilion_brand", "pavilion_operator", "pavilion_first_time", "pavilion_products", "note",
    )  # fmt: skip
    hints: ClassVar[dict[str, Any]] = {
        "starts_on": _("Dates are local to the place."),
        "timezone": _("Such as America/Los_Angeles. Empty: not stated."),
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["lead_unit"], today, getattr(self.record, "lead_unit", None))


class ClaimForm(RecordForm):
    model = EventClaim
    columns = ("measure", "value", "as_of", "source")
    hints: ClassVar[dict[str, Any]] = {
        "value": _("In the source's own words. Contradicting statements are all kept."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = [
            ("exhibitors", _("Exhibitors")),
            ("length", _("Nights and days")),
            ("visitors", _("Visitors")),
            ("consultations", _("Consultations")),
        ]
        self.fields["measure"] = forms.ChoiceField(label=_("What is claimed"), choices=usual)
