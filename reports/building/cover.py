"""What every report begins with, whatever it tells."""

from datetime import datetime
from typing import Any

from django.conf import settings

from crm.values.periods import SEOUL
from reports.building.words import labels
from reports.figures import definitions
from reports.report import Language


def cover(
    key: str,
    title: str,
    as_of: datetime,
    language: Language,
    *,
    organisation: str = "",
    is_demo: bool | None = None,
    is_synthetic: bool = False,
) -> dict[str, Any]:
    """The fields of a report about itself. `organisation` and `is_demo` are the installation's where they are not
    given: a published report keeps those that it went out with. What is made of synthetic records says so."""
    return {
        "key": key,
        "title": title,
        "organisation": organisation or settings.ORGANISATION,
        "as_of": as_of.astimezone(SEOUL),
        "language": language,
        "definition_version": definitions.VERSION,
        "labels": labels(),
        "is_demo": (settings.IS_DEMO if is_demo is None else is_demo) or is_synthetic,
    }
