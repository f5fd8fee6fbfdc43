"""The content of an outcome in words, and what differs between two contents: what people read before they answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.dates import day_text, language
from crm.models import Approval, Concurrence, Event, Organisation, OrgUnit, Outcome
from crm.models.labels import label
from crm.values.measures import Basis, Measure, OutcomeKind, PartyRole, Series
from crm.values.money import format_amount, format_number

_UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the content says: its name, and what is said, line by line."""

    key: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two contents say differently. `before` and `after` hold only the lines that differ."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name}: {self.before} → {self.after}"


def told(content: dict[str, Any]) -> tuple[Told, ...]:
    """Everything that the content says, in the order of a record's head. Unknowns are –."""
    return tuple(Told(key, capfirst(_name(key)), _lines(key, content[key]) or (_UNKNOWN,)) for key in _order(content))


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[Difference, ...]:
    """What the second content says otherwise than the first, field by field."""
    return tuple(
        _difference(key, before.get(key), after.get(key))
        for key in _order({**before, **after})
        if before.get(key) != after.get(key)
    )


def content_seen(outcome: Outcome, content_hash: str) -> dict[str, Any] | None:
    """The content of that hash, where a department was asked about it or it was submitted."""
    for model in (Concurrence, Approval):
        row = model.history.filter(outcome_id=outcome.pk, content_hash=content_hash).order_by("history_id").last()
        if row is not None and row.content:
            return dict(row.content)
    return None


_ORDER = (
    "kind title title_as_signed parties event lead_unit signed_on signed_at_place figures binding term_years "
    "period_from period_to content"
).split()


def _order(content: dict[str, Any]) -> list[str]:
    known = [key for key in _ORDER if key in content]
    return known + sorted(set(content) - set(known))


def _name(key: str) -> str:
    own = {"parties": _("Parties"), "figures": _("Amounts and jobs")}
    return own.get(key) or str(Outcome._meta.get_field(key).verbose_name)  # type: ignore[union-attr]


def _difference(key: str, before: Any, after: Any) -> Difference:
    old, new = _lines(key, before), _lines(key, after)
    gone, come = [x for x in old if x not in new], [x for x in new if x not in old]
    return Difference(capfirst(_name(key)), " / ".join(gone) or _UNKNOWN, " / ".join(come) or _UNKNOWN)


def _lines(key: str, value: Any) -> tuple[str, ...]:
    if value in (None, "", []):
        return ()
    if key == "parties":
        return tuple(_parties(value))
    if key == "figures":
        return tuple(_figure(*figure) for figure in value)
    return (_text(key, value),)


def _text(key: str, value: Any) -> str:
    if key == "kind":
        return label(OutcomeKind(value))
    if key in ("event", "lead_unit"):
        model: Any = {"event": Event, "lead_unit": OrgUnit}[key]
        return str(model.objects.filter(pk=value).first() or _UNKNOWN)
    if key == "signed_on":
        return day_text(date.fromisoformat(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def _parties(parties: list[list[str]]) -> Iterable[str]:
    names = dict(Organisation.objects.filter(pk__in=[pk for pk, _role in parties]).values_list("pk", "name"))
    by_id = {str(pk): name for pk, name in names.items()}
    for pk, role in parties:
        yield f"{by_id.get(pk, _UNKNOWN)} ({label(PartyRole(role))})"


def _figure(
    measure: str, series: str, value: str, currency: str, basis: str, for_year: int | None, approximate: bool
) -> str:
    number = Decimal(value)
    if measure == Measure.MONEY:
        text = format_amount(number, currency, language())
    else:
        text = _("%(number)s jobs") % {"number": format_number(number)}
    if approximate:
        text = _("about %(value)s") % {"value": text}
    more = [label(Basis(basis))] if basis and basis != Basis.TOTAL else []
    more += [str(for_year)] if for_year else []
    return " · ".join([f"{label(Series(series))} {text}", *more])
