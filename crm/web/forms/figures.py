"""Figures: posting, correcting, taking back."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.actions.ledger import Figure
from crm.models import Document, LedgerEntry, Outcome
from crm.models.labels import label
from crm.queries.ledger import evidence_to_choose
from crm.values.evidence import Grade
from crm.values.measures import KIND_RULES, Basis, Cause, Measure, OutcomeKind, Series
from crm.values.money import AmountError, ParsedAmount, format_amount, format_number, parse_amount
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import PlainForm
from crm.web.forms.choices import words

# Consulted and expected belong to sittings and to what comes of them; the rest to agreements.
_MEASURES = (Measure.MONEY, Measure.JOBS)


def basis_of(amount: ParsedAmount, chosen: str) -> Basis | None:
    """What the text says, else what was chosen. None where the two contradict each other."""
    if amount.basis is None or amount.basis == chosen or chosen == Basis.UNSTATED:
        return amount.basis or Basis(chosen)
    return None


CONTRADICTION = _("The amount says otherwise. Choose the basis that the text states.")


class FigureForm(PlainForm):
    """One figure about an outcome, new or in the place of another."""

    measure = forms.ChoiceField(label=_("Measure"), choices=[(m.value, m.value) for m in _MEASURES])
    amount = forms.CharField(label=_("Amount or number"), max_length=200)
    basis = forms.ChoiceField(label=_("Basis"), initial=Basis.UNSTATED, widget=forms.RadioSelect)
    series = forms.ChoiceField(label=_("Series"))
    approximate = forms.BooleanField(label=_("Approximate"), required=False)
    value_date = forms.DateField(label=_("Value date"), required=False)
    for_year = forms.IntegerField(label=_("For the year"), required=False, min_value=1900, max_value=2200)
    source = forms.CharField(label=_("Source"), max_length=300)
    evidence_grade = forms.ChoiceField(label=_("Evidence grade"))
    evidence: Any = forms.ModelChoiceField(Document.objects.none(), label=_("Evidence"), required=False)
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    error_places: ClassVar[dict[str, str]] = {"value": "amount", "currency": "amount"}

    def __init__(self, *args: Any, outcome: Outcome, entry: LedgerEntry | None = None, **kwargs: Any) -> None:
        initial = _initial(outcome, entry) | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["measure"].choices = [(m.value, label(m)) for m in _MEASURES]  # type: ignore[attr-defined]
        self.fields["basis"].choices = words(Basis)  # type: ignore[attr-defined]
        self.fields["series"].choices = words(Series)  # type: ignore[attr-defined]
        self.fields["evidence_grade"].choices = words(Grade)  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("1천만 달러, 연간 5억원, USD 10m; for jobs a whole number.")
        self.fields["value_date"].help_text = _("Empty: the day of signing, else the first day of the event.")
        self.fields["for_year"].help_text = _("Of a yearly contract, the year that the figure is for.")
        self.fields["evidence"].queryset = evidence_to_choose(outcome)  # type: ignore[attr-defined]
        # A figure is corrected by one of the same measure.
        self.fields["measure"].disabled = entry is not None
        self.fields["evidence"].help_text = _("A realised value needs evidence of the first three grades.")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "amount" not in typed or "measure" not in typed:
            return typed
        try:
            if typed["measure"] == Measure.MONEY:
                typed["parsed"] = AmountField.read(typed["amount"])
                typed["meant"] = basis_of(typed["parsed"], typed.get("basis", Basis.UNSTATED))
            else:
                typed["heads"] = forms.IntegerField(min_value=1).clean(typed["amount"].replace(",", ""))
        except forms.ValidationError as error:
            self.add_error("amount", error)
        if "parsed" in typed and typed["meant"] is None:
            self.add_error("basis", str(CONTRADICTION))
        return typed

    def figure(self) -> Figure:
        typed = self.cleaned_data
        parsed: ParsedAmount | None = typed.get("parsed")
        return Figure(
            measure=Measure(typed["measure"]),
            series=Series(typed["series"]),
            value=parsed.value if parsed else Decimal(typed["heads"]),
            source=typed["source"],
            evidence_grade=Grade(typed["evidence_grade"]),
            currency=parsed.currency if parsed else "",
            basis=typed["meant"] if parsed else Basis.TOTAL,
            approximate=typed["approximate"] or bool(parsed and parsed.approximate),
            as_reported=parsed.as_reported if parsed else "",
            value_date=typed["value_date"],
            for_year=typed["for_year"],
            evidence=typed["evidence"],
            id=typed["id"],
        )


def _initial(outcome: Outcome, entry: LedgerEntry | None) -> dict[str, Any]:
    if entry is None:
        return {"series": KIND_RULES[OutcomeKind(outcome.kind)].count_series, "evidence_grade": Grade.CITY_STATEMENT}
    stated = entry.value_date if entry.date_basis == "stated" else None
    names = ("measure", "basis", "series", "approximate", "source", "evidence_grade", "evidence", "for_year")
    return {"amount": as_typed(entry), "value_date": stated, **{name: getattr(entry, name) for name in names}}


def as_typed(entry: LedgerEntry) -> str:
    """The source's own words where they say the same, so that a correction keeps them."""
    if not entry.currency:
        return format_number(entry.value)
    try:
        words = parse_amount(entry.as_reported)
    except AmountError:
        words = None
    if words and (words.value, words.currency) == (entry.value, entry.currency):
        return entry.as_reported
    return format_amount(entry.value, entry.currency, "en")


class CorrectionForm(FigureForm):
    reason = forms.CharField(label=_("Reason of the correction"), widget=forms.Textarea(attrs={"rows": 2}))


class TakeBackForm(PlainForm):
    cause = forms.ChoiceField(label=_("Cause"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        causes = (Cause.CORRECTION, Cause.WITHDRAWAL)
        self.fields["cause"].choices = [(c.value, label(c)) for c in causes]  # type: ignore[attr-defined]
