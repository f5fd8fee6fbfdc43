"""The names of the countries, in either language."""

from functools import cache

from babel import Locale


@cache
def country_names(language: str) -> dict[str, str]:
    """The name of each country by its code of two letters, in the order of the names."""
    territories = Locale.parse(language).territories
    found = {
        c: str(n)
        for c, n in territories.items()
        if len(c) == 2 and c.isalpha() and c not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
