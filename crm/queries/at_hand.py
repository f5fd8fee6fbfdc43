"""What every page asks about its reader: the org units, whether the reader stands in for somebody, how much is unread.
Asked of the database together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, QuerySet, Subquery

from crm.models import Account, Delegation, Notification
from crm.queries.unit_tree import COLUMNS, UnitTree, tree_of, units_with_heirs

_KEPT: Final = "_at_hand"


@dataclass(frozen=True, slots=True)
class AtHand:
    """`may_deputise`: whether anybody ever delegated to the account; in force or not has to be asked. `unread` is how
    many notifications are. None where it was not asked."""

    tree: UnitTree
    may_deputise: bool | None = None
    unread: int | None = None


def for_one_request(account: Account) -> None:
    """Tells that the account object is a request's own, so that what is read about it need not be read again."""
    account.__dict__["_of_a_request"] = True


def at_hand(account: Account) -> AtHand:
    """Read once an account object: that is once a request."""
    known: AtHand | None = account.__dict__.get(_KEPT)
    if known is None:
        known = account.__dict__[_KEPT] = _read(account)
    return known


def tree_for(account: Account) -> UnitTree:
    return at_hand(account).tree


def share_tree(accounts: Iterable[Account], tree: UnitTree) -> list[Account]:
    """The accounts, each with the tree that was read for all of them."""
    found = list(accounts)
    for account in found:
        account.__dict__[_KEPT] = AtHand(tree)
    return found


def _read(account: Account) -> AtHand:
    if not account.__dict__.get("_of_a_request"):
        return AtHand(tree_of(units_with_heirs().values_list(*COLUMNS)))
    given = Delegation.objects.filter(deputy=account, archived_at=None)
    # Neither depends on the unit: the database answers each once.
    asked: dict[str, Any] = {"may_deputise": Exists(given), "unread": Subquery(_unread(account))}
    rows = list(units_with_heirs().annotate(**asked).values_list(*COLUMNS, *asked))
    own = (rows[0][-2], rows[0][-1] or 0) if rows else (None, None)
    return AtHand(tree_of(row[: -len(asked)] for row in rows), *own)


def _unread(account: Account) -> QuerySet[Any]:
    found = Notification.objects.filter(account=account, read_at__isnull=True).order_by()
    return found.values("account").annotate(count=Count("pk")).values("count")
