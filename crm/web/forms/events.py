"""Events and what sources claim about them."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.models import Event, EventClaim
from crm.queries.at_hand import tree_for
from crm.queries.events import EventsAsked
from crm.values.measures import EventKind
from crm.web.forms.base import ListForm, RecordForm
from crm.web.forms.choices import Chosen, offer_units, words


class EventForm(RecordForm):
    model = Event
    columns = (
        "kind", "name", "name_en", "starts_on", "ends_on", "lead_unit", "host", "operator", "sponsor", "country",
        "city", "timezone", "pavilion", "pavilion_brand", "pavilion_operator", "pavilion_first_time",
        "pavilion_products", "note",
    )  # fmt: skip
    hints: ClassVar[dict[str, Any]] = {
        "starts_on": _("Dates are local to the place."),
        "host": _("As the event names them. Several: with commas between."),
        "timezone": _("Such as America/Los_Angeles. Empty: not stated."),
    }

    sections: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = (
        (_("The event"), ("kind", "name", "name_en", "starts_on", "ends_on", "lead_unit")),
        (_("Who stands behind it"), ("host", "operator", "sponsor")),
        (_("Place"), ("country", "city", "timezone")),
        (
            _("Pavilion"),
            ("pavilion", "pavilion_brand", "pavilion_operator", "pavilion_first_time", "pavilion_products"),
        ),
        (_("More details"), ("note",)),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["lead_unit"], today, getattr(self.record, "lead_unit", None))


class EventsForm(ListForm):
    orders: ClassVar[tuple[tuple[str, Any], ...]] = (
        ("latest", _("Latest first")),
        ("earliest", _("Earliest first")),
        ("name", _("By name")),
        ("-name", _("By name, backwards")),
    )

    kind = forms.ChoiceField(label=pgettext_lazy("page", "Kind"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2999)
    lead_unit: Any = Chosen(label=_("Lead unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = words(EventKind, _("All"))  # type: ignore[attr-defined]
        self.fields["lead_unit"].offer(tree_for(self.reader).in_force(self.today))  # type: ignore[attr-defined]

    def asked(self) -> EventsAsked:
        return EventsAsked(**self.typed("q", "kind", "year", "lead_unit", "sort"))


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
