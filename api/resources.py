"""The shape that every resource has: list, detail, create and update of one record type, through the actions."""

import json
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as ModelRefusal
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import get_object_or_404 as found_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api import columns
from api.accepted import SOURCE
from api.concurrency import check_match, is_tag_known, require_match
from api.pagination import OWN_PARAMETERS, fields_of
from api.problems import BadQuery, Clash
from api.protocol import Protocol, StrictJson, StrictMergePatch, body_of, caller
from api.tags import etag
from crm.actions.base import Caller, Conflict
from crm.actions.external_ids import record_by_name
from crm.permissions import readable
from crm.queries.names import Holder, Name, holders, is_put_away

_readers = threading.local()


class ResourceViewSet(Protocol, GenericViewSet[Any]):
    """List and detail of `queryset`; create and update where the resource names its actions.

    `create_action(caller, **fields)` and `update_action(caller, record, version=…, **changes)` are called with the
    serializer's validated data, unless the resource overrides `create_record` and `update_record`."""

    ordering_fields: ClassVar[tuple[str, ...]] = ("id", "created_at", "updated_at")
    create_action: ClassVar[Callable[..., Any] | None] = None
    update_action: ClassVar[Callable[..., Any] | None] = None
    filterset_class: ClassVar[Any] = None

    def get_queryset(self) -> QuerySet[Any]:
        """Those of the records that the client may see: the others are not there, for reading as for changing."""
        found = super().get_queryset()
        return found if getattr(self, "swagger_fake_view", False) else readable(self.request.user, found)  # type: ignore[arg-type]

    def get_parsers(self) -> list[Any]:
        # The schema asks per operation, a request before its action is known.
        patches = self.request is not None and self.request.method == "PATCH"
        return [StrictJson(), StrictMergePatch()] if patches else [StrictJson()]

    def known_parameters(self) -> frozenset[str]:
        if self.action != "list":
            return self.parameters
        return frozenset(self.filterset_class.base_filters) | OWN_PARAMETERS

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.filterset_class or self.filterset_class.base_filters.keys().isdisjoint(self.request.query_params):
            return queryset
        try:
            return super().filter_queryset(queryset)
        except ValidationError as error:
            name, reasons = next(iter(dict(error.detail).items()))  # type: ignore[arg-type]
            raise BadQuery(str(name), str(next(iter(reasons))), "invalid") from error

    def read(self, kind: type[Any] | None = None, record: Any = None) -> dict[str, Any]:
        """What the body says, by the serializer; of a present record what is to change. Raises ValidationError."""
        return self.valid(body_of(self.request), kind, record)

    def valid(self, data: Any, kind: type[Any] | None = None, record: Any = None) -> dict[str, Any]:
        """The same of any data."""
        if isinstance(data, dict):
            return self.reading(kind, is_change=record is not None)(data, record)
        kind = kind or self.get_serializer_class()
        told = {**self.get_serializer_context(), "reader": self.request.user}
        serializer = kind(record, data=data, partial=record is not None, context=told)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def reading(self, kind: type[Any] | None = None, *, is_change: bool = False) -> Callable[..., dict[str, Any]]:
        """The same of bodies of new records, or of changes of the record given beside each, one after the other."""
        told = {"reader": self.request.user}
        reads = self.reader(kind, is_change=is_change)

        def read(data: dict[str, Any], record: Any = None) -> dict[str, Any]:
            # Others of this thread use it too.
            reads._context, reads.instance = told, record
            try:
                return dict(reads.run_validation(data))
            finally:
                reads.instance = None

        return read

    def represent(self, records: list[Any]) -> list[Any]:
        reads = self.reader()
        return [reads.to_representation(record) for record in records]

    def tag(self, record: Any) -> str:
        """The ETag of what `represent` tells of the record."""
        return etag(record)

    def reader(self, kind: type[Any] | None = None, *, is_change: bool = False, **told: Any) -> Any:
        """The serializer as it reads records and new bodies, or changes, its context what is `told`. One for each
        thread, kind and language, for what REST framework refuses it words once a field: to make its fields takes
        longer than to read some with them."""
        known = _readers.__dict__.setdefault("known", {})
        kind = kind or self.get_serializer_class()
        key = kind, is_change, get_language()
        if key not in known:
            known[key] = kind(partial=True) if is_change else kind()
        known[key]._context = told
        return known[key]

    def texts(self, queryset: QuerySet[Any], order: str) -> list[tuple[Any, Any, str]] | None:
        """The records as the database tells them, where it can (`columns.texts`); else None."""
        is_plain = type(self).represent is ResourceViewSet.represent
        return columns.texts(queryset, self.reader(), order) if is_plain else None

    def answer(self, pk: Any, status_code: int = 200) -> Response:
        """The record as it is now, with its ETag: also to who wrote it for others and sees it from now on no more."""
        record = super().get_queryset().get(pk=pk)
        (body,) = self.represent([record])
        headers = {"ETag": self.tag(record)}
        if status_code == status.HTTP_201_CREATED:
            headers["Location"] = reverse(f"{self.basename}-detail", kwargs={"pk": pk})
        return Response(body, status_code, headers=headers)

    def list(self, request: Request) -> HttpResponseBase:
        """A page of the records, sorted and filtered."""
        wanted, found = fields_of(request, self), self.filter_queryset(self.get_queryset())
        pages: Any = self.paginator
        texts = pages.texts(found, request, self) if wanted is None else None
        if texts is not None:
            next_page = json.dumps(pages.next)
            return HttpResponse(f'{{"results":[{",".join(texts)}],"next":{next_page}}}', "application/json")
        rows = self.represent(self.paginate_queryset(found) or [])
        if wanted is not None:
            rows = [{name: value for name, value in row.items() if name in wanted} for row in rows]
        return self.get_paginated_response(rows)

    def retrieve(self, request: Request, pk: str) -> Response:
        """The record with its ETag; nothing but the ETag where the client has that version already."""
        return self.shown(request, self.get_object())

    def shown(self, request: Request, record: Any) -> Response:
        """The record, or only its tag to who has that version. Raises NotFound for what is no longer shown."""
        headers = {"ETag": self.tag(record)}
        if is_tag_known(request, headers["ETag"]):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=headers)
        (body,) = self.represent([record])
        return Response(body, headers=headers)


