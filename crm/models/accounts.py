"""Who works with the record: people's accounts and API clients' tokens."""

from typing import ClassVar

from django.contrib.auth import hashers
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.measures import Role


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(Record, AbstractBaseUser):
    """A person or an API client: one role, one org unit."""

    # No last_login: sign-ins are the access log's business, and a sign-in is no change of the account.
    last_login = None
    kept_out_of_history = ("password",)

    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z")]
    )
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=choices(Role))
    org_unit = models.ForeignKey("crm.OrgUnit", models.PROTECT, null=True, blank=True, verbose_name=_("org unit"))
    is_active = models.BooleanField(_("active"), default=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="ko")
    wants_digest = models.BooleanField(_("daily digest"), default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name or self.username

    def check_password(self, raw_password: str | None) -> bool:
        # Django's own would hash the password anew when its defaults change, and save outside of any action.
        return hashers.check_password(raw_password, self.password)


class ApiToken(Record):
    """A client's bearer token: only its hash is kept, the token itself is shown once."""

    kept_out_of_history = ("digest",)

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens", verbose_name=_("account"))
    label = models.CharField(_("label"), max_length=120)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
