"""What came of what: links between pitches, demonstrations and outcomes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.base import Caller, action, check, expect_version, hold, store
from crm.models import ChainLink, Demonstration, Outcome, PitchEntry
from crm.models.base import current_work
from crm.queries.chains import Linked, cause_of, effect_of, key_of, led_to

_ENDS = ("from_pitch", "from_demonstration", "from_outcome", "to_demonstration", "to_outcome")


@action("chain.link")
def link_chain(
    caller: Caller,
    /,
    *,
    from_pitch: PitchEntry | None = None,
    from_demonstration: Demonstration | None = None,
    from_outcome: Outcome | None = None,
    to_demonstration: Demonstration | None = None,
    to_outcome: Outcome | None = None,
    note: str = "",
    **fields: Any,
) -> ChainLink:
    """Says that one record came of another. Exactly one `from_` and one `to_`.

    Raises ValidationError for another number of them, for an archived record, for a link that stands already, and for
    one that would make a record come of itself; Stale."""
    ends: dict[str, Any] = {
        "from_pitch": from_pitch,
        "from_demonstration": from_demonstration,
        "from_outcome": from_outcome,
        "to_demonstration": to_demonstration,
        "to_outcome": to_outcome,
    }
    given = {name: record for name, record in ends.items() if record is not None}
    cause = [record for name, record in given.items() if name.startswith("from_")]
    effect = [name for name in given if name.startswith("to_")]
    if len(cause) != 1 or len(effect) != 1:
        raise ValidationError({"__all__": _("Name one record from which the other came, and one that came of it.")})
    _check_link(cause[0], given[effect[0]], effect[0], given)
    return store(ChainLink(), {**ends, "note": note, **fields})


def _check_link(cause: Linked, effect: Linked, place: str, given: dict[str, Any]) -> None:
    # Both are held, always in the same order, so that two links made at once see each other.
    for record in sorted((cause, effect), key=key_of):
        hold(record)
    if any(record.archived_at is not None for record in (cause, effect)):
        raise ValidationError({place: _("An archived record takes no new links.")})
    if ChainLink.objects.filter(archived_at=None, **given).exists():
        raise ValidationError({place: _("This link stands already.")})
    if key_of(cause) == key_of(effect) or key_of(cause) in led_to(effect):
        raise ValidationError({place: _("It cannot have come of this: this came of it.")})


@action("chain.link")
def update_link(
    caller: Caller, /, link: ChainLink, *, version: int | None = None, note: str | None = None
) -> ChainLink:
    """Changes what is said about the link; its ends stay: another link is another record. Raises Stale."""
    expect_version(link, version)
    hold(link)
    return store(link, {} if note is None else {"note": note})


@action("chain.link")
def restore_link(caller: Caller, /, link: ChainLink) -> ChainLink:
    """Lets a link stand again that was taken away. Raises ValidationError where it stands by another meanwhile, or the
    chain would run in a ring."""
    hold(link)
    if link.archived_at is not None:
        ends = {name: getattr(link, name) for name in _ENDS if getattr(link, f"{name}_id") is not None}
        _check_link(cause_of(link), effect_of(link), "__all__", ends)
        link.archived_at = None
        check(link)
        link.save()
    return link


@action("chain.link")
def unlink_chain(caller: Caller, /, link: ChainLink, reason: str) -> ChainLink:
    """Takes a link away; it stays in the history with the reason. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the link is wrong.")})
    if link.archived_at is not None:
        return link
    hold(link)
    work = current_work()
    work.reason = work.reason or reason.strip()
    link.archived_at = work.recorded_at
    link.save()
    return link
