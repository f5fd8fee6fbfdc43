"""Companies, institutions and their other names."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record


class Organisation(Record):
    """The name is kept as written; `key` is what names are matched and sorted by."""

    name = models.CharField(_("name"), max_length=500)
    name_en = models.CharField(_("English name"), max_length=500, blank=True)
    key = models.CharField(max_length=500, editable=False)
    initials = models.CharField(max_length=500, editable=False)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    sector = models.CharField(_("sector"), max_length=200, blank=True)
    business_registration_number = models.CharField(_("business registration number"), max_length=12, blank=True)
    note = models.TextField(_("note"), blank=True)
    # Set on the archived one of a merge: whoever asks for it is led to the other.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_here"
    )

    class Meta:
        verbose_name = _("organisation")
        indexes = [models.Index(fields=["key", "id"]), models.Index(fields=["initials"])]
        constraints = [
            models.UniqueConstraint(
                fields=["business_registration_number"],
                condition=~Q(business_registration_number="") & Q(archived_at__isnull=True),
                name="registration_number_once",
                violation_error_message=_("Another organisation has this business registration number."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def current(self) -> "Organisation":
        """The organisation that this one is today: itself, or the one that it was merged into, however often."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found


class OrganisationAlias(Record):
    part_of = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="aliases")
    name = models.CharField(_("alias"), max_length=500)
    key = models.CharField(max_length=500, editable=False, db_index=True)
    initials = models.CharField(max_length=500, editable=False)
    language = models.CharField(_("language"), max_length=8, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["initials"])]

    def __str__(self) -> str:
        return self.name
