"""A draft from the booth: who, what, how much. What it leaves out, the officer completes at the desk."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.actions.booking import Booking, NamedParty
from crm.actions.ledger import Figure
from crm.actions.organisations import NO_FORMULA
from crm.models import Account, Event, Organisation, Outcome
from crm.models.labels import label
from crm.permissions import readable
from crm.queries.duplicates import organisations_called, organisations_like, outcomes_like
from crm.values.evidence import Grade
from crm.values.measures import KIND_RULES, Basis, Ladder, Measure, OutcomeKind, PartyRole, Standing
from crm.values.names import clean, runs_as_formula
from crm.web.forms.amounts import AmountField
from crm.web.forms.base import PlainForm
from crm.web.forms.documents import upload_of
from crm.web.forms.figures import basis_of
from crm.web.text import time_text

# What the ledger names as the source of a draft's figures.
SOURCE: Final = "현장 기록(부스)"
NEW: Final = "new"
MOST_SHOWN: Final = 5
# What is agreed at a booth, the most frequent first. What realises later is recorded with its evidence, at a desk.
FIRST_KINDS: Final = (
    OutcomeKind.EXPORT_CONTRACT,
    OutcomeKind.INVESTMENT_MOU,
    OutcomeKind.BUSINESS_MOU,
    OutcomeKind.PROMISE,
    OutcomeKind.PURCHASE_LOI,
)
MORE_KINDS: Final = (
    OutcomeKind.ONSITE_CONTRACT,
    OutcomeKind.EXPECTED_CONTRACT,
    OutcomeKind.INVESTMENT_LOI,
    OutcomeKind.DEFINITIVE_AGREEMENT,
    OutcomeKind.DEMONSTRATION,
)
_ROLES: Final = {
    Ladder.EXPORT: PartyRole.EXPORTER,
    Ladder.INVESTMENT: PartyRole.INVESTOR,
    Ladder.OTHER: PartyRole.PARTNER,
}
# How the files of cameras begin, from the given place on.
_PHOTOS: Final = (
    (0, b"\xff\xd8\xff", ".jpg"),
    (0, b"\x89PNG\r\n\x1a\n", ".png"),
    (8, b"WEBP", ".webp"),
    (4, b"ftypheic", ".heic"),
    (4, b"ftypheix", ".heic"),
    (4, b"ftypmif1", ".heic"),
)
_DAY: Final = timedelta(days=1)


def kind_choices(kinds: tuple[OutcomeKind, ...]) -> list[tuple[str, str]]:
    return [(str(kind), label(kind)) for kind in kinds]


class BoothForm(PlainForm):
    """What a phone sends. `id` is the id that the outcome will have: made by the phone, so that a draft that arrives
    twice is one record. `day` is the phone's day when the draft was made, `made` the moment."""

    error_places: ClassVar[dict[str, str]] = {
        "value": "amount", "currency": "amount", "measure": "amount", "series": "amount", "as_reported": "amount",
        "evidence_grade": "amount", "file": "photo", "signed_on": "event", "title": "what", "content": "what",
        "name": "who",
    }  # fmt: skip

    id = forms.UUIDField()
    account = forms.UUIDField()
    who = forms.CharField(label=pgettext_lazy("booth", "Who"), max_length=140)
    choice = forms.CharField(required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("booth", "What is agreed"))
    what = forms.CharField(max_length=150, required=False)
    amount = AmountField(label=pgettext_lazy("booth", "How much"), required=False, max_length=200)
    event: Any = forms.ModelChoiceField(Event.objects.filter(archived_at=None), label=_("Event"))
    day = forms.DateField(required=False)
    made = forms.DateTimeField(required=False)
    is_signed = forms.BooleanField(required=False)
    is_another = forms.BooleanField(required=False)
    photo = forms.FileField(required=False, allow_empty_file=True)

    def __init__(self, data: Any, files: Any, *, account: Account, now: datetime, today: date) -> None:
        super().__init__(data, files)
        self.sender, self.now, self.today = account, now, today
        self.fields["kind"].choices = kind_choices(FIRST_KINDS + MORE_KINDS)  # type: ignore[attr-defined]
        self.candidates, self.similar = list[Organisation](), list[Outcome]()
        self.party: Organisation | str = ""

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("who"):
            self._find(clean(typed["who"]), typed.get("choice", ""))
        kind = typed.get("kind")
        if kind and typed.get("amount") and not KIND_RULES[OutcomeKind(kind)].has_value:
            self.add_error("amount", _("This kind has no value: it is tracked, and never counted as money or jobs."))
        return typed

    def _find(self, name: str, choice: str) -> None:
        """The organisation that is meant: the chosen one, the one of the name, or a new one. Where the name could mean
        several, a person chooses."""
        chosen = _organisation(choice)
        same = [chosen] if chosen else organisations_called(name)
        if len(same) == 1:
            self.party = same[0]
            return
        self.candidates = same or organisations_like(name)
        if not self.candidates or choice == NEW:
            self.party = name
            if runs_as_formula(name):
                self.add_error("who", NO_FORMULA)
            return
        several = _("Several organisations have this name. Choose one.")
        self.add_error("who", several if same else _("Nearly this name is on record. Choose."))

    def clean_photo(self) -> Any:
        """The photo under a name that says what it is. An empty or too large one is refused by the action."""
        file = self.cleaned_data["photo"]
        if file is None or not file.size:
            return file
        head = file.read(16)
        file.seek(0)
        for place, magic, suffix in _PHOTOS:
            if head[place : place + len(magic)] == magic:
                file.name = f"{PurePath(file.name or 'photo').stem[:80] or 'photo'}{suffix}"
                return file
        raise ValidationError(_("This is not a photo."))

    def may_be_recorded_already(self) -> bool:
        """Whether a person should look first: one agreement that two people note down counts once."""
        if not self.is_valid() or self.cleaned_data["is_another"]:
            return False
        typed = self.cleaned_data
        known = [self.party.pk] if isinstance(self.party, Organisation) else []
        alike = outcomes_like(typed["kind"], self.title(), known, self._signed_on(), typed["event"].pk)
        alike = alike.exclude(pk=typed["id"])
        self.similar = list(readable(self.sender, alike)[:MOST_SHOWN])
        return bool(self.similar)

    def title(self) -> str:
        typed = self.cleaned_data
        about = clean(typed["what"]) or label(OutcomeKind(typed["kind"]))
        return f"{self.party} {about}"[:300]

    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "id": typed["id"],
            "kind": typed["kind"],
            "title": self.title(),
            "content": clean(typed["what"]),
            "event": typed["event"],
            "signed_on": self._signed_on(),
            "lead_unit": self.sender.org_unit.current(self.today) if self.sender.org_unit else None,
            "standing": Standing.UNCONFIRMED,
            "note": self._note(),
        }

    def _signed_on(self) -> date | None:
        """The phone's day, where the event was on: a draft that is written down later says nothing about the day."""
        day, event = self.cleaned_data["day"], self.cleaned_data["event"]
        return day if day and event.starts_on <= day <= (event.ends_on or event.starts_on) else None

    def _note(self) -> str:
        """When it was written, as far as the phone's clock can be right."""
        made = self.cleaned_data["made"]
        if made is None or not self.now - 365 * _DAY < made < self.now + _DAY:
            return ""
        return str(_("Written at the booth: %(time)s (Seoul time)") % {"time": time_text(made)})

    def booking(self) -> Booking:
        typed = self.cleaned_data
        role = _ROLES[KIND_RULES[OutcomeKind(typed["kind"])].ladder]
        grade = Grade.SIGNED_DOCUMENT if typed["photo"] and typed["is_signed"] else Grade.VERBAL
        return Booking(
            source=SOURCE,
            grade=grade,
            parties=[NamedParty(self.party, role)],
            figures=self._figures(grade),
            upload=upload_of(typed["photo"]),
        )

    def _figures(self, grade: Grade) -> list[Figure]:
        amount = self.cleaned_data["amount"]
        if amount is None:
            return []
        money = Figure(
            measure=Measure.MONEY,
            series=KIND_RULES[OutcomeKind(self.cleaned_data["kind"])].count_series,
            value=amount.value,
            source=SOURCE,
            evidence_grade=grade,
            currency=amount.currency,
            basis=basis_of(amount, Basis.UNSTATED) or Basis.UNSTATED,
            approximate=amount.approximate,
            as_reported=amount.as_reported,
        )
        return [money]

    def digest(self) -> str:
        """Of the photo, by which the store knows it; empty without one."""
        photo = self.files.get("photo")
        if photo is None:
            return ""
        photo.seek(0)
        found = hashlib.sha256(photo.read()).hexdigest()
        photo.seek(0)
        return found


def _organisation(choice: str) -> Organisation | None:
    try:
        wanted = UUID(choice)
    except ValueError:
        return None
    return Organisation.objects.filter(pk=wanted, archived_at=None).first()
