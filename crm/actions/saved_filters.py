"""Saved filters: keeping one under a name, taking it away."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Forbidden, action, hold, store
from crm.models import SavedFilter
from crm.values.names import clean

PLACES = ("outcomes", "organisations", "events", "follow-ups", "board", "participations")


@action("filter.save")
def save_filter(caller: Caller, /, place: str, name: str, query: str, *, is_shared: bool = False) -> SavedFilter:
    """Keeps the filter of that list under the name; the caller's own of the same name gets the new question. Raises
    ValidationError: `name` where it is empty, `place` for a list that is none."""
    if place not in PLACES:
        raise ValidationError({"place": _("There is no such list.")})
    named = clean(name)
    if not named:
        raise ValidationError({"name": _("Give the filter a name.")})
    present = SavedFilter.objects.filter(owner=caller.account, place=place, name=named, archived_at=None).first()
    fields = {"owner": caller.account, "place": place, "name": named, "query": query, "is_shared": is_shared}
    return store(present or SavedFilter(), fields)


@action("filter.save")
def remove_filter(caller: Caller, /, saved: SavedFilter) -> SavedFilter:
    """Takes it out of the lists. Raises Forbidden for somebody else's."""
    if saved.owner_id != caller.account.pk:
        raise Forbidden("filter.save")
    if saved.archived_at is None:
        hold(saved)
        saved.archived_at = caller.now
        saved.save()
    return saved


@action("filter.save")
def restore_filter(caller: Caller, /, saved: SavedFilter) -> SavedFilter:
    """Brings back one that was taken out. Raises Forbidden for somebody else's, ValidationError where one of the same
    name was kept meanwhile."""
    if saved.owner_id != caller.account.pk:
        raise Forbidden("filter.save")
    hold(saved)
    if saved.archived_at is not None:
        named = SavedFilter.objects.filter(owner=caller.account, place=saved.place, name=saved.name, archived_at=None)
        if named.exists():
            raise ValidationError({"name": _("You kept another filter under this name meanwhile.")})
        saved.archived_at = None
        saved.save()
    return saved
