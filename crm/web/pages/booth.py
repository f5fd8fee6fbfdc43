"""The booth's page, and what it is told about companies and about the drafts that it sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models import Account, Document, Event, LedgerEntry, Organisation, OrganisationAlias, Outcome
from crm.permissions import may, readable
from crm.values.measures import KIND_RULES, Measure, OutcomeKind
from crm.values.names import clean, company_key
from crm.web.forms.booth import FIRST_KINDS, MORE_KINDS, NEW, BoothForm, kind_choices
from crm.web.forms.parties import about
from crm.web.text import day_text, days_text

SCRIPTS: Final = ("booth.js", "booth_list.js", "booth_names.js", "booth_photo.js", "booth_sender.js", "booth_store.js")
# All that the page and its worker are made of, by what a browser takes each for.
FILES: Final[dict[str, str]] = {
    **dict.fromkeys((*SCRIPTS, "booth_worker.js"), "text/javascript; charset=utf-8"),
    "booth.css": "text/css; charset=utf-8",
    "ieum.css": "text/css; charset=utf-8",
    "print.css": "text/css; charset=utf-8",
    "ieum.svg": "image/svg+xml",
    "booth.webmanifest": "application/manifest+json",
}
MOST_EVENTS: Final = 30
# A phone keeps so many names at most, those recorded last, and finds one while it is typed. Beyond them the server
# still finds a company by its name.
MOST_COMPANIES: Final = 20_000
# A part, packed, is some 65 kB, twice that where every company has an English name, a region and another name.
A_PART: Final = 2_500


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    text: str
    has_value: bool


@dataclass(frozen=True, slots=True)
class EventChoice:
    id: str
    name: str
    days: str
    first: str
    last: str
    is_usual: bool


@dataclass(frozen=True, slots=True)
class BoothPage:
    """`told` is what the script is told: addresses, the account, words."""

    version: str
    files: dict[str, str]
    scripts: tuple[str, ...]
    kinds: tuple[Kind, ...]
    more_kinds: tuple[Kind, ...]
    events: tuple[EventChoice, ...]
    may_record_event: bool
    told: dict[str, Any]


def booth_page(reader: Account, today: date) -> BoothPage:
    version = files_version()
    files = {name: reverse("booth-file", args=(version, name)) for name in FILES}
    return BoothPage(
        version=version,
        files={name.replace(".", "_"): address for name, address in files.items()},
        scripts=tuple(files[name] for name in SCRIPTS),
        kinds=_kinds(FIRST_KINDS),
        more_kinds=_kinds(MORE_KINDS),
        events=_events(today),
        may_record_event=may(reader, "event.record"),
        told={
            "account": str(reader.pk),
            "name": str(reader),
            "addresses": {
                "session": reverse("booth-session"),
                "companies": reverse("booth-companies"),
                "drafts": reverse("booth-drafts"),
                "echo": reverse("amount-echo"),
                "worker": reverse("booth-worker"),
                "page": reverse("booth"),
                "login": f"{reverse('login')}?next={reverse('booth')}",
            },
            "words": _words(),
        },
    )


def files_version() -> str:
    """Changes with any of the files, so that a page and its scripts are always of one make."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(file_content(name))
    return digest.hexdigest()[:12]


def file_content(name: str) -> bytes:
    """One of FILES, from wherever static files are found."""
    return Path(str(finders.find(name))).read_bytes()


def _kinds(kinds: tuple[OutcomeKind, ...]) -> tuple[Kind, ...]:
    return tuple(Kind(key, text, KIND_RULES[OutcomeKind(key)].has_value) for key, text in kind_choices(kinds))


def _events(today: date) -> tuple[EventChoice, ...]:
    """The latest first; usual is the one that runs today, else the last that began."""
    found = list(Event.objects.filter(archived_at=None).order_by("-starts_on", "id")[:MOST_EVENTS])
    begun = [event for event in found if event.starts_on <= today]
    running = [event for event in begun if today <= (event.ends_on or event.starts_on)]
    usual = next(iter(running or begun or found), None)
    return tuple(
        EventChoice(
            id=str(event.pk),
            name=event.name,
            days=days_text(event.starts_on, event.ends_on),
            first=event.starts_on.isoformat(),
            last=(event.ends_on or event.starts_on).isoformat(),
            is_usual=event == usual,
        )
        for event in found
    )