class Creates:
    """POST: a new record by the resource's action. PUT by the name that another system has for it: a new one, or what
    the resource's own way of changing makes of the present one."""

    def create(self: Any, request: Request) -> Response:
        """Records a new one. The client may choose its id; then sending it again is a 409, never a second record."""
        fields = self.read()
        refuse_taken_id(self.get_queryset().model, fields)
        record = self.create_record(caller(request), fields)
        return self.answer(record.pk, status.HTTP_201_CREATED)  # type: ignore[no-any-return]

    def create_record(self: Any, who: Caller, fields: dict[str, Any]) -> Any:
        return type(self).create_action(who, **fields)

    def retrieve_named(self: Any, request: Request, source: str, external_id: str) -> Response:
        """The record that this system calls so, with its ETag."""
        return self.shown(request, self._named(source, external_id))  # type: ignore[no-any-return]

    def put_named(self: Any, request: Request, source: str, external_id: str) -> Response:
        """Records what another system calls so, or changes it. Of a present record what is named changes, and what is
        absent stays: what officers have added to it is not the other system's to empty. What is told only once (how a
        record is known, its first figures) is read when it is made, and not again. Under the name of a record that was
        merged away, the one that it is part of now is changed; under that of one that was put away, a new one is
        recorded."""
        name = external_name(source, external_id)
        fields = self.read()
        holder = _holder(self, name)
        if holder is None or holder.is_gone:
            check_match(request)
            refuse_taken_id(self.get_queryset().model, fields)
            was_of = None if holder is None else holder.id
            try:
                record = record_by_name(caller(request), *name, lambda who: self.create_record(who, fields), was_of)
                return self.answer(record.pk, status.HTTP_201_CREATED)  # type: ignore[no-any-return]
            except (Conflict, ModelRefusal):
                # Another request may have come first with the same name: then this one would be a change.
                holder = _holder(self, name)
                if holder is None or holder.is_gone:
                    raise
        named = self._named(source, external_id)
        record = standing_for(self, named)
        version = require_match(request, record, self.tag(record))
        self.update_record(caller(request), record, version, changes_of(self, record, body_of(request), named))
        return self.answer(record.pk)  # type: ignore[no-any-return]

    def _named(self: Any, source: str, external_id: str) -> Any:
        holder = _holder(self, external_name(source, external_id))
        if holder is None or holder.is_gone:
            raise NotFound
        return get_object_or_404(self.get_queryset(), pk=holder.id)


