"""The shape that every resource has: list, detail, create and update of one record type, through the actions."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import HasScope
from api.concurrency import etag, is_known, require_match
from api.pagination import OWN_PARAMETERS
from api.problems import BadQuery, Clash, TooLarge, request_id
from crm.actions.base import Caller, Forbidden
from crm.permissions import may


class MergePatchParser(JSONParser):
    media_type = "application/merge-patch+json"


class Protocol:
    """What every endpoint keeps to: limits, known parameters, the request's id, permission to read."""

    permission_classes: ClassVar[Any] = [IsAuthenticated, HasScope]
    parser_classes: ClassVar[Any] = [JSONParser, MergePatchParser]
    parameters: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if not may(request.user, "record.read"):  # type: ignore[arg-type]
            raise Forbidden("record.read")
        self.check_parameters(request)

    def known_parameters(self) -> frozenset[str]:
        return self.parameters

    def check_parameters(self, request: Request) -> None:
        known = self.known_parameters()
        for name, values in request.query_params.lists():
            if name not in known:
                raise BadQuery(name, _("This parameter is not known here."), "unknown_parameter")
            if len(values) > 1:
                raise BadQuery(name, _("This parameter is given twice."), "duplicate_parameter")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        final["X-Request-ID"] = request_id(request)
        final.setdefault("Cache-Control", "private, no-cache")
        return final


def caller(request: Request) -> Caller:
    """The one place where an API request becomes the actions' caller; the clock is read here."""
    reason = request.headers.get("x-reason", "")[:500]
    address = request.META.get("REMOTE_ADDR", "")
    return Caller(request.user, timezone.now(), "api", address=address, reason=reason)  # type: ignore[arg-type]


class ResourceViewSet(Protocol, GenericViewSet[Any]):
    """List and detail of `queryset`; create and update where the resource names its actions.

    `create_action(caller, **fields)` and `update_action(caller, record, version=…, **changes)` are called with the
    serializer's validated data, unless the resource overrides `create_record` and `update_record`."""

    ordering_fields: ClassVar[tuple[str, ...]] = ("id", "created_at", "updated_at")
    create_action: ClassVar[Callable[..., Any] | None] = None
    update_action: ClassVar[Callable[..., Any] | None] = None
    filterset_class: ClassVar[Any] = None

    def known_parameters(self) -> frozenset[str]:
        if self.action != "list":
            return self.parameters
        return frozenset(self.filterset_class.base_filters) | OWN_PARAMETERS

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            return super().filter_queryset(queryset)
        except ValidationError as error:
            name, reasons = next(iter(dict(error.detail).items()))  # type: ignore[arg-type]
            raise BadQuery(str(name), str(next(iter(reasons))), "invalid") from error

    def represent(self, records: list[Any]) -> list[Any]:
        return list(self.get_serializer(records, many=True).data)

    def answer(self, pk: Any, status_code: int = 200) -> Response:
        """The record as it is now, with its ETag."""
        record = self.get_queryset().get(pk=pk)
        (body,) = self.represent([record])
        headers = {"ETag": etag(record.version)}
        if status_code == status.HTTP_201_CREATED:
            headers["Location"] = f"{self.request.path}/{record.pk}"
        return Response(body, status_code, headers=headers)

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.represent(page or []))

    def retrieve(self, request: Request, pk: str) -> Response:
        record = self.get_object()
        if is_known(request, record.version):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": etag(record.version)})
        (body,) = self.represent([record])
        return Response(body, headers={"ETag": etag(record.version)})


class Creates:
    """POST: a new record by the resource's action."""

    def create(self: Any, request: Request) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        refuse_taken_id(self.get_queryset().model, serializer.validated_data)
        record = self.create_record(caller(request), dict(serializer.validated_data))
        return self.answer(record.pk, status.HTTP_201_CREATED)  # type: ignore[no-any-return]

    def create_record(self: Any, who: Caller, fields: dict[str, Any]) -> Any:
        return type(self).create_action(who, **fields)


class Updates:
    """PATCH as JSON merge patch: what is absent stays. Needs If-Match."""

    def partial_update(self: Any, request: Request, pk: str) -> Response:
        record = self.get_object()
        version = require_match(request, record)
        serializer = self.get_serializer(record, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        self.update_record(caller(request), record, version, dict(serializer.validated_data))
        return self.answer(record.pk)  # type: ignore[no-any-return]

    def update_record(self: Any, who: Caller, record: Any, version: int, changes: dict[str, Any]) -> Any:
        return type(self).update_action(who, record, version=version, **changes)


def refuse_taken_id(model: type[Model], fields: dict[str, Any]) -> None:
    """Raises Clash where the id that the client chose is a record's already."""
    if "id" in fields and model._base_manager.filter(pk=fields["id"]).exists():
        raise Clash(_("There is a record of this id already."))
