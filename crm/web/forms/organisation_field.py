"""An organisation by its name or registration number, where it has to be on record already."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from crm.models import Organisation
from crm.queries.duplicates import organisations_called, organisations_like
from crm.values.names import clean


class OrganisationField(forms.CharField):
    """Gives the Organisation; None where nothing was typed and nothing has to be. `standing` is the one that the record
    has already: its name means it, whoever else has the same."""

    standing: Organisation | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 500, **kwargs})
        self.widget.attrs |= {
            "list": "organisation-names",
            "autocomplete": "off",
            "hx-get": reverse_lazy("organisation-names"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#organisation-names",
        }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, UUID):
            value = Organisation.objects.filter(pk=value).first()
        return value.name if isinstance(value, Organisation) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        typed = clean(super().clean(value) or "")
        if not typed:
            return None
        if self.standing is not None and typed == self.standing.name:
            return self.standing
        numbered = Organisation.objects.filter(business_registration_number=typed, archived_at=None)
        found = list(numbered) or organisations_called(typed)
        if len(found) == 1:
            return found[0]
        raise ValidationError(_several(found) if found else _unknown(typed))


def _several(found: list[Organisation]) -> str:
    names = ", ".join(" ".join(part for part in (o.name, o.business_registration_number) if part) for o in found)
    return _("Several organisations have this name. Give the registration number: %(names)s") % {"names": names}


def _unknown(typed: str) -> str:
    if alike := organisations_like(typed):
        names = ", ".join(organisation.name for organisation in alike)
        return _("No organisation of this name is on record. Nearly the same: %(names)s") % {"names": names}
    return _("No organisation of this name is on record. Record it first.")
