"""How far a publication has come."""

from enum import StrEnum


class PublicationState(StrEnum):
    """CLOSED: its as-of time is final, its documents are not made yet. PUBLISHED: they are, and are kept."""

    CLOSED = "closed"
    PUBLISHED = "published"
