"""Where a trace code leads: the page of its report, as of its time, at its table."""

from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.values.periods import SEOUL
from crm.values.trace_codes import TraceCodeError, TraceCodeErrorCode, Traced, read_trace_code
from reports.building.parts import PARTS
from reports.figures.asked import NotAnswerable

_PAGES: Final = {"quarterly": "reports:quarterly"}


def address_of(typed: str) -> str:
    """The address of the table that the code stands for. Raises NotAnswerable with the field `code`."""
    try:
        traced = read_trace_code(typed)
    except TraceCodeError as error:
        raise NotAnswerable("code", _message(error.code)) from error
    if traced.report not in _PAGES or traced.scope is not None:
        raise NotAnswerable("code", _message("unknown"))
    # A table that comes after the page has a page of its own.
    part = traced.table.partition("_")[0]
    page = reverse("reports:quarterly-part", args=[part]) if part in PARTS else reverse(_PAGES[traced.report])
    return f"{page}?{urlencode(_query(traced))}#{traced.table}"


def _query(traced: Traced) -> dict[str, str]:
    return {"period": str(traced.period), "as_of": traced.as_of.astimezone(SEOUL).isoformat()}


def _message(code: TraceCodeErrorCode) -> str:
    messages: dict[TraceCodeErrorCode, str] = {
        "empty": _("Enter the trace code that is printed with the table."),
        "wrong_length": _("A trace code has 18 letters and digits after the T-. Compare it with the page."),
        "wrong_symbol": _("A trace code has Latin letters and digits only. Compare it with the page."),
        "wrong_checksum": _("A letter or digit of this trace code is wrong. Compare it with the page."),
        "unknown": _("This trace code is of a report that is not known here."),
    }
    return messages[code]
