"""Pitch competitions: criteria, judges, entries, conflicts of interest, score sheets, steps."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.models import Event, Judge, PitchCriterion, PitchEntry
from crm.queries.pitches import (
    PitchesAsked,
    conflicts_among,
    criteria_of,
    judges_of,
    pitches_of,
    points_of,
    sheet_state,
)
from crm.values.demonstrations import PitchRound, PitchStatus
from crm.values.money import format_number
from crm.web.forms.base import PlainForm, RecordForm, spare_name
from crm.web.forms.choices import words
from crm.web.forms.organisation_field import OrganisationField


class PitchesForm(PlainForm):
    """What the list is narrowed by."""

    q = forms.CharField(label=_("Title, applicant, technology or competition"), required=False, max_length=200)
    status = forms.ChoiceField(label=_("Decision"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A form's fields are typed as any field: this one is a choice.
        self.fields["status"].choices = words(PitchStatus, _("All"))  # type: ignore[attr-defined]

    def asked(self) -> PitchesAsked:
        self.is_valid()
        typed = self.cleaned_data
        return PitchesAsked(typed.get("q", ""), typed.get("status", ""))

    def narrowing(self) -> bool:
        return any(self.data.get(name) for name in self.fields)


class CriterionForm(PlainForm):
    name = spare_name(_("Criterion"), 120)
    weight = forms.DecimalField(label=_("Weight (%)"), required=False, max_digits=6, decimal_places=2)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if (typed.get("name") or "") and typed.get("weight") is None and not self.errors:
            self.add_error("weight", _("A criterion has a weight."))
        if typed.get("weight") is not None and not typed.get("name"):
            self.add_error("name", _("Every criterion has a name."))
        return typed


class CriteriaForm(PlainForm):
    """The version of the event that was seen, and the place of what is said of the criteria together."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    criteria = forms.CharField(widget=forms.HiddenInput, required=False)


class CriteriaRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def criteria(self) -> list[tuple[str, Decimal]]:
        found = [(form.cleaned_data.get("name") or "", form.cleaned_data.get("weight")) for form in self.forms]
        return [(name.strip(), weight) for name, weight in found if name and weight is not None]

    def has_errors(self) -> bool:
        return self.is_bound and not self.is_valid()


CriteriaFormSet = forms.formset_factory(CriterionForm, formset=CriteriaRows, extra=4, max_num=20, validate_max=True)


