"""What came of what: choosing the other end of a link."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.models import Account
from crm.permissions import may
from crm.queries.chains import Linked, linkable, record_at
from crm.web.forms.base import PlainForm


class LinkForm(PlainForm):
    """`other` is `outcome:<id>`: the kind of record and its id, of the recent ones that contain what was searched."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    other = forms.ChoiceField(label=_("Record"))
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, record: Linked, is_after: bool, text: str, reader: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        offered = linkable(text, with_pitches=not is_after)
        self.offered = [one for one in offered if one != record and may(reader, "record.read", one)]
        self.fields["other"].choices = [("", _("Choose")), *_groups(self.offered)]  # type: ignore[attr-defined]

    def clean_other(self) -> Linked:
        kind, _colon, pk = self.cleaned_data["other"].partition(":")
        found = record_at(kind, UUID(pk))
        if found is None or not may(self.reader, "record.read", found):
            raise ValidationError(_("There is no such record."))
        return found


def _groups(offered: list[Linked]) -> list[tuple[str, list[tuple[str, str]]]]:
    kinds: dict[str, list[tuple[str, str]]] = {}
    for record in offered:
        kinds.setdefault(str(record._meta.verbose_name), []).append((f"{record.feed_type}:{record.pk}", str(record)))
    return list(kinds.items())
