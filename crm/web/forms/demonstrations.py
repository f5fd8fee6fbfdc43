"""Demonstrations: recording and changing one, its KPIs, its steps, and finding some."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.actions.demonstrations import Kpi
from crm.models import Demonstration, Record
from crm.models.labels import label
from crm.queries.demonstrations import DemonstrationsAsked
from crm.values.demonstrations import DemonstrationStage
from crm.values.money import format_amount
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import PlainForm, RecordForm, spare_name
from crm.web.forms.choices import offer_units, words
from crm.web.forms.organisation_field import OrganisationField

_COSTS = ("cost_city", "cost_own")
_PLAN = (
    "title", "applicant", "technology", "testbed_site", "site_unit", "lead_unit", "starts_on", "ends_on", *_COSTS,
)  # fmt: skip
_RULES = ("regulatory_issue", "regulatory_path", "permit_number", "permit_expires_on")
_END = ("verdict", "result", "certificate_number", "certificate_on")
_REST = ("disclosure_level", "note")


class CostField(AmountField):
    """A cost as typed, shown with the currency of the record that has it."""

    currency = "KRW"

    def prepare_value(self, value: Any) -> Any:
        return format_amount(value, self.currency, "ko") if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DemonstrationForm(RecordForm):
    model = Demonstration
    columns = (*_PLAN, *_RULES, *_END, *_REST)
    error_places: ClassVar[dict[str, str]] = {"cost_currency": "cost_own"}
    hints: ClassVar[dict[str, Any]] = {
        "title": _("Such as: 이동식 충전 로봇 실증"),
        "regulatory_path": _("A test exemption and a temporary permit need their number and last day."),
        "permit_expires_on": _("Sixty days before, the lists begin to warn."),
        "cost_city": _("Such as: 5천만원, USD 10m. Empty where it is not known."),
    }

    applicant: Any = OrganisationField(
        label=_("Applicant"), help_text=_("An organisation on record, also by its other names.")
    )
    cost_city: Any = CostField(label=_("Cost borne by the city"), required=False, max_length=200)
    cost_own: Any = CostField(label=_("Cost borne by the applicant"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demonstration = self.record if isinstance(self.record, Demonstration) else None
        for name in ("site_unit", "lead_unit"):
            offer_units(self.fields[name], today, getattr(demonstration, name, None))
        if demonstration:
            self.fields["applicant"].standing = demonstration.applicant  # type: ignore[attr-defined]
            for name in _COSTS:
                self.fields[name].currency = demonstration.cost_currency  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        city, own = (typed.get(name) for name in _COSTS)
        if city and own and city.currency != own.currency:
            self.add_error("cost_own", _("Give both costs in one currency."))
        return typed

    def values(self) -> dict[str, Any]:
        found = super().values()
        costs = [found[name] for name in _COSTS if found[name]]
        values = {name: found[name].value if found[name] else None for name in _COSTS}
        return {**found, **values, **({"cost_currency": costs[0].currency} if costs else {})}

    def merge(self, seen: Any, current: Record) -> None:
        super().merge(seen, current)
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in _COSTS:
            key = self.add_prefix(name)
            if str(self.data.get(key) or "") in (_cost(seen, name), _cost(current, name)):
                data[key] = _cost(current, name)
        self.data = data

    # The form's parts, in the order in which the page shows them.
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [
            (_("What is demonstrated"), self.named(_PLAN)),
            (_("Rules and permit"), self.named(_RULES)),
            (_("Result and certificate"), self.named(_END)),
            (_("More details"), self.named(_REST)),
        ]


def _cost(row: Any, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else format_amount(value, row.cost_currency, "ko")


class KpiForm(PlainForm):
    """One KPI; a row without a name is none."""

    name = spare_name(_("Measured quantity"), 200)
    unit = forms.CharField(label=_("Unit of measurement"), max_length=40, required=False)
    target = forms.DecimalField(label=_("Target"), required=False, max_digits=18, decimal_places=4)
    measured = forms.DecimalField(label=_("Measured"), required=False, max_digits=18, decimal_places=4)
    measured_on = forms.DateField(label=_("Measured on"), required=False)
    lower_is_better = forms.BooleanField(label=_("Lower is better"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not typed.get("name"):
            if any(typed.get(name) not in (None, "", False) for name in self.fields):
                self.add_error("name", _("Say what is measured."))
            return typed
        if typed.get("target") is None and "target" not in self.errors:
            self.add_error("target", _("A KPI has a target."))
        measured, day = typed.get("measured"), typed.get("measured_on")
        if not self.errors and (measured is None) != (day is None):
            missing = "measured" if measured is None else "measured_on"
            self.add_error(missing, _("Give the measured value together with its day."))
        if day is not None and day > self.today:
            self.add_error("measured_on", _("This day has not come yet."))
        return typed

    def kpi(self) -> Kpi | None:
        typed = self.cleaned_data
        if not typed.get("name"):
            return None
        return Kpi(**{**typed, "name": typed["name"].strip()})


class KpiRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            name = (form.cleaned_data.get("name") or "").strip() if form.is_valid() else ""
            if name and name in seen:
                form.add_error("name", _("This KPI stands here already."))
            seen.add(name)

    def kpis(self) -> list[Kpi]:
        return [kpi for form in self.forms if (kpi := form.kpi()) is not None]

    def has_errors(self) -> bool:
        return self.is_bound and not self.is_valid()


KpiFormSet = forms.formset_factory(KpiForm, formset=KpiRows, extra=2, max_num=30, validate_max=True)


class VersionForm(PlainForm):
    """The version that was seen, for pages whose fields are rows."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DemonstrationStepForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    stage = forms.ChoiceField(label=_("Stage"), widget=forms.RadioSelect)
    taken_on = forms.DateField(label=_("Day of the step"), help_text=_("When it happened, not when it is recorded."))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Needed for stopping, going back and skipping a stage."),
    )

    def __init__(self, *args: Any, at: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(stage.value, label(stage)) for stage in DemonstrationStage if stage != at]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]


class DemonstrationsForm(PlainForm):
    """What the list is narrowed by."""

    q = forms.CharField(label=_("Title, applicant, technology or site"), required=False, max_length=200)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    permit = forms.ChoiceField(label=pgettext_lazy("demonstration", "Permit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        permits = [("", _("All")), ("near", _("Ends within 60 days")), ("expired", _("Expired"))]
        self.fields["stage"].choices = words(DemonstrationStage, _("All"))  # type: ignore[attr-defined]
        self.fields["permit"].choices = permits  # type: ignore[attr-defined]

    def asked(self) -> DemonstrationsAsked:
        self.is_valid()
        typed = self.cleaned_data
        return DemonstrationsAsked(typed.get("q", ""), typed.get("stage", ""), "", typed.get("permit", ""))

    def narrowing(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
