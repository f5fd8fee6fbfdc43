"""Fifty at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses are empty where there is no such page."""

    count: int
    number: int
    pages: int
    earlier: str
    later: str


def page_of(found: QuerySet[M], number: str, asked: Mapping[str, Any]) -> tuple[Paging, list[M]]:
    """The rows of that page, and the way to the others. A number that is none gives the first page, one too high the
    last. `asked` is what the addresses of the other pages carry on. What fits on one page is read and counted at
    once."""
    is_first = number in ("", "1")
    first = list(found[: A_PAGE + 1]) if is_first else []
    if is_first and len(first) <= A_PAGE:
        return Paging(len(first), 1, 1, "", ""), first
    at = Paginator(found, A_PAGE).get_page(number)
    query = {name: value for name, value in asked.items() if value}

    def address(page: int) -> str:
        return "?" + urlencode({**query, "page": page}, doseq=True)

    paging = Paging(
        count=at.paginator.count,
        number=at.number,
        pages=at.paginator.num_pages,
        earlier=address(at.number - 1) if at.has_previous() else "",
        later=address(at.number + 1) if at.has_next() else "",
    )
    return paging, first[:A_PAGE] or list(at.object_list)
