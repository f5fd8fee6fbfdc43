"""The form of a schedule: what a person types, turned into what the action takes."""

from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.models import ReportSchedule
from crm.models.labels import choices
from crm.models.schedules import refuse_recipients
from crm.values.schedules import FORMATS, Covered, Rhythm, addresses
from reports.catalogue import REPORTS

# What can be asked without a person: at most a quarter.
SCHEDULED: Final = [kind for kind in REPORTS.values() if set(kind.asks) <= {"period"}]
_COLUMNS: Final = (
    "name",
    "report",
    "language",
    "formats",
    "covers",
    "rhythm",
    "day",
    "recipients",
    "publishes",
    "is_active",
)


class ScheduleForm(forms.Form):
    """With a schedule it carries the version seen; without one the id that the new one will have."""

    use_required_attribute = False

    name = forms.CharField(label=_("name"), max_length=120)
    report = forms.ChoiceField(label=_("report"), choices=[(kind.key, kind.name) for kind in SCHEDULED])
    covers = forms.ChoiceField(label=_("quarter told"), choices=choices(Covered))
    rhythm = forms.ChoiceField(label=_("rhythm"), choices=choices(Rhythm))
    day = forms.IntegerField(
        label=_("on day"),
        min_value=1,
        max_value=90,
        initial=10,
        help_text=_("Days after the quarter's end (1 to 90), the day of the month (1 to 31), or of the week (1 to 7)."),
    )
    language = forms.ChoiceField(label=_("language"), choices=[("ko", "한국어"), ("en", "English")])
    formats = forms.MultipleChoiceField(
        label=_("formats"),
        choices=[(format, format.upper()) for format in FORMATS],
        widget=forms.CheckboxSelectMultiple,
        initial=["xlsx", "pdf"],
    )
    recipients = forms.CharField(
        label=_("recipients"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("E-mail addresses, one a line. Without any, the files are kept and sent to nobody."),
    )
    publishes = forms.BooleanField(
        label=_("publish as an edition"),
        required=False,
        help_text=_("Closes the books as of the run. Otherwise a draft is sent."),
    )
    is_active = forms.BooleanField(label=_("active"), required=False, initial=True)

    def __init__(self, data: Any = None, *, schedule: ReportSchedule | None = None) -> None:
        self.schedule = schedule
        initial = {name: getattr(schedule, name) for name in _COLUMNS} if schedule else {}
        if schedule:
            initial["recipients"] = "\n".join(schedule.recipients)
        super().__init__(data, initial=initial)
        if schedule is None:
            self.fields["id"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
        else:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=schedule.version)

    def clean_recipients(self) -> list[str]:
        found = addresses(self.cleaned_data["recipients"])
        refuse_recipients(found)
        return found

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def in_sections(self) -> list[Any]:
        return []

    def wrong_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.errors]

    def put(self, error: ValidationError) -> None:
        """Each message at its field; what names no field of the form stands above it."""
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in told.items():
            self.add_error(name if name in self.fields else None, messages)
