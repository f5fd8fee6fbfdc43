"""Where a trace code leads: the page of its report, as of its time, at its table; and by which definitions that table
was printed, where the page counts by others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.values.periods import SEOUL
from crm.values.trace_codes import TraceCodeError, TraceCodeErrorCode, Traced, read_trace_code, scope_hash
from reports.asking import ABOUT
from reports.building.parts import PARTS
from reports.catalogue import REPORTS, Ask, ReportKind
from reports.figures import definitions
from reports.figures.asked import NotAnswerable


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule as it was when the page was printed, and as it is."""

    name: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Found:
    """The address of the table that a code stands for. `changed` are the rules that are others since it was printed by
    the set `printed_by`; `explained` is where it is told what they did to its figures, empty where nothing tells it."""

    address: str
    printed_by: str
    changed: tuple[ChangedRule, ...]
    explained: str


def found_by(typed: str) -> Found:
    """What the code leads to. Raises NotAnswerable with the field `code`."""
    try:
        traced = read_trace_code(typed)
        printed_by, compared_with = map(definitions.set_numbered, (traced.rules, traced.rules_then))
    except TraceCodeError as error:
        raise NotAnswerable("code", _message(error.code)) from error
    except definitions.UnknownDefinitions as error:
        raise NotAnswerable("code", _message("unknown")) from error
    changed = tuple(_changed(printed_by))
    explained = ""
    if changed and traced.report == "quarterly":
        query = {**_compared(traced, traced.as_of), "definitions": printed_by}
        explained = f"{reverse('reports:restatement')}?{urlencode(query)}"
    return Found(_address(traced, compared_with), printed_by, changed, explained)


def _changed(printed_by: str) -> Iterator[ChangedRule]:
    """What a set only adds changes no figure that was printed."""
    for was, is_now in definitions.redefined(printed_by, definitions.VERSION):
        if was is not None:
            yield ChangedRule(str(was.name), str(was.rule), str(is_now.rule) if is_now else "–")


def _address(traced: Traced, compared_with: str) -> str:
    if traced.earlier is not None:
        read_by = {} if compared_with == definitions.VERSION else {"definitions": compared_with}
        query = {**_compared(traced, traced.earlier), **read_by}
        return f"{reverse('reports:restatement')}?{urlencode(query)}#{traced.table}"
    if traced.report not in REPORTS:
        raise NotAnswerable("code", _message("unknown"))
    kind = REPORTS[traced.report]
    if (traced.scope is None) != (not set(kind.asks) & set(ABOUT)):
        raise NotAnswerable("code", _message("unknown"))
    # A table of the quarterly report that comes after the page has a page of its own.
    part = traced.table.partition("_")[0]
    comes_later = kind.key == "quarterly" and part in PARTS
    page = reverse("reports:quarterly-part", args=[part]) if comes_later else reverse("reports:report", args=[kind.key])
    return f"{page}?{urlencode(_query(kind, traced))}#{traced.table}"


def _query(kind: ReportKind, traced: Traced) -> dict[str, str]:
    said: dict[Ask, str] = {"period": str(traced.period), "year": str(traced.period.year)}
    query: dict[str, str] = {ask: said[ask] if ask in said else _about(ask, traced.scope) for ask in kind.asks}
    query |= {"as_of": traced.as_of.astimezone(SEOUL).isoformat()}
    # Of what comes after its page no place can be found in it.
    return query if kind.key == "quarterly" else query | {"whole": "1"}


def _compared(traced: Traced, earlier: datetime) -> dict[str, str]:
    times = {"from": earlier.astimezone(SEOUL).isoformat(), "to": traced.as_of.astimezone(SEOUL).isoformat()}
    return {"period": str(traced.period), **times}


def _about(ask: Ask, scope: int | None) -> str:
    """The id of the record whose scope the code carries. Raises NotAnswerable where none of ours has it."""
    for pk in ABOUT[ask].objects.order_by("id").values_list("pk", flat=True).iterator():
        if scope_hash(f"{ask}:{pk}") == scope:
            return str(pk)
    raise NotAnswerable("code", _message("unknown"))


def _message(code: TraceCodeErrorCode) -> str:
    messages: dict[TraceCodeErrorCode, str] = {
        "empty": _("Enter the trace code that is printed with the table."),
        "wrong_length": _(
            "A trace code has 18 letters and digits after the T-, or 23, or 29. Compare it with the page."
        ),
        "wrong_symbol": _("A trace code has Latin letters and digits only. Compare it with the page."),
        "wrong_checksum": _("A letter or digit of this trace code is wrong. Compare it with the page."),
        "unknown": _("This trace code is of a report that is not known here."),
    }
    return messages[code]