class JudgeForm(RecordForm):
    model = Judge
    columns = ("name", "affiliation", "organisation")
    hints: ClassVar[dict[str, Any]] = {
        "name": _("As the papers call the judge: 심사위원 가."),
    }
    organisation: Any = OrganisationField(
        label=_("Organisation"),
        required=False,
        help_text=_("If on record: a judge is in conflict with the entries of the own organisation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].standing = getattr(self.record, "organisation", None)  # type: ignore[attr-defined]


class PitchForm(RecordForm):
    model = PitchEntry
    columns = ("organisation", "title", "technology", "note")
    organisation: Any = OrganisationField(
        label=_("Applicant"), help_text=_("An organisation on record, also by its other names.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].standing = getattr(self.record, "organisation", None)  # type: ignore[attr-defined]


class ConflictForm(PlainForm):
    judge: Any = forms.ModelChoiceField(Judge.objects.none(), label=_("Judge"))
    reason = forms.CharField(label=_("What the conflict of interest is"), max_length=300)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judge"].queryset = judges_of(event)  # type: ignore[attr-defined]


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)


class AdvanceForm(PlainForm):
    """How far an entry comes: what is not chosen stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    round = forms.ChoiceField(label=_("Round"), required=False)
    status = forms.ChoiceField(label=_("Decision"), required=False)
    place = forms.IntegerField(label=pgettext_lazy("rank", "Place"), required=False, min_value=1, max_value=1000)
    award = forms.CharField(label=_("Award"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Needed for out, withdrawn, going back and skipping a round."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].choices = words(PitchRound, _("Stays as it is"))  # type: ignore[attr-defined]
        self.fields["status"].choices = words(PitchStatus, _("Stays as it is"))  # type: ignore[attr-defined]

    def decision(self) -> dict[str, Any]:
        """The arguments of `advance_pitch`."""
        typed = self.cleaned_data
        return {
            "round": PitchRound(typed["round"]) if typed["round"] else None,
            "status": PitchStatus(typed["status"]) if typed["status"] else None,
            **{name: typed[name] for name in ("place", "award", "reason", "version")},
        }


Points = dict[PitchEntry, dict[PitchCriterion, Decimal]]


class ScoreSheet(PlainForm):
    """One judge's points of one round: a field for each entry and criterion. `seen` is the state of the judge's
    scores when the page was made; where others changed it since, nothing is saved until it was looked at."""

    def __init__(self, data: Any = None, *, judge: Judge, round_: PitchRound) -> None:
        super().__init__(data)
        self.judge, self.round = judge, round_
        self.criteria, self.pitches = list(criteria_of(judge.event)), list(pitches_of(judge.event))
        self.conflicts = conflicts_among(self.pitches, [judge])
        self.present = points_of(judge.event, round_)
        self.state = sheet_state(judge, round_)
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.state)
        for pitch in self.open_pitches():
            for criterion in self.criteria:
                self.fields[_cell(pitch, criterion)] = _points_field(self._points(pitch, criterion), pitch, criterion)

    def open_pitches(self) -> Iterable[PitchEntry]:
        """Those that this judge may score in this round."""
        return (pitch for pitch in self.pitches if not self.why_closed(pitch))

    def why_closed(self, pitch: PitchEntry) -> str:
        """Why this judge does not score the entry; empty where the judge may."""
        if conflict := self.conflicts.get((pitch.pk, self.judge.pk)):
            return gettext("Conflict of interest: %(reason)s") % {"reason": conflict.reason}
        if pitch.status in (PitchStatus.OUT, PitchStatus.WITHDRAWN):
            return str(pitch.get_status_display())
        if self.round == PitchRound.FINALS and pitch.round != PitchRound.FINALS:
            return gettext("Not in the finals")
        return ""

    def heads(self) -> list[str]:
        return [f"{criterion.name} ({format_number(criterion.weight)}%)" for criterion in self.criteria]

    def rows(self) -> list[tuple[PitchEntry, str, list[forms.BoundField]]]:
        """(entry, why it is closed, its fields)."""
        found = []
        for pitch in self.pitches:
            why = self.why_closed(pitch)
            found.append((pitch, why, [] if why else [self[_cell(pitch, c)] for c in self.criteria]))
        return found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("seen", "") != self.state:
            self.add_error(None, _("Somebody else scored for this judge meanwhile. Compare, and save again."))
            data = self.data.copy()  # type: ignore[attr-defined]
            data["seen"] = self.state
            self.data = data
        for pitch in self.open_pitches():
            for criterion in self.criteria:
                name = _cell(pitch, criterion)
                if self._points(pitch, criterion) is not None and typed.get(name) is None and name not in self.errors:
                    self.add_error(name, _("A score is corrected, not taken away."))
        return typed

    def points(self) -> Points:
        """What was typed, entry by entry; nothing for entries left empty."""
        found: Points = {}
        for pitch in self.open_pitches():
            typed = {c: self.cleaned_data.get(_cell(pitch, c)) for c in self.criteria}
            given = {criterion: value for criterion, value in typed.items() if value is not None}
            if given:
                found[pitch] = given
        return found

    def _points(self, pitch: PitchEntry, criterion: PitchCriterion) -> Decimal | None:
        return self.present.get((pitch.pk, self.judge.pk, criterion.pk))


def _cell(pitch: PitchEntry, criterion: PitchCriterion) -> str:
    return f"points-{pitch.pk}-{criterion.pk}"


def _points_field(value: Decimal | None, pitch: PitchEntry, criterion: PitchCriterion) -> forms.DecimalField:
    shown = None if value is None else f"{value.normalize():f}"
    field = forms.DecimalField(
        label=f"{pitch.title}: {criterion.name}",
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=shown,
    )
    field.widget.attrs |= {"inputmode": "decimal"}
    return field
