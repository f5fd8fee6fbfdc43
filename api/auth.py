"""Bearer tokens: per client, scoped, expiring, hashed at rest, revocable."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from crm.actions.accounts import token_digest
from crm.models import Account, ApiToken
from crm.values.scopes import covers


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`. Raises AuthenticationFailed for one that is unknown, expired or revoked."""

    def authenticate(self, request: Request) -> tuple[Account, ApiToken] | None:
        scheme, _space, plain = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer" or not plain.strip():
            raise AuthenticationFailed(_("Send the header Authorization: Bearer TOKEN."))
        token = ApiToken.objects.select_related("account").filter(digest=token_digest(plain.strip())).first()
        usable = token is not None and token.revoked_at is None and token.expires_at > timezone.now()
        if token is None or not usable or not token.account.is_active:
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        return token.account, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HasScope(BasePermission):
    """The token's scopes cover the request: `read` or `write`, of everything or of one resource (`read:outcomes`), and
    what the view names in `scopes`. The feed is read by its own scope, and tells of what the others cover."""

    message = _("The token's scopes do not cover this.")

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiToken):
            return False
        needed = getattr(view, "scopes", ())
        if "feed" in needed:
            return set(needed) <= set(request.auth.scopes)
        deed = "read" if request.method in SAFE_METHODS else "write"
        return covers(request.auth.scopes, deed, getattr(view, "basename", ""), needed)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "api.auth.TokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
