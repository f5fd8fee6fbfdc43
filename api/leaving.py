"""What goes away: said in the headers of its own answers and in the document, a year ahead."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.utils.http import http_date
from drf_spectacular.openapi import AutoSchema

A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Leaving:
    """`since` this day (UTC) it should not be used by what is newly written; on the day that it `ends` it is gone.
    `instead`: the page that says what takes its place. Raises ValueError where clients have less than a year."""

    since: date
    ends: date
    instead: str

    def __post_init__(self) -> None:
        if self.ends - self.since < A_YEAR:
            raise ValueError(f"announced on {self.since}, it cannot end on {self.ends}: clients have a year")

    def headers(self) -> dict[str, str]:
        """As RFC 9745 and RFC 8594 write them."""
        return {
            "Deprecation": f"@{_begins(self.since)}",
            "Sunset": http_date(_begins(self.ends)),
            "Link": f'<{self.instead}>; rel="deprecation"',
        }


class Operation(AutoSchema):
    """The document's own word for it."""

    def is_deprecated(self) -> bool:
        view: Any = self.view
        return bool(super().is_deprecated() or getattr(view, "leaving", None))


def _begins(day: date) -> int:
    return int(datetime.combine(day, time.min, UTC).timestamp())
