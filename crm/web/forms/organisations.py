"""Organisations, their other names, and the people there."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from crm.models import Contact, Organisation, OrganisationAlias
from crm.queries.duplicates import organisations_like
from crm.queries.organisations import OrganisationsAsked, countries_present
from crm.values.names import clean
from crm.web.countries import country_name
from crm.web.forms.base import ListForm, PlainForm, RecordForm


class OrganisationForm(RecordForm):
    """A new organisation whose name is nearly another's is saved only when the person says that it is another."""

    model = Organisation
    columns = ("name", "name_en", "country", "region", "sector", "business_registration_number", "note")
    hints: ClassVar[dict[str, Any]] = {
        "name": _("As it is written, with its legal form."),
        "business_registration_number": _("NNN-NN-NNNNN. Foreign companies have none."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.similar: list[Organisation] = []
        if self.record is None:
            # The field and the place of its answer: right below, so that the field stays where it is.
            self.answered = ("name", "similar-names")
            self.fields["aliases"] = forms.CharField(
                label=_("Other names"), required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields["name"].widget.attrs |= {
                "autocomplete": "off",
                "hx-get": reverse_lazy("similar-names"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#similar-names",
            }
            self.fields["aliases"].help_text = _("One a line.")
            another = forms.BooleanField(required=False, label=_("This is another organisation"))
            # Asked right below the name, and only where there is something to be asked.
            another.widget = another.widget if self.data.get("is_another") else forms.HiddenInput()
            self.fields["is_another"] = another
            self.order_fields(("name", "is_another"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if self.record is None and typed.get("name") and not typed.get("is_another"):
            self.similar = organisations_like(typed["name"])
            # Its own record, when the same form is sent twice, is no duplicate of itself.
            if self.similar and typed.get("id") not in {o.pk for o in self.similar}:
                self.add_error("name", _("There is an organisation of this or nearly this name. Is it the same?"))
                self.fields["is_another"].widget = forms.CheckboxInput()
        return typed

    def aliases(self) -> list[str]:
        return [name for line in self.cleaned_data["aliases"].splitlines() if (name := clean(line))]


class OrganisationsForm(ListForm):
    orders: ClassVar[tuple[tuple[str, Any], ...]] = (
        ("name", _("By name")),
        ("-name", _("By name, backwards")),
        ("latest", _("Latest recorded first")),
        ("earliest", _("Earliest recorded first")),
    )

    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.CharField(label=_("Region"), required=False, max_length=120)
    sector = forms.CharField(label=_("Sector"), required=False, max_length=200)
    tied = forms.ChoiceField(label=_("With us"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Name, alias or initial consonants")
        present = sorted(((code, country_name(code)) for code in countries_present()), key=lambda pair: pair[1])
        self.fields["country"].choices = [("", _("All")), *present]  # type: ignore[attr-defined]
        self.fields["tied"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            ("outcomes", _("Party to an outcome")),
            ("events", _("Took part in an event")),
            ("nothing", _("Nothing yet")),
        ]

    def asked(self) -> OrganisationsAsked:
        return OrganisationsAsked(**self.typed("q", "country", "region", "sector", "tied", "sort"))


class AliasForm(RecordForm):
    model = OrganisationAlias
    columns = ("name", "language", "source")


class ContactForm(RecordForm):
    model = Contact
    columns = ("name", "position", "email", "phone", "legal_basis", "retention_until")
    hints: ClassVar[dict[str, Any]] = {
        "legal_basis": _("On what ground it is kept, such as consent or a contract."),
        "retention_until": _("The person is removed after this day."),
    }


class DiscloseForm(PlainForm):
    """Personal data is shown for a purpose, and the showing is logged."""

    purpose = forms.CharField(label=_("Purpose"), max_length=300)


class RemovePersonForm(PlainForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Such as the person's own request, or a mistaken entry. It stays in the access log."),
    )
