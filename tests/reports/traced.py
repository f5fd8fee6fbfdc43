"""From the address behind a number to the sum of its entries, by their shares, for tests."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from crm.values.periods import parse_as_of
from reports.figures.trace import Trace, trace


def traced_sum(link: str, *, in_won: bool = False) -> Decimal:
    query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    filters = {name: query[name] for name in Trace.FILTERS if name in query}
    first = date.fromisoformat(query["from"]) if query.get("from") else None
    found = trace(Trace(first, date.fromisoformat(query["to"]), parse_as_of(query["as_of"]), filters))
    values = [(entry.krw_value if in_won else entry.value, entry.outcome_id) for entry in found.entries]
    # Where a share was asked for, that much of each entry counts.
    shares = [found.shares.get(outcome, Decimal(100)) if outcome else Decimal(100) for _value, outcome in values]
    counted = zip(values, shares, strict=True)
    return sum((value * share / 100 for (value, _outcome), share in counted if value is not None), Decimal(0))
