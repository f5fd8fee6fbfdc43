"""Keeps what a client was answered for as long as it may ask again, and what a page's form said that made a record."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from crm.models import KeptAnswer, Record, guard

KEPT_FOR: Final = timedelta(days=7)
_FORM: Final = "FORM"
_MADE: Final = 201


def keep_form(made: Record, said: str, now: datetime) -> None:
    """`said` is a hash of the form that made the record: it commits with it, or not at all."""
    with guard.declared(KeptAnswer._meta.db_table):
        KeptAnswer.objects.create(**_form(made), asked=said, status=_MADE, body=b"", answered_at=now)


def form_said(made: Record) -> str:
    """The hash of the form that made the record; empty where no form did, or long ago."""
    return KeptAnswer.objects.filter(**_form(made)).values_list("asked", flat=True).first() or ""


def _form(made: Record) -> dict[str, Any]:
    first = type(made).history.filter(id=made.pk).order_by("history_date", "history_id").first()
    maker = first and first.history_user_id
    return {"account_id": maker, "method": _FORM, "path": made._meta.label_lower, "key": str(made.pk)}


def forget_people(ids: Collection[UUID]) -> None:
    """Takes away the answers that show one of these contacts: what is purged is not to be had by sending a request
    again. Answers to batches tell ids only, and stay."""
    told = KeptAnswer.objects.filter(path__contains="/contacts").exclude(path__contains="/bulk/")
    names = [str(pk).encode() for pk in ids]
    found = [pk for pk, body in told.values_list("pk", "body") if any(name in bytes(body) for name in names)]
    with guard.declared(KeptAnswer._meta.db_table):
        KeptAnswer.objects.filter(pk__in=found).delete()


def forget_old(now: datetime, **whose: Any) -> int:
    """Takes away the answers that have been kept their time, all of them or those of one request. Returns how many."""
    with guard.declared(KeptAnswer._meta.db_table):
        gone, _by_model = KeptAnswer.objects.filter(answered_at__lt=now - KEPT_FOR, **whose).delete()
    return gone
