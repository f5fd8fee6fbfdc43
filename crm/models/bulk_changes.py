"""One change of many records at once, kept so that it can be undone at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record


class BulkChange(Record):
    """`column` of each record in `lines`, all of the kind `subject`, became `after`. A line is {"id", "title",
    "before", "after"}: ids, codes or texts as they are stored, empty for none; with "left" where the record stayed
    as it was when the rest was undone."""

    author = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("who"))
    subject = models.CharField(_("kind"), max_length=40, default="outcome")
    column = models.CharField(_("field"), max_length=40)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    lines = models.JSONField(default=list)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of many")
        ordering = ["-created_at", "id"]
