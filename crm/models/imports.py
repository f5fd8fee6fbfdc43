"""Sheets that officers bring: what they say, what is decided of them, what came of them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.imports import AmountUnit, ImportState


class ImportBatch(Record):
    """One sheet. `rows` are [line number, cells] below `headings`; `columns` the field of each heading, "" for none;
    `decisions` by line number: `another`, `skip`, or the id of the outcome that the row means. `unit` is what amounts
    count that are bare numbers, "" where nobody said. `lines` say what was done with each applied row, so that it can
    be undone; `left` says by line number why a row was not applied, or was not taken back; `position` is how many of
    the rows are through. `companies_left` are those, names by id, that stayed when the rest was taken back. `hidden`
    are the lines that whoever opens the file does not see; with `leaves_hidden` they are as if they were not there.
    `hidden_columns` are the places of headings that are not seen either; `columns` say which of them are read."""

    # Large, and told by the records that came of them.
    kept_out_of_history: ClassVar[tuple[str, ...]] = ("rows", "lines", "left", "companies_left", "hidden")

    author = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("who"))
    org_unit = models.ForeignKey("crm.OrgUnit", models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=choices(ImportState), default=ImportState.READ)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    unit = models.CharField(_("unit of amounts"), max_length=10, choices=choices(AmountUnit), blank=True)
    rows = models.JSONField(default=list)
    decisions = models.JSONField(default=dict, blank=True)
    lines = models.JSONField(default=list, blank=True)
    left = models.JSONField(default=dict, blank=True)
    companies_left = models.JSONField(default=dict, blank=True)
    hidden = models.JSONField(default=list, blank=True)
    leaves_hidden = models.BooleanField(_("hidden rows are left out"), default=False)
    hidden_columns = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("import")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.file_name

    def rows_read(self) -> list[list[Any]]:
        """The rows that are compared and applied: all, or those that are seen in the file."""
        unseen = frozenset(self.hidden if self.leaves_hidden else ())
        return [row for row in self.rows if row[0] not in unseen]
