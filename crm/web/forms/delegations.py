"""Delegations: who stands in for whom, how, from when until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Account, Delegation
from crm.queries.authority import HEADS
from crm.values.concurrence import Capacity
from crm.values.measures import Role
from crm.web.forms.base import PlainForm, RecordForm
from crm.web.forms.choices import words


class DelegationForm(RecordForm):
    """Heads delegate their own right; an administrator chooses whose."""

    model = Delegation
    columns = ("giver", "deputy", "capacity", "from_on", "until_on", "reason")

    def __init__(self, *args: Any, reader: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Account.objects.filter(is_active=True, archived_at=None).order_by("name", "username")
        givers = people.filter(role__in=HEADS)
        if reader.role != Role.ADMINISTRATOR:
            givers = givers.filter(pk=reader.pk)
        fields: dict[str, Any] = self.fields
        fields["giver"].queryset = givers
        fields["deputy"].queryset = people.exclude(role__in=(Role.API_CLIENT, Role.LEADERSHIP))
        fields["capacity"].choices = [pair for pair in words(Capacity) if pair[0] != Capacity.OWN]
        fields["until_on"].help_text = _("Due for an absence; without a day a standing delegation goes on.")


class EndForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
