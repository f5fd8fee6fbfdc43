"""Parties by name: a known organisation is found, a new one is recorded, a nearly known one is asked about."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.actions.booking import NamedParty
from crm.actions.organisations import NO_FORMULA
from crm.models import Organisation
from crm.queries.duplicates import organisations_called, organisations_like
from crm.values.measures import PartyRole
from crm.values.names import clean, runs_as_formula
from crm.web.countries import country_name
from crm.web.forms.base import PlainForm
from crm.web.forms.choices import words

NEW = "new"


class PartyForm(PlainForm):
    """`choice` appears when the name could mean several organisations, or nearly means one."""

    name = forms.CharField(label=_("Organisation"), max_length=500, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    choice = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = words(PartyRole, _("Choose a role"))  # type: ignore[attr-defined]
        self.candidates: list[Organisation] = []
        self.may_be_new = False
        self.party: NamedParty | None = None
        self.fields["name"].widget.attrs |= {"list": "organisation-names", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        name, role = clean(typed.get("name") or ""), typed.get("role")
        if not name:
            return typed
        if not role:
            self.add_error("role", _("Say in which role."))
        meant = self._meant(name, typed.get("choice", ""))
        if meant is not None and role:
            self.party = NamedParty(meant, PartyRole(role))
        return typed

    def _meant(self, name: str, choice: str) -> Organisation | str | None:
        if choice and choice == self.initial.get("choice"):
            # A party that stands stays the same record, archived or not; another name means another one.
            if name == self.initial.get("name"):
                return Organisation.objects.get(pk=choice)
            choice = ""
        same = organisations_called(name)
        if len(same) == 1:
            return same[0]
        self.candidates = same or organisations_like(name)
        self.may_be_new = True
        if not self.candidates or choice == NEW:
            if not runs_as_formula(name):
                return name
            self.add_error("name", NO_FORMULA)
            return None
        for organisation in self.candidates:
            if str(organisation.pk) == choice:
                return organisation
        several, nearly = (
            _("Several organisations have this name. Choose one."),
            _("Nearly this name is on record. Choose."),
        )
        self.add_error("name", several if same else nearly)
        return None

    def options(self) -> list[tuple[str, str, bool]]:
        """(value, text, whether chosen): the candidates, and recording a new one."""
        chosen = self["choice"].value() or ""
        known = [(str(o.pk), about(o), str(o.pk) == chosen) for o in self.candidates]
        return [*known, (NEW, str(_("None of these: record a new organisation")), chosen == NEW)]


def about(organisation: Organisation) -> str:
    """What tells it from others of the like name."""
    parts = (organisation.name, organisation.name_en, country_name(organisation.country), organisation.region)
    return " · ".join(part for part in parts if part)


class PartyRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def parties(self) -> list[NamedParty]:
        return [form.party for form in self.forms if form.party is not None]

    def has_errors(self) -> bool:
        return self.is_bound and not self.is_valid()

    def clean(self) -> None:
        """A party in the same role twice is one party: the repetition is refused at its row."""
        seen: set[tuple[UUID | str, str]] = set()
        for form in self.forms:
            if form.party is None:
                continue
            meant = form.party.organisation
            key = (meant.pk if isinstance(meant, Organisation) else meant, str(form.party.role))
            if key in seen:
                form.add_error("name", _("This party stands here twice in the same role."))
            seen.add(key)


PartyFormSet = forms.formset_factory(PartyForm, formset=PartyRows, extra=2, min_num=1, max_num=30, validate_max=True)
