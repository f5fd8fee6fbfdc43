"""Entries of a zip archive that carry the report's own time, never the clock's."""

import zipfile
from datetime import UTC, datetime
from typing import Final

from reports.documents.text import city_time

EARLIEST: Final = datetime(1980, 1, 1, tzinfo=UTC)  # a zip archive knows no earlier year


def zip_entry(name: str, as_of: datetime, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """An entry of that name, the same on every system and at every hour."""
    local = city_time(max(as_of, EARLIEST))
    entry = zipfile.ZipInfo(name, local.timetuple()[:6])
    entry.compress_type = compression
    entry.create_system = 0
    entry.external_attr = 0
    return entry
