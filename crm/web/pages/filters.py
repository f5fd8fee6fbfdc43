"""What a list is narrowed by, in words, each to be taken away; and the filters that are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse

from crm.models import Account
from crm.queries.saved_filters import filters_for
from crm.web.text import day_text


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`유형: 투자협약`, and the address of the list without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class SavedLine:
    """`owner` is empty where it is the reader's own."""

    id: UUID
    name: str
    address: str
    owner: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class FilterSection:
    """`query` is what is kept when the reader keeps what is shown."""

    place: str
    query: str
    words: tuple[Narrowing, ...]
    saved: tuple[SavedLine, ...]


def filter_section(
    place: str, form: forms.Form, query: Mapping[str, list[str]], reader: Account, but: Iterable[str] = ()
) -> FilterSection:
    """`query` is the address's, by name; `but` are names that do not narrow (order, columns)."""
    kept = {name: values for name, values in query.items() if any(values) and name != "page"}
    shown = urlencode(sorted(kept.items()), doseq=True)
    words = tuple(
        Narrowing(f"{form.fields[name].label}: {_chosen(form, name)}", _without(place, kept, name))
        for name in form.fields
        if name in kept and name not in but and name not in form.errors
    )
    saved = tuple(
        SavedLine(
            f.pk,
            f.name,
            f"{reverse(place)}?{f.query}",
            "" if f.owner_id == reader.pk else str(f.owner),
            f.query == shown,
        )
        for f in filters_for(reader.pk, place)
    )
    return FilterSection(place, shown, words, saved)


def _without(place: str, kept: Mapping[str, list[str]], name: str) -> str:
    rest = {other: values for other, values in kept.items() if other != name}
    return f"{reverse(place)}?{urlencode(sorted(rest.items()), doseq=True)}"


def _chosen(form: forms.Form, name: str) -> str:
    """What was chosen, as the form's own list calls it."""
    field, value = form.fields[name], form.cleaned_data.get(name)
    if isinstance(value, date):
        return day_text(value)
    if hasattr(value, "pk") or not isinstance(field, forms.ChoiceField):
        return str(value)
    choices: dict[Any, Any] = dict(field.choices)  # type: ignore[arg-type]
    return str(choices.get(str(value), value))
