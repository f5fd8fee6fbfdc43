"""Shares of events and units: one row each, empty rows are left out."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.actions.attribution import Share
from crm.models import Event, OrgUnit, Outcome
from crm.models.labels import choices
from crm.values.measures import AttributionRole
from crm.web.forms.base import PlainForm
from crm.web.forms.choices import events_offered

ROWS = 6


class AttributionForm(PlainForm):
    """Rows numbered from 0: `what_0`, `role_0`, `share_0`. `version` is the outcome's as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        rows = list(outcome.attributions.filter(archived_at=None))
        initial: dict[str, Any] = {"version": outcome.version}
        for number, row in enumerate(rows):
            what = f"event:{row.event_id}" if row.event_id else f"unit:{row.org_unit_id}"
            initial |= {f"what_{number}": what, f"role_{number}": row.role, f"share_{number}": row.share.normalize()}
        super().__init__(*args, initial=initial, **kwargs)
        self.rows = max(ROWS, len(rows) + 2)
        known = [("", "–"), *self._choices()]
        for n in range(self.rows):
            place = {"n": n + 1}
            self.fields[f"what_{n}"] = forms.ChoiceField(
                choices=known, required=False, label=_("%(n)d. Event or unit") % place
            )
            self.fields[f"role_{n}"] = forms.ChoiceField(
                choices=[("", "–"), *choices(AttributionRole)], required=False, label=_("%(n)d. Role") % place
            )
            self.fields[f"share_{n}"] = forms.DecimalField(
                max_digits=5, decimal_places=2, required=False, label=_("%(n)d. Share in %%") % place
            )

    @staticmethod
    def _choices() -> list[tuple[Any, Any]]:
        units = OrgUnit.objects.filter(archived_at=None).order_by("name", "id")
        offered = (("event", _("Events"), events_offered()), ("unit", _("Org units"), units))
        return [
            (heading, [(f"{what}:{pk}", name) for pk, name in found.values_list("pk", "name")])
            for what, heading, found in offered
        ]

    def in_sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        rows = range(self.rows)
        return [(str(n + 1), self.named((f"what_{n}", f"role_{n}", f"share_{n}"))) for n in rows]

    def clean(self) -> None:
        for n in range(self.rows):
            given = {name: self.cleaned_data.get(f"{name}_{n}") for name in ("what", "role", "share")}
            missing = [name for name, value in given.items() if value in (None, "")]
            if 0 < len(missing) < len(given):
                for name in missing:
                    self.add_error(f"{name}_{n}", _("A row names what, the role and the share."))

    def shares(self) -> list[Share]:
        found = []
        for n in range(self.rows):
            kind, _sep, pk = self.cleaned_data[f"what_{n}"].partition(":")
            if not pk:
                continue
            role, share = AttributionRole(self.cleaned_data[f"role_{n}"]), Decimal(self.cleaned_data[f"share_{n}"])
            event = Event.objects.get(pk=pk) if kind == "event" else None
            unit = OrgUnit.objects.get(pk=pk) if kind == "unit" else None
            found.append(Share(role, share, event, unit))
        return found
