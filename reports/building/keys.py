"""What an entry counts for, as a key from the wide to the narrow; a number of a report is behind which its key begins.

`count/<kind>/<standing>/<stage>/<series>` · `jobs/<kind>/<standing>/<series>` ·
`money/<kind>/<series>/<standing>/<currency>/<basis>`: the entries behind any number of the quarter's tables are those
whose keys begin alike, so that in order of their keys they stand together."""

from crm.models import LedgerEntry
from crm.values.measures import Measure

NONE = "-"


def key_of(entry: LedgerEntry) -> str:
    if entry.measure == Measure.COUNT:
        return key(Measure.COUNT, entry.kind, entry.standing, entry.stage, entry.series)
    if entry.measure == Measure.JOBS:
        return key(Measure.JOBS, entry.kind, entry.standing, entry.series)
    return key(Measure.MONEY, entry.kind, entry.series, entry.standing, entry.currency, entry.basis)


def key(measure: Measure, *parts: str) -> str:
    """The key of what these parts have in common, or of an entry where all are given."""
    return "/".join((measure, *(part or NONE for part in parts)))


def name(*parts: str) -> str:
    """Of a row of numbers: a name that stays from report to report."""
    return ".".join(part or NONE for part in parts)
