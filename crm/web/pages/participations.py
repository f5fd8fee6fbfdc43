"""The list of who took part in which event, and with whose support."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Participation
from crm.models.labels import label
from crm.queries.participations import participations_asked, with_support
from crm.values.measures import Pavilion
from crm.web.forms.participations import ParticipationsForm
from crm.web.pages.links import Badge, address_of
from crm.web.pages.listing import ListColumn, Listing
from crm.web.text import value_text

_SAID: Final = {True: gettext_lazy("Yes"), False: gettext_lazy("No"), None: ""}


def _mark(row: Any, _today: date) -> Badge | None:
    is_twice = row.is_supported_twice and row.supported_by_city
    return Badge(_("Supported twice in a year"), "warn") if is_twice else None


def _amount(row: Participation) -> str:
    return "" if row.support_amount is None else value_text(row.support_amount, row.support_currency)


PARTICIPATIONS: Final = Listing(
    place="participations",
    export="participations-export",
    heading=gettext_lazy("Participations"),
    nothing=gettext_lazy("No participation matches these filters."),
    columns=(
        ListColumn(
            "organisation",
            gettext_lazy("Organisation"),
            lambda row: row.organisation.name,
            weight=1.6,
            link=lambda row: address_of("participation", row.pk),
        ),
        ListColumn(
            "event",
            gettext_lazy("Event"),
            lambda row: row.event.name,
            weight=1.6,
            link=lambda row: address_of("event", row.event_id),
        ),
        ListColumn("starts_on", gettext_lazy("First day"), lambda row: row.event.starts_on, "date"),
        ListColumn(
            "pavilion", gettext_lazy("Pavilion"), lambda row: label(Pavilion(row.pavilion)) if row.pavilion else ""
        ),
        ListColumn("products", gettext_lazy("Products shown"), lambda row: row.products, weight=1.6),
        ListColumn("from_region", gettext_lazy("From the region"), lambda row: str(_SAID[row.from_region])),
        ListColumn("by_city", gettext_lazy("Supported by the city"), lambda row: str(_SAID[row.supported_by_city])),
        ListColumn("support", gettext_lazy("Source of support"), lambda row: row.support_source, weight=1.4),
        ListColumn("amount", gettext_lazy("Amount of support"), _amount),
        ListColumn("region", gettext_lazy("Region"), lambda row: row.organisation.region),
        ListColumn("id", gettext_lazy("Identifier"), lambda row: str(row.pk), weight=1.5),
    ),
    usual=("organisation", "event", "starts_on", "pavilion", "by_city", "amount"),
    form=ParticipationsForm,
    found=lambda asking: participations_asked(asking.form.asked()),
    shown=with_support,
    mark=_mark,
)
