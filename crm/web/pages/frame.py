"""What surrounds every page: navigation, languages, who is signed in, whether the data is a demonstration."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.models import Account
from crm.models.labels import label
from crm.permissions import may
from crm.queries.at_hand import tree_for
from crm.queries.notifications import MOST_COUNTED, unread_count
from crm.values.measures import Role

# (url name, label, the beginning or the beginnings of the addresses below it, the letter that leads there after g)
_PLACES: tuple[tuple[str, Promise, str | tuple[str, ...], str], ...] = (
    ("today", _("Today"), "/", "t"),
    ("events", _("Events"), "/events/", "e"),
    ("outcomes", _("Outcomes"), "/outcomes/", "o"),
    ("demonstrations", _("Demonstrations & IR"), ("/demonstrations/", "/pitches/", "/judges/", "/conflicts/"), "d"),
    ("organisations", _("Organisations"), "/organisations/", "c"),
    ("follow-ups", _("Follow-ups"), "/follow-ups/", "f"),
    ("reports:dashboard", _("Where we stand"), "/reports/dashboard/", "w"),
    ("reports:quarterly", _("Reports"), "/reports/", "r"),
)


# What a phone keeps next to the thumb: for those who record, and for those who read.
_TO_RECORD: Final = (
    ("today", _("Today")),
    ("booth", _("Booth record")),
    ("outcome-new", _("Record an outcome")),
    ("follow-ups", _("Follow-ups")),
)
_TO_READ: Final = (
    ("today", _("Today")),
    ("outcomes", _("Outcomes")),
    ("reports:dashboard", _("Where we stand")),
    ("reports:quarterly", _("Reports")),
)

LOOK_COOKIE = "look"
# "" is what the reader's system says.
LOOKS: dict[str, Promise] = {
    "": _("As the system"),
    "light": _("Light"),
    "dark": _("Dark"),
    "contrast": _("High contrast"),
}


@dataclass(frozen=True, slots=True)
class Look:
    key: str
    text: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Place:
    address: str
    text: str
    is_here: bool
    key: str


@dataclass(frozen=True, slots=True)
class Tongue:
    code: str
    name: str
    is_active: bool


class Bell:
    """How much the reader was told and has not read. Asked when it is shown: a part of a page shows none."""

    def __init__(self, account: Account, path: str) -> None:
        self._account = account
        self.address = reverse("notifications")
        self.is_here = path == self.address

    @cached_property
    def unread(self) -> int:
        return unread_count(self._account)

    @property
    def text(self) -> str:
        return f"{MOST_COUNTED}+" if self.unread > MOST_COUNTED else str(self.unread)


@dataclass(frozen=True, slots=True)
class Frame:
    navigation: tuple[Place, ...]
    bell: Bell | None
    thumbs: tuple[Place, ...]
    tongues: tuple[Tongue, ...]
    account: str
    account_id: str
    role: str
    unit: str
    organisation: str
    here: str
    is_demo: bool
    may_calendar: bool
    may_record: bool
    may_connect: bool
    look: str
    looks: tuple[Look, ...]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame` for base.html."""
    user = getattr(request, "user", None)
    account = user if isinstance(user, Account) else None
    may_record = account is not None and may(account, "outcome.record")
    active = translation.get_language()
    look = request.COOKIES.get(LOOK_COOKIE, "")
    look = look if look in LOOKS else ""
    return {
        "frame": Frame(
            navigation=_navigation(request.path) if account else (),
            bell=Bell(account, request.path) if account else None,
            thumbs=_thumbs(request.path, may_record) if account else (),
            tongues=tuple(Tongue(code, name, code == active) for code, name in settings.LANGUAGES),
            account=str(account) if account else "",
            account_id=account.pk.hex if account else "",
            role=label(Role(account.role)) if account else "",
            unit=tree_for(account).names[account.org_unit_id] if account and account.org_unit_id else "",
            organisation=settings.ORGANISATION,
            here=_here(request),
            is_demo=settings.IS_DEMO,
            may_calendar=account is not None and may(account, "calendar.open"),
            may_record=may_record,
            may_connect=account is not None and may(account, "webhook.set"),
            look=look,
            looks=tuple(Look(key, str(text), key == look) for key, text in LOOKS.items()),
        )
    }


def _here(request: HttpRequest) -> str:
    """Where the reader is: of a part that came later, the page that it is a part of."""
    told = getattr(request, "htmx", None)
    if told and told.current_url_abs_path:
        return str(told.current_url_abs_path)
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path


def _thumbs(path: str, may_record: bool) -> tuple[Place, ...]:
    places = ((reverse(name), str(text)) for name, text in (_TO_RECORD if may_record else _TO_READ))
    return tuple(Place(address, text, path == address, "") for address, text in places)


def _navigation(path: str) -> tuple[Place, ...]:
    here = _place_of(path)
    found = []
    for name, text, below, key in _PLACES:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Place(address, str(text), below == here, key))
    return tuple(found)


def _place_of(path: str) -> str | tuple[str, ...]:
    """The beginning of the addresses among which the page is: of those that fit, the longest."""
    if path == "/":
        return path
    fitting = [below for _name, _text, below, _key in _PLACES if below != "/" and path.startswith(below)]
    return max(fitting, key=len, default="")
