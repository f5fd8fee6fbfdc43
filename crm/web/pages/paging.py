"""Twenty-five at a time: a few screens of a phone, and soon drawn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, QuerySet

from crm.queries.few import among, few_ids

M = TypeVar("M", bound=Model)
T = TypeVar("T")
A_PAGE: Final = 25
AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses are empty where there is no such page."""

    count: int
    number: int
    pages: int
    earlier: str
    later: str


def page_of(
    found: QuerySet[Any],
    number: str,
    asked: Mapping[str, Any],
    rows: Callable[[list[UUID]], Iterable[Model]] | None = None,
    *,
    by_words: bool = False,
) -> tuple[Paging, list[Any]]:
    """The rows of that page, and the way to the others. A number that is none gives the first page, one too high the
    last. `asked` is what the addresses of the other pages carry on. What fits on one page is read and counted at once.

    With `rows` the ids of a page are found first, by indexes that hold what `found` is narrowed and ordered by; `rows`
    then reads those alone. `by_words`: to find them is to read every row."""
    few = few_ids(found) if by_words else None
    found = found if few is None else among(found, few)
    sought = found if rows is None else found.values_list("pk", flat=True)
    first = list(sought[: A_PAGE + 1]) if number in ("", "1") else None
    known = few if few is not None else first if first is not None and len(first) <= A_PAGE else None
    count = found.count() if known is None else len(known)
    pages = max(1, -(-count // A_PAGE))
    at = min(max(int(number[:9]), 1), pages) if number.isdecimal() else 1
    here = _turned_to(sought, at, count) if first is None else first[:A_PAGE]
    return _paging(at, pages, count, asked), here if rows is None else in_order(here, rows)


def turned(
    rows: Sequence[T], asked: Mapping[str, Any], name: str, *, a_page: int, place: str = ""
) -> tuple[Paging, Sequence[T]]:
    """Of rows at hand, so many a page, the page that `asked` names by `name`, and the way to the others, which leads to
    that `place` of the page. What else is asked is carried on: several lists on one page are turned one by one."""
    pages, number = max(1, -(-len(rows) // a_page)), str(asked.get(name, ""))
    at = min(max(int(number[:9]), 1), pages) if number.isdecimal() else 1
    paging = _paging(at, pages, len(rows), asked, name)
    there = f"#{place}" if place else ""
    earlier, later = (way and way + there for way in (paging.earlier, paging.later))
    return replace(paging, earlier=earlier, later=later), rows[(at - 1) * a_page : at * a_page]


def _paging(at: int, pages: int, count: int, asked: Mapping[str, Any], name: str = "page") -> Paging:
    query = {name: value for name, value in asked.items() if value}

    def address(page: int) -> str:
        return "?" + urlencode({**query, name: page}, doseq=True)

    return Paging(
        count=count,
        number=at,
        pages=pages,
        earlier=address(at - 1) if at > 1 else "",
        later=address(at + 1) if at < pages else "",
    )


def in_order(ids: list[UUID], rows: Callable[[list[UUID]], Iterable[M]]) -> list[M]:
    """What `rows` reads of these ids, in their order, a good many at once."""
    known = {row.pk: row for first in range(0, len(ids), AT_ONCE) for row in rows(ids[first : first + AT_ONCE])}
    return [known[pk] for pk in ids if pk in known]


def _turned_to(found: QuerySet[Any], page: int, count: int) -> list[Any]:
    """That page, counted from the end that is nearer."""
    first, last = (page - 1) * A_PAGE, min(page * A_PAGE, count)
    if first <= count - last:
        return list(found[first:last])
    return list(found.reverse()[count - last : count - first])[::-1]
