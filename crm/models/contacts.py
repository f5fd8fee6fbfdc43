"""People at organisations: personal data with a legal basis, a retention date and a log of every showing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Entry, Record


class Contact(Record):
    """`phone` is E.164, `phone_as_typed` what was typed. A purged contact keeps its row and loses its person."""

    organisation = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="contacts", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    phone_as_typed = models.CharField(max_length=60, blank=True, editable=False)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    retention_until = models.DateField(_("kept until"))
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("contact")

    def __str__(self) -> str:
        return self.name


class AccessLog(Entry):
    """Who saw, exported or purged whose personal data, when, from where and for what. Kept two years."""

    feed_type = "access_log"
    part_of = "account"  # seen by those who keep the log, not by those who sync

    account = models.ForeignKey("crm.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    address = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=10)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    deed = models.CharField(max_length=20)
    purpose = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"])]
