"""Dates and times in templates: `{{ day|day }}`, `{{ moment|minute }}`, `{{ moment|second }}`; nothing for none."""

from datetime import date, datetime

from django.template import Library

from crm.dates import day_text, minute_text, second_text

register = Library()


@register.filter
def day(value: date | None) -> str:
    return day_text(value) if value else ""


@register.filter
def minute(value: datetime | None) -> str:
    return minute_text(value) if value else ""


@register.filter
def second(value: datetime | None) -> str:
    return second_text(value) if value else ""