class Updates:
    """PATCH by the resource's action."""

    def partial_update(self: Any, request: Request, pk: str) -> Response:
        """Changes what is named, as JSON merge patch: what is absent stays, null empties, a list replaces. What
        changes nothing keeps the version."""
        record = self.get_object()
        version = require_match(request, record, self.tag(record))
        self.update_record(caller(request), record, version, self.read(record=record))
        return self.answer(record.pk)  # type: ignore[no-any-return]

    def update_record(self: Any, who: Caller, record: Any, version: int, changes: dict[str, Any]) -> Any:
        return type(self).update_action(who, record, version=version, **changes)


class Deletes:
    """DELETE by the resource's action, which puts away: nothing is lost, and a mirror gets a tombstone."""

    def destroy(self: Any, request: Request, pk: str) -> Response:
        """Puts the record away, with the reason in X-Reason. It is then no longer found by its id; lists show it with
        `archived_at`, or leave it out with `archived=false`."""
        record = self.get_object()
        require_match(request, record, self.tag(record))
        self.delete_record(with_reason(request), record)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def delete_record(self: Any, who: Caller, record: Any) -> None:
        type(self).delete_action(who, record, who.reason)

    def get_object(self: Any) -> Any:
        """What was put away is not there, for changing as for reading: a 412 would send a client to read what there is
        none of."""
        record = super().get_object()  # type: ignore[misc]
        if is_put_away(record):
            raise NotFound
        return record

    def shown(self: Any, request: Request, record: Any) -> Response:
        """What was put away is no longer found."""
        if is_put_away(record):
            raise NotFound
        return super().shown(request, record)  # type: ignore[misc, no-any-return]


def with_reason(request: Request) -> Caller:
    """Who deletes, with the reason in X-Reason. Raises ModelRefusal where there is none."""
    who = caller(request)
    if not who.reason.strip():
        raise ModelRefusal({"reason": _("Give the reason: it stays with the entry.")})
    return who


def part_id(name: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.UUID, OpenApiParameter.PATH)


def without_part(
    view: ResourceViewSet, request: Request, parts: str, pk: str, put_away: Callable[[Caller, Any], Any]
) -> Response:
    """Puts away the part `pk` of the record that the request is for, of those that its field `parts` tells. Answers
    with the record, to whose version the If-Match is. Raises Http404 for a part of another record."""
    record = view.get_object()
    require_match(request, record, view.tag(record))
    part = found_or_404(getattr(record, parts).filter(archived_at=None), pk=pk)
    put_away(with_reason(request), part)
    return view.answer(record.pk)


def standing_for(view: Any, record: Any) -> Any:
    """The record itself; of one that was merged away, the one that it is part of now. Raises Http404 where the client
    does not see that."""
    while (merged_into := getattr(record, "merged_into_id", None)) is not None:
        record = get_object_or_404(view.get_queryset(), pk=merged_into)
    return record


def changes_of(view: Any, record: Any, told: Mapping[str, Any], named: Any) -> dict[str, Any]:
    """What a body that might as well record anew changes of a present record: what is told only once is left out.
    `named` is the record that the client means, which may be part of the other by now. Raises ValidationError; Clash
    for the id of another record."""
    if "id" in told and str(told["id"]).lower() not in (str(record.pk), str(named.pk)):
        raise Clash(_("There is a record of this name already, with another id."))
    once = ("id", *getattr(view.get_serializer_class(), "create_only", ()))
    changes = {name: value for name, value in told.items() if name not in once}
    return view.valid(changes, record=record)  # type: ignore[no-any-return]


def says_nothing_new(record: Any, changes: Mapping[str, Any]) -> bool:
    """Whether all that is named stands so already: a client may send back what it was shown."""
    return all(hasattr(record, name) and getattr(record, name) == value for name, value in changes.items())


def external_name(source: str, value: str) -> tuple[str, str]:
    """Raises Http404 for what can be nobody's name."""
    if not re.fullmatch(SOURCE, source) or not 0 < len(value.strip()) <= 200 or not value.isprintable():
        raise Http404
    return source, value


def _holder(view: Any, name: Name) -> Holder | None:
    return holders(view.get_queryset().model.feed_type, [name]).get(name)


def refuse_taken_id(model: type[Model], fields: dict[str, Any]) -> None:
    """Raises Clash where the id that the client chose is a record's already, be it one that was put away: a mirror
    knows that id by its tombstone, and would take the new one for it."""
    if "id" in fields and model._base_manager.filter(pk=fields["id"]).exists():
        raise Clash(_("There is a record of this id already, or was: an id is given once."))
