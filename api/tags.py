"""The ETag of a record, which stands for one content of it."""

from typing import Any

from crm import sequencer


def etag(record: Any, mark: str = "") -> str:
    """The version; behind it what else one version may be told as: as part of another record since they were merged,
    with something kept from the client (`mark`), or, once a backup was restored, as what it was in another epoch."""
    merged_into = getattr(record, "merged_into_id", None)
    place = sequencer.current()
    told = (
        str(record.version),
        mark,
        "" if merged_into is None else f"in{merged_into.hex[-8:]}",
        "" if place.is_first else place.epoch.hex[-8:],
    )
    return f'"{"-".join(part for part in told if part)}"'
