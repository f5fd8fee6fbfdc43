"""The rows of long tables: made where they are read, in the language in which the table was built."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import translation

from reports.figures.listing import Listing
from reports.report import Row

T = TypeVar("T")


def as_rows(listing: Listing[T], row: Callable[[T], Row]) -> Listing[Row]:
    language = translation.get_language()

    def read(keys: Any) -> list[Row]:
        with translation.override(language):
            return [row(one) for one in listing.read(keys)]

    return Listing(listing.keys, read)
