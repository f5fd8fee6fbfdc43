"""Putting a record away that has no figures of its own, and bringing it back: what the actions that do so share.

Nothing is deleted. The reason stays with the history's row, the way back is another row."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.base import check, hold
from crm.models.base import Record, current_work


def put_away(record: Record, reason: str) -> None:
    """Takes it out of the working lists. What is put away already stays as it is. Raises ValidationError: `reason`."""
    keep_reason(reason)
    take_out(record)


def take_out(record: Record) -> None:
    """The same of what is put away without giving a reason."""
    hold(record)
    if record.archived_at is None:
        record.archived_at = current_work().recorded_at
        record.save()


def bring_back(record: Record, reason: str, *around: Record | None) -> None:
    """Back into the working lists. Raises ValidationError: `reason`, and what stands in its place meanwhile."""
    keep_reason(reason)
    take_in(record, *around)


def take_in(record: Record, *around: Record | None) -> None:
    """The same of what comes back without giving a reason: into these records, which must be present themselves."""
    hold(record)
    for one in around:
        if one is not None and one.archived_at is not None:
            raise ValidationError({"__all__": _("%(name)s is archived: restore it first.") % {"name": one}})
    if record.archived_at is not None:
        record.archived_at = None
        check(record)
        record.save()


def expect_present(record: Record) -> None:
    """Raises ValidationError where it was put away."""
    if record.archived_at is not None:
        raise ValidationError({"__all__": _("This record is archived; restore it first.")})


def keep_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the entry.")})
    work = current_work()
    work.reason = work.reason or reason.strip()
