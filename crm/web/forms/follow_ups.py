"""Follow-ups: planning, changing, taking, completing."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.models import Account, FollowUp
from crm.queries.at_hand import tree_for
from crm.queries.follow_ups import FollowUpsAsked
from crm.queries.visibility import OURS
from crm.values.measures import Role
from crm.web.forms.base import ListForm, PlainForm, RecordForm
from crm.web.forms.choices import Chosen, offer_units


def people() -> QuerySet[Account]:
    """Who may be given something to do."""
    return (
        Account.objects.filter(is_active=True, archived_at=None)
        .exclude(role=Role.API_CLIENT)
        .order_by("name", "username")
    )


class FollowUpForm(RecordForm):
    model = FollowUp
    columns = ("title", "due_on", "assignee", "org_unit")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people()  # type: ignore[attr-defined]
        offer_units(self.fields["org_unit"], today, getattr(self.record, "org_unit", None))
        self.fields["due_on"].help_text = _("Without a day, or without a person and a unit, it stands as unassigned.")


class FollowUpsForm(ListForm):
    orders: ClassVar[tuple[tuple[str, Any], ...]] = (
        ("", _("As usual")),
        ("due", _("Due first")),
        ("-due", _("Due last")),
        ("latest", _("Latest recorded first")),
        ("earliest", _("Earliest recorded first")),
        ("done", _("Latest done first")),
    )
    tabs = "show"

    show = forms.ChoiceField(label=_("Which follow-ups"), required=False)
    whose = forms.ChoiceField(label=_("Whose"), required=False)
    org_unit: Any = Chosen(label=pgettext_lazy("office", "Unit"))
    assignee: Any = Chosen(label=_("Person"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("What is to be done")
        self.fields["show"].choices = [  # type: ignore[attr-defined]
            ("open", _("Open")),
            ("mine", _("Mine")),
            ("unit", _("My unit's")),
            ("overdue", _("Overdue")),
            ("soon", _("Due within 14 days")),
            ("unassigned", _("Unassigned")),
            ("escalated", _("Escalated")),
            ("put-off", _("Put off")),
            ("done", _("Done and dropped")),
            ("all", _("All")),
        ]
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole city's")),
            (OURS, _("My department and those below it")),
        ]
        self.fields["org_unit"].offer(tree_for(self.reader).in_force(self.today))  # type: ignore[attr-defined]
        self.fields["assignee"].offer((account.pk, str(account)) for account in people())  # type: ignore[attr-defined]

    def asked(self) -> FollowUpsAsked:
        return FollowUpsAsked(**self.typed("q", "show", "whose", "org_unit", "assignee", "sort"))


class TakeForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = forms.DateField(label=_("Due"), required=False)


class GiveBackForm(PlainForm):
    """Whose it was and until when, before it was taken."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    assignee = forms.ModelChoiceField(Account.objects.all(), required=False, widget=forms.HiddenInput)
    due_on = forms.DateField(required=False)


class ReopenForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class DropForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.CharField(label=_("Why it is not needed any more"), widget=forms.Textarea)


class CompleteForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    done_on = forms.DateField(label=_("Done on"))
    result = forms.CharField(label=_("What came of it"), widget=forms.Textarea)
