"""Documents as evidence: the file itself, or the number under which the city's document system keeps it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.evidence import Grade


class Document(Record):
    """`file` is stored under its hash, so that the same paper is kept once. Size in bytes."""

    title = models.CharField(_("title"), max_length=300)
    grade = models.CharField(_("evidence grade"), max_length=20, choices=choices(Grade))
    outcome = models.ForeignKey(
        "crm.Outcome", models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("outcome")
    )
    event = models.ForeignKey(
        "crm.Event", models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("event")
    )
    organisation = models.ForeignKey(
        "crm.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("organisation"),
    )
    file = models.FileField(_("file"), max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    document_number = models.CharField(_("document number"), max_length=120, blank=True)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("document")
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(document_number="") | ~Q(source=""),
                name="document_can_be_found",
                violation_error_message=_("Attach a file, or give the document number or the source."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=False) | Q(event__isnull=False) | Q(organisation__isnull=False),
                name="document_is_about_something",
                violation_error_message=_("Say what the document is evidence for."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
