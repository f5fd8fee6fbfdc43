"""Importing outcomes from the sheets that officers keep."""

import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.base import Stale
from crm.actions.imports import change_sheet, keep_sheet
from crm.actions.taking_back import changed_since, undo_rows
from crm.dates import language
from crm.importing.amounts import counted_in
from crm.importing.applying import lines_back, take_step
from crm.importing.comparing import Compared, compare
from crm.importing.outcome_rows import FIELDS, field_of, matched
from crm.importing.previewing import NOTHING, Outline, Preview, outline_of, preview
from crm.importing.refusal import Refused
from crm.importing.sheets import read_sheet
from crm.models import ImportBatch
from crm.values.imports import AmountUnit, ImportState
from crm.values.names import clean
from crm.values.numbers import number_in
from crm.web.entrance import DEED, FORM, PageRequest, caller, page, today
from crm.web.forms.imports import SheetForm
from crm.web.pages.import_files import rejected_table, template_sheets
from crm.web.pages.imports import import_page, left_of, lines_shown, pages_asked, sheet_lines, sheets_of
from crm.web.refusals import REFUSED, messages_of
from reports.documents import CONTENT_TYPES
from reports.documents.lists import render_list, render_sheets
from reports.kept import present


@page("import.read", FORM)
def imports(request: PageRequest) -> HttpResponse:
    """The sheets so far, and the way to bring another."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        try:
            return redirect("import", _keep(request, form).pk)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"form": form, "lines": sheet_lines(sheets_of(request.user))}
    return render(request, "imports/list.html", context, status=422 if form.errors else 200)


def _keep(request: PageRequest, form: SheetForm) -> ImportBatch:
    name, content = clean(form.cleaned_data["file"].name or "")[-200:], form.content
    remembered = _remembered(request)
    sheet = read_sheet(name, content, lambda text: bool(field_of(text) or remembered.get(text)))
    if sheet.others:
        told = {"name": sheet.name, "others": ", ".join(sheet.others)}
        said = _("Only the sheet “%(name)s” was read. Bring these by themselves: %(others)s.")
        messages.warning(request, said % told)
    if sheet.further:
        said = _("Only one table was read. Others begin in these lines; bring them by themselves: %(lines)s.")
        messages.warning(request, said % {"lines": ", ".join(map(str, sheet.further))})
    columns = matched(sheet.headings, remembered)
    return keep_sheet(
        caller(request),
        file_name=name or "sheet",
        digest=hashlib.sha256(content).hexdigest(),
        headings=list(sheet.headings),
        columns=columns,
        unit=counted_in(columns, sheet.above) or _remembered_unit(request, sheet.headings),
        rows=[[row.number, list(row.cells)] for row in sheet.rows],
        hidden=[row.number for row in sheet.rows if row.is_hidden],
        hidden_columns=list(sheet.hidden_columns),
    )


def _remembered(request: PageRequest) -> dict[str, str]:
    """What the person chose for headings before, the latest choice first: also that one which everybody would know is
    not read."""
    found: dict[str, str] = {}
    for batch in sheets_of(request.user):
        chosen = {h: key for h, key in batch.columns.items() if key or _is_left_out(h, batch)}
        found = {**chosen, **found}
    return found


def _is_left_out(heading: str, batch: ImportBatch) -> bool:
    known = field_of(heading)
    return bool(known) and known not in batch.columns.values()


def _remembered_unit(request: PageRequest, headings: Sequence[str]) -> str:
    """What the person said that amounts count in a sheet of the same headings."""
    return next((batch.unit for batch in sheets_of(request.user) if batch.headings == list(headings)), "")


def _own(request: PageRequest, pk: UUID) -> ImportBatch:
    return get_object_or_404(ImportBatch, pk=pk, author=request.user)


def _preview(request: PageRequest, batch: ImportBatch) -> Preview:
    """All rows are compared once, as long as nothing is recorded, and those of the pages that are shown each time."""
    if batch.state != ImportState.READ:
        return NOTHING
    day, reader = today(), request.user
    asked = ("sheet", batch.pk, batch.version, reader.pk, day)
    read: list[Compared] = []

    def outline() -> Outline:
        read.extend(compare(batch, day, reader))
        return outline_of(read)

    found = present(timezone.now).once(asked, outline)
    return preview(batch, day, reader, found, lambda found: lines_shown(found, request.GET), read)


@page("import.read")
def import_sheet(request: PageRequest, pk: UUID) -> HttpResponse:
    batch = _own(request, pk)
    template = "imports/_progress.html" if request.headers.get("HX-Request") else "imports/sheet.html"
    return render(request, template, {"page": import_page(batch, _preview(request, batch), request.GET)})


@page("import.read", DEED)
def import_change(request: PageRequest, pk: UUID) -> HttpResponse:
    """Other columns, mended cells, decisions, whether hidden rows are read: what the form holds of them."""
    batch = _own(request, pk)
    version = request.POST.get("version", "")
    changes = {**_columns(request, batch), **_cells(request, batch), **_decisions(request, batch), **_hidden(request)}
    try:
        if changes:
            change_sheet(caller(request), batch, version=number_in(version, 0), **changes)
            messages.success(request, _("The sheet was read again with what you changed."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    at = pages_asked({name: str(value) for name, value in QueryDict(request.POST.get("turned_to", "")).items()})
    return redirect(f"{reverse('import', args=[pk])}?{urlencode(at)}" if at else reverse("import", args=[pk]))


def _columns(request: PageRequest, batch: ImportBatch) -> dict[str, object]:
    if "columns" not in request.POST:
        return {}
    chosen: dict[str, str] = {}
    for number, heading in enumerate(batch.headings):
        key = request.POST.get(f"column-{number}", "")
        # Of two columns of one heading the first that is read says what both are.
        if not chosen.get(heading):
            chosen[heading] = key if key in FIELDS and key not in chosen.values() else ""
    unit = request.POST.get("unit", "")
    return {"columns": chosen, "unit": unit if unit in list(AmountUnit) else ""}


def _cells(request: PageRequest, batch: ImportBatch) -> dict[str, object]:
    """`cell-<line>-<field>`: what is typed into a cell of a line."""
    typed = {name: text for name, text in request.POST.items() if name.startswith("cell-")}
    if not typed:
        return {}
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(batch.headings):
        places.setdefault(batch.columns.get(heading, ""), []).append(place)
    by_number = {number: list(cells) for number, cells in batch.rows}
    for name, text in typed.items():
        number, _dash, key = name.removeprefix("cell-").partition("-")
        cells = by_number.get(number_in(number, 0))
        if cells is not None and key in places and key:
            # Of two columns of one heading, what is typed stands in place of both.
            for place in places[key]:
                cells[place] = clean(str(text)) if place == places[key][0] else ""
    return {"rows": [[number, cells] for number, cells in by_number.items()]}


def _decisions(request: PageRequest, batch: ImportBatch) -> dict[str, object]:
    """`decision-<line>`: another, skip or the id of the one that it is."""
    made = {n.removeprefix("decision-"): str(v) for n, v in request.POST.items() if n.startswith("decision-") and v}
    return {"decisions": {**batch.decisions, **made}} if made else {}


def _hidden(request: PageRequest) -> dict[str, object]:
    return {"leaves_hidden": request.POST["hidden"] == "leave"} if "hidden" in request.POST else {}


@page("import.apply", DEED)
def import_apply(request: PageRequest, pk: UUID) -> HttpResponse:
    """One step: the page asks for the next by itself, or by its button."""
    batch = _own(request, pk)
    begins_at = number_in(request.POST.get("position", "0"), -1)
    try:
        batch = take_step(caller(request), batch, today(), begins_at=begins_at)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
        return _again(request, batch, stopped=True)
    return _again(request, batch)


@page("import.undo", DEED)
def import_undo(request: PageRequest, pk: UUID) -> HttpResponse:
    batch = _own(request, pk)
    try:
        batch = step_back(request, batch)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
        return _again(request, batch, stopped=True, asked="?changed" if changed_since(batch, batch.lines) else "")
    return _again(request, batch)


def step_back(request: PageRequest, batch: ImportBatch) -> ImportBatch:
    """Begins to take all of it back, or goes on. While a sheet is applied by itself a step is nearly always on its way:
    what it has written goes as well, and only who goes on has to know how far it is. Raises what `undo_rows` does."""
    goes_on = batch.state == ImportState.UNDOING
    begins_at = number_in(request.POST.get("position", "0"), -1) if goes_on else len(batch.lines)
    leaves = "but_changed" in request.POST
    try:
        return undo_rows(caller(request), batch, begins_at=begins_at, most=lines_back(batch), leaves_changed=leaves)
    except Stale:
        if batch.state != ImportState.APPLYING:
            raise
        return step_back(request, _own(request, batch.pk))


def _again(request: PageRequest, batch: ImportBatch, *, stopped: bool = False, asked: str = "") -> HttpResponse:
    """The progress alone while it goes on by itself; the whole page at the end, and where it stopped. There `asked` is
    what it offers besides."""
    goes_on = batch.state in (ImportState.APPLYING, ImportState.UNDOING) and not stopped
    if request.headers.get("HX-Request") and goes_on:
        return render(request, "imports/_progress.html", {"page": import_page(batch)})
    answer = redirect(reverse("import", args=[batch.pk]) + asked)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(headers={"HX-Redirect": answer["Location"]})  # type: ignore[assignment]
    return answer


@page("import.read")
def import_template(request: PageRequest) -> HttpResponse:
    return _file(render_sheets(template_sheets()), "ieum-template.xlsx")


@page("import.read")
def import_rejected(request: PageRequest, pk: UUID) -> HttpResponse:
    """The rows that are not applied, to be mended in the sheet itself."""
    batch = _own(request, pk)
    compared = compare(batch, today(), request.user) if batch.state == ImportState.READ else []
    table = rejected_table(batch, left_of(batch, compared))
    return _file(render_list(table, "xlsx", _("No data"), language()), "ieum-rejected.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
