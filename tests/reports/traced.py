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
    total = Decimal(0)
    for entry in found.entries:
        value = entry.krw_value if in_won else entry.value
        if value is not None:
            share = found.shares.get(entry.outcome_id, Decimal(100)) if entry.outcome_id else Decimal(100)
            total += value * share / 100
    return total
