"""The options of a field, written in one go.

Django renders each option by two templates of its own: a choice among hundreds of departments or events then takes
longer than the rest of its page."""

from collections.abc import Iterable, Mapping
from html import escape as escaped
from typing import Any

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

Option = Mapping[str, Any]
Groups = Iterable[tuple[str | None, Iterable[Option], int]]

register = Library()


def escape(value: Any) -> str:
    """As Django's, which asks first whether it is told a promise, and thousands of times a page that takes long."""
    return escaped(str(value))


@register.simple_tag
def select_options(groups: Groups) -> SafeString:
    return mark_safe("".join(_group(name, found) for name, found, _place in groups))


@register.simple_tag
def plain_options(offered: Iterable[tuple[str, str]]) -> SafeString:
    """Of (value, label) pairs, none of them chosen."""
    return mark_safe("".join(f'<option value="{escape(key)}">{escape(name)}</option>' for key, name in offered))


@register.simple_tag
def checkboxes(groups: Groups) -> SafeString:
    return mark_safe("\n".join(_checkbox(option) for _name, found, _place in groups for option in found))


def _group(name: str | None, found: Iterable[Option]) -> str:
    lines = "\n".join(_option(option) for option in found)
    return lines if name is None else f'<optgroup label="{escape(name)}">{lines}</optgroup>'


def _option(option: Option) -> str:
    return f'<option value="{escape(option["value"])}"{_attributes(option)}>{escape(option["label"])}</option>'


def _checkbox(option: Option) -> str:
    name, value, label = (escape(option[key]) for key in ("name", "value", "label"))
    ticked = f'<input type="checkbox" name="{name}" value="{value}"{_attributes(option)}>'
    return f'<div><label for="{escape(option["attrs"]["id"])}">{ticked} {label}</label></div>'


def _attributes(option: Option) -> str:
    told = ((name, value) for name, value in option["attrs"].items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in told)
