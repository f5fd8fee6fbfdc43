"""How far an import has come, and what its rows are to the record."""

from enum import StrEnum


class ImportState(StrEnum):
    """READ: nothing is written yet. APPLYING and UNDOING are on their way and are gone on with."""

    READ = "read"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowGroup(StrEnum):
    """What a row is to the record. WRONG has errors, DUPLICATE waits for a decision; neither is applied."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    WRONG = "wrong"
