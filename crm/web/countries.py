"""The names of the countries, in the reader's language, sorted."""

from django.utils.translation import gettext as _

from crm.dates import language
from crm.values.countries import country_names


def country_name(code: str) -> str:
    """`미국` for US. An unknown code is shown as it is."""
    return country_names(language()).get(code, code)


def country_choices() -> list[tuple[str, str]]:
    return [("", _("Not stated")), *country_names(language()).items()]
