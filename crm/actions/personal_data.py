"""Showing personal data is an act, because it is logged. Past its retention date it is purged, or before it where the
person asks for it; that is logged too."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm import answers
from crm.actions.base import Caller, Conflict, action, hold, store
from crm.models import AccessLog, Contact, guard

_PERSON = ("name", "position", "email", "phone", "phone_as_typed")


@action("personal_data.disclose")
def disclose(caller: Caller, /, contact: Contact, purpose: str) -> Contact:
    """The contact, once its showing to the caller is in the access log."""
    _log(caller, contact, "viewed", purpose)
    return contact


@action("contact.remove")
def remove_person(caller: Caller, /, contact: Contact, reason: str) -> Contact:
    """Takes the person out before the retention date: because he asks for it, or was recorded by mistake. It can't be
    taken back. Raises ValidationError: `reason`; Conflict where nobody is there any more."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays in the access log.")})
    hold(contact)
    if contact.purged_at is not None:
        raise Conflict(_("This person was removed already."))
    _purge(caller, contact, reason.strip())
    answers.forget_people([contact.pk])
    return contact


@action("personal_data.purge")
def purge_expired_contacts(caller: Caller) -> int:
    """Takes the person out of every contact past its retention date, history included. Returns how many."""
    today = timezone.localdate(caller.now)
    expired = Contact.objects.filter(retention_until__lt=today, purged_at=None)
    for contact in expired:
        _purge(caller, contact, "")
    if expired:
        answers.forget_people([contact.pk for contact in expired])
    return len(expired)


def _purge(caller: Caller, contact: Contact, purpose: str) -> None:
    nothing = dict.fromkeys(_PERSON, "")
    contact.phone_as_typed = ""
    contact.purged_at = caller.now
    contact.name = "–"
    store(contact, {"position": "", "email": "", "phone": ""})
    history = Contact.history.model
    with guard.declared(history._meta.db_table):
        history.objects.filter(id=contact.pk).update(**{**nothing, "name": "–"})
    _log(caller, contact, "purged", purpose)


def _log(caller: Caller, /, contact: Contact, deed: str, purpose: str) -> None:
    AccessLog(
        account=caller.account,
        at=caller.now,
        address=caller.address,
        channel=caller.channel,
        subject_type=contact.feed_type,
        subject_id=contact.pk,
        deed=deed,
        purpose=purpose,
    ).save()
