"""Outcomes: recording one with all that comes with it, changing it, finding some."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.actions.booking import Booking, NamedParty
from crm.actions.ledger import Figure
from crm.models import Account, Organisation, OrgUnit, Outcome, Programme
from crm.permissions import readable
from crm.queries.at_hand import tree_for
from crm.queries.duplicates import outcomes_like
from crm.queries.outcome_lists import NO_UNIT, OutcomesAsked
from crm.queries.visibility import OURS, own_units
from crm.values.evidence import Grade
from crm.values.measures import KIND_RULES, Basis, Measure, OutcomeKind, Series, Standing
from crm.values.names import clean
from crm.values.stages import Stage
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import PlainForm, RecordForm
from crm.web.forms.choices import Checkboxes, Chosen, Offered, events_offered, offer, offer_events, offer_units, words
from crm.web.forms.circle import rejoin_lists
from crm.web.forms.documents import upload_of
from crm.web.forms.figures import CONTRADICTION, basis_of

MOST_SHOWN = 5
_MAIN = ("kind", "title", "event", "signed_on", "signed_at_place", "lead_unit")
_MORE = (
    "title_as_signed", "content", "note", "term_years", "period_from", "period_to", "document_number",
    "disclosure_level",
)  # fmt: skip


class _OutcomeForm(RecordForm):
    model = Outcome
    hints: ClassVar[dict[str, Any]] = {
        "title": _("Such as: (주)솔 투자협약"),
        "signed_on": _("The day at the place of signing. Empty where no source states it."),
    }

    cooperating_units: Any = forms.ModelMultipleChoiceField(
        OrgUnit.objects.none(), label=_("Cooperating units"), required=False, widget=Checkboxes
    )
    programmes: Any = forms.ModelMultipleChoiceField(
        Programme.objects.none(), label=_("Programmes"), required=False, widget=Checkboxes
    )
    also_called = forms.CharField(
        label=_("Also called"), required=False, widget=forms.Textarea, help_text=_("One name a line.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.record if isinstance(self.record, Outcome) else None
        units = [c.org_unit for c in outcome.cooperating_units.filter(archived_at=None)] if outcome else []
        offer_units(self.fields["lead_unit"], today, outcome.lead_unit if outcome else None)
        offer_units(self.fields["cooperating_units"], today, *units)
        offer_events(self.fields["event"])
        offer(self.fields["programmes"], Programme.objects.filter(archived_at=None).order_by("name", "id"))
        if outcome:
            served = outcome.programmes.filter(archived_at=None).values_list("programme_id", flat=True)
            self.initial = {
                **self.initial,
                "cooperating_units": units,
                "programmes": list(served),
                "also_called": "\n".join(outcome.also_called),
            }

    # The form's parts, in the order in which the page shows them.
    def agreed(self) -> list[forms.BoundField]:
        return self.named(_MAIN[:-1])

    def units(self) -> list[forms.BoundField]:
        return self.named(("lead_unit", "cooperating_units"))

    def more(self) -> list[forms.BoundField]:
        standing = [n for n in ("standing",) if n not in self.columns]
        return self.named(("programmes", *_MORE, "also_called", *standing))

    def has_more_errors(self) -> bool:
        return any(field.errors for field in self.more())

    def values(self) -> dict[str, Any]:
        names = [name for line in self.cleaned_data["also_called"].splitlines() if (name := clean(line))]
        return {**super().values(), "also_called": names}


class OutcomeForm(_OutcomeForm):
    """Recording an outcome. What the source does not say about an amount stays unstated."""

    columns = (*_MAIN, *_MORE)
    error_places: ClassVar[dict[str, str]] = {
        "value": "amount", "currency": "amount", "measure": "amount", "evidence_grade": "grade", "evidence": "file",
        "as_reported": "amount",
    }  # fmt: skip

    amount = AmountField(label=_("Amount"), required=False, max_length=200)
    basis = forms.ChoiceField(label=_("The amount is"), initial=Basis.UNSTATED, widget=forms.RadioSelect)
    series = forms.ChoiceField(label=_("Series of the amount"), required=False)
    approximate = forms.BooleanField(label=_("Approximate"), required=False)
    jobs = forms.IntegerField(label=_("Jobs pledged"), required=False, min_value=1)
    jobs_approximate = forms.BooleanField(label=_("Jobs are approximate"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300)
    grade = forms.ChoiceField(label=_("Evidence grade"), initial=Grade.CITY_STATEMENT)
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    standing = forms.ChoiceField(label=_("Standing"), required=False)
    is_another = forms.BooleanField(label=_("This is another outcome"), required=False)

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        unit = account.org_unit.current(today) if account.org_unit else None
        kwargs["initial"] = {"lead_unit": unit, **kwargs.get("initial", {})}
        super().__init__(*args, today=today, **kwargs)
        self.account, self.similar = account, list[Outcome]()
        self.fields["basis"].choices = words(Basis)  # type: ignore[attr-defined]
        self.fields["series"].choices = words(Series, _("As usual for the kind"))  # type: ignore[attr-defined]
        self.fields["grade"].choices = words(Grade)  # type: ignore[attr-defined]
        self.fields["standing"].choices = words(Standing, _("As usual for the kind"))  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("As the source says it: 1천만 달러, 연간 5억원, USD 10m.")
        self.fields["source"].help_text = _("Who says so: a statement, a newspaper, a paper.")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        amount, kind = typed.get("amount"), typed.get("kind")
        if amount and typed.get("basis") and basis_of(amount, typed["basis"]) is None:
            self.add_error("basis", str(CONTRADICTION))
        has_value = kind not in KIND_RULES or KIND_RULES[OutcomeKind(kind)].has_value
        for name in ("amount", "jobs"):
            if typed.get(name) and not has_value:
                self.add_error(name, _("This kind has no value: it is tracked, and never counted as money or jobs."))
        return typed

    def may_be_recorded_already(self, parties: list[NamedParty]) -> bool:
        """Whether a person should look first: one agreement that two departments report counts once."""
        if not self.is_valid() or self.cleaned_data["is_another"]:
            return False
        typed = self.cleaned_data
        known = [party.organisation.pk for party in parties if isinstance(party.organisation, Organisation)]
        event = typed["event"].pk if typed["event"] else None
        alike = outcomes_like(typed["kind"], typed["title"], known, typed["signed_on"], event)
        # Its own record, when a double click has just saved it, is no duplicate of itself.
        self.similar = list(readable(self.account, alike.exclude(pk=typed["id"]))[:MOST_SHOWN])
        if self.similar:
            self.add_error("title", _("This may be on record already. Is it the same?"))
        return bool(self.similar)

    def values(self) -> dict[str, Any]:
        standing = self.cleaned_data["standing"]
        return super().values() | ({"standing": standing} if standing else {})

    def worth(self) -> list[forms.BoundField]:
        return self.named(("basis", "approximate", "series", "jobs", "jobs_approximate"))

    def proof(self) -> list[forms.BoundField]:
        return self.named(("source", "grade", "file"))

    def booking(self, parties: list[NamedParty]) -> Booking:
        typed = self.cleaned_data
        return Booking(
            source=typed["source"],
            grade=Grade(typed["grade"]),
            parties=parties,
            cooperating_units=list(typed["cooperating_units"]),
            programmes=list(typed["programmes"]),
            figures=[figure for figure in (self._money(), self._jobs()) if figure],
            upload=upload_of(typed["file"]),
        )

    def _money(self) -> Figure | None:
        typed = self.cleaned_data
        amount = typed["amount"]
        if amount is None:
            return None
        return Figure(
            measure=Measure.MONEY,
            series=Series(typed["series"] or KIND_RULES[OutcomeKind(typed["kind"])].count_series),
            value=amount.value,
            source=typed["source"],
            evidence_grade=Grade(typed["grade"]),
            currency=amount.currency,
            basis=basis_of(amount, typed["basis"]) or Basis.UNSTATED,
            approximate=amount.approximate or typed["approximate"],
            as_reported=amount.as_reported,
        )

    def _jobs(self) -> Figure | None:
        typed = self.cleaned_data
        if not typed["jobs"]:
            return None
        return Figure(
            measure=Measure.JOBS,
            series=Series.ANNOUNCED,
            value=Decimal(typed["jobs"]),
            source=typed["source"],
            evidence_grade=Grade(typed["grade"]),
            approximate=typed["jobs_approximate"],
        )


class OutcomeEditForm(_OutcomeForm):
    columns = (
        *_MAIN, "standing", "binding", "delay_reason", "next_steps", *_MORE,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason of the change"), required=False, help_text=_("Stays in the history, and with the ledger.")
    )

    # When what this person saw was made, where somebody else changed it since.
    seen_at: datetime | None = None

    def merge(self, seen: Any, current: Any) -> None:
        super().merge(seen, current)
        sent: Any = self.data
        data, self.seen_at = sent.copy(), seen.history_date
        if self.values()["also_called"] == seen.also_called:
            data["also_called"] = "\n".join(current.also_called)
        rejoin_lists(data, self.cleaned_data, current, seen.history_date)
        self.data = data

    def became(self) -> list[forms.BoundField]:
        status = ("standing", "binding", "delay_reason", "next_steps")
        return self.named((*status, "reason"))

    def booking(self, parties: list[NamedParty]) -> Booking:
        """Only the circle: figures are posted and corrected by themselves."""
        typed = self.cleaned_data
        return Booking("", Grade.VERBAL, parties, list(typed["cooperating_units"]), list(typed["programmes"]))


class ArchiveForm(PlainForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class OutcomesForm(PlainForm):
    """What the list is narrowed by. What can't be understood does not narrow, and says so."""

    q = forms.CharField(label=_("Title, party or number"), required=False, max_length=200)
    kind = forms.ChoiceField(label=pgettext_lazy("page", "Kind"), required=False)
    standing = forms.ChoiceField(label=_("Standing"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    evidence = forms.ChoiceField(label=_("Evidence"), required=False)
    event: Any = Chosen(label=_("Event"))
    # There are too many to choose from: the organisation's own page leads here with it.
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False, widget=forms.HiddenInput
    )
    unit = forms.ChoiceField(label=_("Department"), required=False)
    signed_from = forms.DateField(label=_("Signed from"), required=False)
    signed_to = forms.DateField(label=_("Signed to"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, *args: Any, reader: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, self.reader = tree_for(reader).on_record(), reader
        ours = [(OURS, _("My department and those below it"))] if reader.org_unit_id else []
        offered: dict[str, list[tuple[str, Any]]] = {
            "kind": words(OutcomeKind, _("All")),
            "standing": words(Standing, _("All")),
            "stage": words(Stage, _("All")),
            "evidence": [("", _("All")), ("strong", _("Of the first three grades")), ("missing", _("Lacking"))],
            "unit": [
                ("", _("All")),
                *ours,
                (NO_UNIT, _("Without a lead unit")),
                *((str(pk), name) for pk, name in units),
            ],
            "sort": [
                ("-signed", _("Latest signing first")),
                ("signed", _("Earliest signing first")),
                ("-recorded", _("Latest recorded first")),
                ("title", _("Title")),
                ("kind", pgettext_lazy("page", "Kind")),
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = Offered(choices)  # type: ignore[attr-defined]
        self.fields["event"].offer(events_offered().values_list("pk", "name"))  # type: ignore[attr-defined]

    def asked(self) -> OutcomesAsked:
        self.is_valid()
        typed = self.cleaned_data
        organisation = typed.get("organisation")
        unit = typed.get("unit") or None
        if unit == OURS:
            unit = own_units(self.reader)
        elif unit and unit != NO_UNIT:
            unit = UUID(unit)
        return OutcomesAsked(
            text=typed.get("q", ""),
            kind=typed.get("kind", ""),
            standing=typed.get("standing", ""),
            stage=typed.get("stage", ""),
            evidence=typed.get("evidence", ""),
            event=typed.get("event"),
            organisation=organisation.current().pk if organisation else None,
            unit=unit,
            signed_from=typed.get("signed_from"),
            signed_to=typed.get("signed_to"),
            order=typed.get("sort") or "-signed",
        )

    def more(self) -> list[forms.BoundField]:
        return self.named(("unit", "signed_from", "signed_to", "stage", "evidence", "sort"))

    def narrowing(self) -> bool:
        return any(self.data.get(name) for name in self.fields if name != "sort")

    def narrowing_more(self) -> bool:
        return any(field.data for field in self.more())
