"""Taking a step, and registering what was realised."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.actions.realisation import Realised
from crm.models import Document, Outcome
from crm.models.labels import label
from crm.queries.ledger import evidence_to_choose
from crm.values.evidence import REALISED_GRADES, STRONGEST_FIRST, Grade
from crm.values.measures import Measure, OutcomeKind
from crm.values.money import ParsedAmount
from crm.values.stages import STAGES, Stage
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import PlainForm
from crm.web.forms.documents import upload_of


class StepForm(PlainForm):
    """`version` is the outcome as it was seen."""

    stage = forms.ChoiceField(label=_("Stage"))
    taken_on = forms.DateField(label=_("Day of the step"))
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea)
    evidence: Any = forms.ModelChoiceField(Document.objects.none(), label=_("Evidence"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [rule.stage for rule in STAGES[OutcomeKind(outcome.kind)] if rule.stage != outcome.stage]
        self.fields["stage"].choices = [(stage.value, label(stage)) for stage in offered]  # type: ignore[attr-defined]
        self.fields["evidence"].queryset = evidence_to_choose(outcome)  # type: ignore[attr-defined]
        self.fields["taken_on"].help_text = _("When it happened, not when it is recorded.")
        self.fields["reason"].help_text = _("Due off the normal road, and where a stage is left out or taken back.")

    def step(self) -> dict[str, Any]:
        typed = self.cleaned_data
        names = ("taken_on", "reason", "evidence", "version")
        return {"stage": Stage(typed["stage"]), **{name: typed[name] for name in names}}


class RealisationForm(PlainForm):
    """What was realised, with the evidence for it: a document on record, or a new one by its file or number."""

    measure = forms.ChoiceField(label=_("Measure"), widget=forms.RadioSelect)
    amount = forms.CharField(label=_("Amount or number"), max_length=200)
    value_date = forms.DateField(label=_("Day of the realised value"))
    for_year = forms.IntegerField(label=_("For the year"), required=False, min_value=1900, max_value=2200)
    evidence: Any = forms.ModelChoiceField(Document.objects.none(), label=_("Evidence on record"), required=False)
    grade = forms.ChoiceField(label=_("Evidence grade"), required=False)
    document_number = forms.CharField(label=_("Document number"), required=False, max_length=120)
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    source = forms.CharField(label=_("Source"), max_length=300)
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    error_places: ClassVar[dict[str, str]] = {
        "value": "amount", "currency": "amount", "evidence_grade": "grade", "title": "document_number",
    }  # fmt: skip

    def __init__(self, *args: Any, outcome: Outcome, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grades = [grade for grade in STRONGEST_FIRST if grade in REALISED_GRADES]
        choices = {"measure": (Measure.MONEY, Measure.JOBS), "grade": grades}
        for name, offered in choices.items():
            self.fields[name].choices = [(str(m), label(m)) for m in offered]  # type: ignore[attr-defined]
        self.fields["measure"].initial = Measure.MONEY
        self.fields["grade"].initial = Grade.OFFICIAL_RECORD
        found = evidence_to_choose(outcome).filter(grade__in=REALISED_GRADES)
        self.fields["evidence"].queryset = found  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("1천만 달러, 5억원, USD 10m; for jobs a whole number.")
        self.fields["value_date"].help_text = _("Goods: the export declaration; services and investment: the payment.")
        self.fields["for_year"].help_text = _("Of a yearly contract, the year that the figure is for.")
        self.fields["evidence"].help_text = _("Or attach it below: the file, or the number under which it is kept.")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "amount" not in typed or "measure" not in typed:
            return typed
        try:
            if typed["measure"] == Measure.MONEY:
                typed["parsed"] = AmountField.read(typed["amount"])
            else:
                typed["heads"] = forms.IntegerField(min_value=1).clean(typed["amount"].replace(",", ""))
        except forms.ValidationError as error:
            self.add_error("amount", error)
        return typed

    def realised(self) -> Realised:
        typed = self.cleaned_data
        parsed: ParsedAmount | None = typed.get("parsed")
        evidence: Document | None = typed["evidence"]
        return Realised(
            measure=Measure(typed["measure"]),
            value=parsed.value if parsed else Decimal(typed["heads"]),
            currency=parsed.currency if parsed else "",
            grade=Grade(evidence.grade if evidence else typed["grade"] or Grade.OFFICIAL_RECORD),
            source=typed["source"],
            value_date=typed["value_date"],
            for_year=typed["for_year"],
            as_reported=parsed.as_reported if parsed else "",
            approximate=bool(parsed and parsed.approximate),
            upload=upload_of(typed["file"]),
            evidence=evidence,
            document_number=typed["document_number"],
            id=typed["id"],
        )
