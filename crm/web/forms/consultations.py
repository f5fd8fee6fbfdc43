"""A consultation, recorded or put right: who sat together, when, and what was talked about."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.actions.consultations import Said, money_of
from crm.actions.ledger import Figure
from crm.models import Consultation, Event, LedgerEntry
from crm.values.evidence import Grade
from crm.values.measures import Basis, Measure, Series
from crm.values.money import ParsedAmount
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import RecordForm
from crm.web.forms.choices import offer_events
from crm.web.forms.figures import as_typed
from crm.web.forms.organisation_field import OrganisationField

_SERIES = (Series.CONSULTED, Series.EXPECTED)


class ConsultationForm(RecordForm):
    """`source` is whose word the amounts are that are entered here."""

    model = Consultation
    columns = ("event", "exhibitor", "buyer", "met_on", "content", "note")
    error_places: ClassVar[dict[str, str]] = {"currency": "consulted"}

    exhibitor: Any = OrganisationField(label=_("Exhibitor"), help_text=_("One on record, also by its other names."))
    buyer: Any = OrganisationField(label=_("Buyer"))
    consulted: Any = AmountField(
        label=_("Amount talked about"), required=False, max_length=200, help_text=_("3백만원, USD 2,000")
    )
    expected: Any = AmountField(label=_("Part likely to be contracted"), required=False, max_length=200)
    source = forms.CharField(label=_("Source"), max_length=300)
    reason = forms.CharField(
        label=_("Reason of the correction"),
        required=False,
        help_text=_("Due where an amount changes: it stays with the entry in the ledger."),
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, record: Consultation | None = None, event: Event | None = None) -> None:
        """`event`: where a new one was held."""
        self.standing = money_of(record) if record else {}
        entry = next(iter(self.standing.values()), None)
        if entry is None and record is not None:
            entry = record.entries.order_by("recorded_at", "id").last()
        self.grade = Grade(entry.evidence_grade) if entry else Grade.VERBAL
        amounts = {str(series): as_typed(entry) for series, entry in self.standing.items()}
        initial: dict[str, Any] = {"source": entry.source if entry else "", **amounts}
        if event is not None:
            is_one_day = event.ends_on in (None, event.starts_on)
            initial |= {"event": event.pk, "met_on": event.starts_on if is_one_day else None}
        super().__init__(*args, record=record, initial=initial)
        offer_events(self.fields["event"])
        if record is None:
            del self.fields["reason"]
        else:
            # A form's fields are typed as any field: these are the organisation fields above.
            for name, standing in (("exhibitor", record.exhibitor), ("buyer", record.buyer)):
                self.fields[name].standing = standing  # type: ignore[attr-defined]
        self.order_fields([*self.columns, *_SERIES, "source", "reason"])

    def said(self) -> Said:
        """The amount of each of the two, as it should be; one that was left as it is, is what stands."""
        return {series: self._figure(series) for series in _SERIES}

    def _figure(self, series: Series) -> Figure | None:
        parsed: ParsedAmount | None = self.cleaned_data[series]
        if parsed is None:
            return None
        entry: LedgerEntry | None = self.standing.get(series)
        is_same = entry is not None and (entry.value, entry.currency) == (parsed.value, parsed.currency)
        stated = Basis(entry.basis) if entry is not None else Basis.TOTAL
        return Figure(
            Measure.MONEY,
            series,
            parsed.value,
            self.cleaned_data["source"],
            self.grade,
            currency=parsed.currency,
            basis=parsed.basis or stated,
            # Shown again an amount has lost its "about".
            approximate=parsed.approximate or bool(is_same and entry and entry.approximate),
            as_reported=parsed.as_reported,
        )
