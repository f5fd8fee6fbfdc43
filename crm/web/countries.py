"""The names of the countries, in the reader's language, sorted."""

from functools import cache

from babel import Locale
from django.utils import translation
from django.utils.translation import gettext as _


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    found = {
        c: str(n)
        for c, n in territories.items()
        if len(c) == 2 and c.isalpha() and c not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _language() -> str:
    return "en" if (translation.get_language() or "ko").startswith("en") else "ko"


def country_name(code: str) -> str:
    """`미국` for US. An unknown code is shown as it is."""
    return _names(_language()).get(code, code)


def country_choices() -> list[tuple[str, str]]:
    return [("", _("Not stated")), *_names(_language()).items()]