def companies(part: int = 0) -> dict[str, Any]:
    """For the phone's own search, so many at once: id, name, English name, region and other names. `next` is the part
    after this one, None after the last. What the phone can work out itself, by which it finds them, is not sent.

    Parts are of all that were ever recorded, in that order, so that a part is another one only where something in it
    was changed: what is new comes into the last."""
    every = Organisation.objects.order_by("id")
    count = every.count()
    part = max(part, -(-max(count - MOST_COMPANIES, 0) // A_PART))
    columns = ("pk", "name", "name_en", "region", "archived_at")
    found = list(every.values_list(*columns)[part * A_PART : (part + 1) * A_PART])
    others: dict[UUID, list[str]] = {}
    if found:
        first, last = found[0][0], found[-1][0]
        aliases = OrganisationAlias.objects.filter(organisation__gte=first, organisation__lte=last, archived_at=None)
        for organisation, name in aliases.order_by("name", "id").values_list("organisation_id", "name"):
            others.setdefault(organisation, []).append(name)
    return {
        "companies": [
            [str(pk), name, english, region, others.get(pk, [])]
            for pk, name, english, region, archived_at in found
            if archived_at is None
        ],
        "next": part + 1 if (part + 1) * A_PART < count else None,
    }


def recorded(reader: Account, outcome: Outcome, *, already: bool, understood: str = "") -> dict[str, Any]:
    return {
        "state": "recorded",
        "already": already,
        "title": outcome.title,
        "address": reverse("outcome", args=(outcome.pk,)) if may(reader, "record.read", outcome) else "",
        "understood": understood,
    }


def is_what_was_sent(outcome: Outcome, form: BoothForm, sender: Account) -> bool:
    """Whether the record began as just this draft. An answer that was lost may have been followed by a change on the
    phone: that change must not vanish."""
    first = Outcome.history.filter(id=outcome.pk, version=1).order_by("history_id").first()
    if first is None or first.history_user_id != sender.pk:
        return False
    told: Mapping[str, Any] = form.data
    typed = {name: clean(told.get(name, "")) for name in ("kind", "what", "event", "amount")}
    money = LedgerEntry.objects.filter(outcome=outcome, measure=Measure.MONEY).order_by("id").first()
    begun = {
        "kind": first.kind,
        "what": first.content,
        "event": str(first.event_id),
        "amount": money.as_reported if money else "",
    }
    digest = form.digest()
    has_photo = not digest or Document.objects.filter(outcome=outcome, sha256=digest).exists()
    return typed == begun and has_photo and _is_party(outcome, told.get("who", ""), told.get("choice", ""))


def _is_party(outcome: Outcome, who: str, choice: str) -> bool:
    organisations = [party.organisation for party in outcome.parties.select_related("organisation")]
    aliases = OrganisationAlias.objects.filter(organisation__in=organisations).values_list("key", flat=True)
    keys = {organisation.key for organisation in organisations} | set(aliases)
    return choice in {str(organisation.pk) for organisation in organisations} or company_key(who) in keys


def recorded_otherwise(reader: Account, outcome: Outcome) -> dict[str, Any]:
    return {
        **refused(_("This was recorded already, before it was changed here. Change it in the record.")),
        "reason": "changed",
        "address": reverse("outcome", args=(outcome.pk,)) if may(reader, "record.read", outcome) else "",
    }


def others_draft() -> dict[str, Any]:
    return {**refused(_("Somebody else wrote this draft. It is sent when they sign in.")), "reason": "account"}


def refused(message: str) -> dict[str, Any]:
    return {"state": "refused", "reason": "fields", "message": message, "errors": {}, "choices": [], "similar": []}


def refusal_of(form: BoothForm, reader: Account) -> dict[str, Any]:
    """What a person has to look at: wrong fields, companies to choose from, outcomes that may be the same."""
    errors = {name: [str(e) for e in messages] for name, messages in form.errors.items()}
    said = [message for messages in errors.values() for message in messages]
    answer = refused(" ".join(said) or _("This may be on record already. Is it the same?"))
    if form.candidates and "who" in errors:
        new = [NEW, _("None of these: record a new organisation")]
        choices = [[str(organisation.pk), about(organisation)] for organisation in form.candidates]
        answer |= {"reason": "which", "choices": [*choices, new]}
    if form.similar:
        lines = [_similar(outcome) for outcome in readable(reader, _with_units(form.similar))]
        answer |= {"reason": "similar", "similar": lines}
    return {**answer, "errors": errors}


def _with_units(outcomes: list[Outcome]) -> Any:
    found = Outcome.objects.filter(pk__in=[outcome.pk for outcome in outcomes])
    return found.select_related("lead_unit").order_by("-signed_on", "id")


def _similar(outcome: Outcome) -> dict[str, str]:
    unit = str(outcome.lead_unit) if outcome.lead_unit else ""
    said = " · ".join(part for part in (unit, day_text(outcome.signed_on) if outcome.signed_on else "") if part)
    return {"title": outcome.title, "about": said, "address": reverse("outcome", args=(outcome.pk,))}


def _words() -> dict[str, str]:
    """What the script says, by the names that it uses."""
    return {
        "online": _("Connected"),
        "offline": _("No network: drafts are kept on this phone"),
        "sending": _("Sending"),
        "signedOut": _("You are signed out. Sign in again to send."),
        "signIn": _("Sign in"),
        "otherAccount": _("Somebody else is signed in now. Open this page again."),
        "elsewhere": _("This draft is open in another tab."),
        "forbidden": _("Your role does not allow this."),
        "unreachable": _("The server does not answer: it is tried again by itself"),
        "insecure": _("This address is not secure (HTTPS): the page opens with a network only."),
        "full": _("The phone refused to keep this. Free some space and try again."),
        "kept": _("Kept on this phone"),
        "ready": _("This page opens without a network too."),
        "unfinished": _("Unfinished"),
        "waiting": _("Not sent yet"),
        "refused": _("Needs your attention"),
        "sent": pgettext("booth", "Sent"),
        "already": _("Sent: it was on record already"),
        "thrown": _("Thrown away"),
        "others": _("Written by %(name)s: it is sent when they sign in"),
        "edit": pgettext("booth", "Edit"),
        "goOn": pgettext("booth", "Go on writing"),
        "another": _("It is another one: record it"),
        "throwAway": _("Throw away"),
        "undo": _("Undo"),
        "open": _("Open the record"),
        "alike": _("Already on record:"),
        "newCompany": _("Record %(name)s as new"),
        "known": _("On record"),
        "new": _("Will be recorded as a new organisation"),
        "unknown": _("Not in this phone's list. It is looked for when sent."),
        "who": _("Enter the company or institution."),
        "kind": _("Choose what was agreed."),
        "event": _("Choose the event."),
        "noValue": _("This kind has no value: leave the amount empty, or choose another kind."),
        "echoLater": _("The amount is checked when the network is back."),
        "saved": _("Kept. It is sent by itself."),
        "photo": _("Photo attached"),
        "badPhoto": _("This is not a photo."),
        "tooLarge": _("The photo is too large. Take it again."),
        "server": _("The server could not take this one. It is tried again."),
    }
