"""Filters of lists that somebody keeps, for themselves or for all."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record


class SavedFilter(Record):
    """`place` is the list's address name, `query` what stands behind the question mark of its address: filters, order
    and columns together. Read by its owner, and by everybody where it is shared."""

    owner = models.ForeignKey("crm.Account", models.PROTECT, related_name="saved_filters", verbose_name=_("owner"))
    place = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filters"), max_length=2000, blank=True)
    is_shared = models.BooleanField(_("shared with all"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "place", "name"], condition=Q(archived_at__isnull=True), name="saved_filter_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
