"""What a client was answered, for when it asks again because it did not hear."""

from django.db import models


class KeptAnswer(models.Model):
    """The answer to one request with an Idempotency-Key: it commits with the effect of the request, or not at all.
    `asked` is a hash of the body. Of a page's form that made a record (FORM) the key is the record's id, and the body
    stays empty."""

    account = models.ForeignKey("crm.Account", models.PROTECT, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    answered_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "method", "path", "key"], name="answered_once"),
        ]


class TokenUse(models.Model):
    """How many requests a token has sent within one minute: `minute` is counted from 1970."""

    token = models.OneToOneField("crm.ApiToken", models.CASCADE, primary_key=True, related_name="+")
    minute = models.BigIntegerField()
    used = models.PositiveIntegerField()
