"""The files that imports hand out: the template to be filled in, and the rows that were not applied, to be mended."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from crm.importing.amounts import counted_in
from crm.importing.outcome_rows import FIELDS, heading_of
from crm.models import ImportBatch
from crm.models.labels import label
from crm.values.imports import said_above
from crm.values.measures import Basis, OutcomeKind
from reports.report import Column, Row, Table

_EXAMPLE: Final = {
    "kind": OutcomeKind.INVESTMENT_MOU, "title": "㈜솔 투자협약", "party": "㈜솔", "event": "CES 2023",
    "signed_on": "2023-01-07", "amount": "500억원", "basis": Basis.TOTAL, "jobs": "20", "source": "보도자료",
}  # fmt: skip


def template_sheets() -> dict[str, Table]:
    """By the sheet's title: every heading with nothing below it, and how cells are written. What shows that is not to
    be taken for a row: each of its lines is a single cell, and no header has fewer than two."""
    headings = tuple(Column(key, heading_of(key)) for key in FIELDS)
    told = _("Write one outcome a row below these headings. The sheet “Example” shows how.")
    lines = tuple(
        Row((f"{heading_of(key)}: {label(value) if isinstance(value, OutcomeKind | Basis) else value}",))
        for key, value in _EXAMPLE.items()
    )
    explained = _("An example. This sheet is not read: write in the first one.")
    return {
        _("Outcomes"): Table("template", told, headings, ()),
        _("Example"): Table("example", explained, (Column("cell", _("Heading: what is written below it")),), lines),
    }


def rejected_table(batch: ImportBatch, left: Mapping[str, str]) -> Table:
    """The rows that are not applied, as they came, with the reason in the last column. What their amounts count stands
    above them: they are read again as they were."""
    rows = [Row((*cells, left[str(number)])) for number, cells in batch.rows if str(number) in left]
    columns = [Column(str(place), _counting(heading, batch)) for place, heading in enumerate(batch.headings)]
    why = Column("why", _("Reason"), weight=2)
    return Table("rejected", _("Rows not applied"), (*columns, why), tuple(rows), unit=said_above(batch.unit))


def _counting(heading: str, batch: ImportBatch) -> str:
    """The heading; that of the amounts says what they count where it said something else than the officer chose."""
    if batch.columns.get(heading) != "amount":
        return heading
    said = counted_in({heading: "amount"}, [said_above(batch.unit)]) or ""
    return heading if said == batch.unit else f"{heading_of('amount')}{f'({batch.unit})' if batch.unit else ''}"
