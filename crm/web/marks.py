"""The smallest things of a page in templates: `{{ link|linked }}`, `{{ state|badge }}`, `{{ code|country }}`; nothing
for none.

A filter each and no template: a page has hundreds of them, and to begin a template takes longer than what it writes."""

from typing import Any, Final

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from crm.web.countries import country_name
from crm.web.options import escape
from crm.web.shortening import truncatechars

register = Library()
_LONGEST: Final = 120


@register.filter
def linked(link: Any) -> SafeString:
    """A Link: its text, leading to its address where it has one, and its note."""
    if not link:
        return mark_safe("")
    note = f' <span class="quiet">({escape(link.note)})</span>' if link.note else ""
    if not link.address:
        return mark_safe(escape(link.text) + note)
    return mark_safe(f'<a href="{escape(link.address)}">{escape(truncatechars(link.text, _LONGEST))}</a>{note}')


@register.filter
def badge(told: Any) -> SafeString:
    """A Badge in its tone."""
    return mark_safe(f'<span class="badge {escape(told.tone)}">{escape(told.text)}</span>' if told else "")


register.filter("country", country_name)
