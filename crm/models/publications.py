"""Reports that were published: what they were asked with, what their figures were, and the files as they went out."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.publications import PublicationState


class Publication(Record):
    """One edition of one report. `asked` is what makes the report (its period, say), `inputs` what else its bytes rest
    on: whose values were kept back, the city's name, the version of each definition. `figures_hash` is the SHA-256 of
    the figures as canonical JSON. `as_of` is final from the moment at which the row exists: nothing is recorded at or
    before it any more."""

    # Large, and never changed once they are kept.
    kept_out_of_history: ClassVar[tuple[str, ...]] = ("inputs",)

    report = models.CharField(_("report"), max_length=30)
    asked = models.JSONField(default=dict, blank=True)
    about = models.CharField(max_length=120)
    edition = models.PositiveSmallIntegerField(_("edition"))
    as_of = models.DateTimeField(_("as of"))
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(
        _("state"), max_length=10, choices=choices(PublicationState), default=PublicationState.CLOSED
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    inputs = models.JSONField(default=dict, blank=True)
    figures_hash = models.CharField(max_length=64, blank=True)
    published_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("published by"))

    class Meta:
        verbose_name = _("publication")
        ordering = ["-as_of", "-id"]
        indexes = [models.Index(fields=["as_of"])]
        constraints = [
            models.UniqueConstraint(fields=["report", "about", "language", "edition"], name="edition_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.about


class PublicationFile(Record):
    """One document of a publication, as it went out. Size in bytes."""

    part_of = "publication"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    format = models.CharField(max_length=10)
    file = models.FileField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["format"]
        constraints = [models.UniqueConstraint(fields=["publication", "format"], name="publication_format_once")]
