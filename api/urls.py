"""Addresses of the API."""

from typing import Any

from django.urls import path, re_path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from api.bulk.views import bulk_of
from api.changes.views import Changes, ChangesDigest, ChangesOfOneType
from api.figures.views import QuarterlyFigures, RestatementFigures
from api.protocol import Protocol
from api.registry import BY_TYPE, RESOURCES
from api.schema import Docs, Schema

router = SimpleRouter(trailing_slash=False)
for name, view in RESOURCES.items():
    view.lookup_value_converter = "uuid"  # type: ignore[attr-defined]
    router.register(f"v1/{name}", view, basename=name)


class Index(Protocol, APIView):
    """What there is: the address of every resource."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        base = request.build_absolute_uri("/api/v1/")
        return Response(
            {name: f"{base}{name}" for name in (*RESOURCES, "changes", "figures/quarterly", "figures/restatement")}
        )


class Nothing(APIView):
    """An address below /api/ at which there is nothing: a problem, not a page."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes: tuple[Any, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise exceptions.NotFound


urlpatterns = [
    path("v1/", Index.as_view(), name="api-index"),
    path("v1/schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(url_name="api-schema"), name="api-docs"),
    *(
        path(
            f"v1/{name}/by-external-id/<str:source>/<str:external_id>",
            view.as_view({"get": "retrieve_named", "put": "put_named"}, basename=name),
            name=f"{name}-by-external-id",
        )
        for name, view in RESOURCES.items()
        if hasattr(view, "put_named")
    ),
    *(
        path(f"v1/bulk/{name}", bulk_of(name).as_view(), name=f"{name}-bulk")
        for name, view in RESOURCES.items()
        if hasattr(view, "put_named")
    ),
    path("v1/changes", Changes.as_view(), name="api-changes"),
    path("v1/changes/digest", ChangesDigest.as_view(), name="api-changes-digest"),
    *(
        path(f"v1/changes/{kind}", ChangesOfOneType.as_view(), {"kind": kind}, name=f"api-changes-{kind}")
        for kind in BY_TYPE
    ),
    path("v1/figures/quarterly", QuarterlyFigures.as_view(), name="api-figures-quarterly"),
    path("v1/figures/restatement", RestatementFigures.as_view(), name="api-figures-restatement"),
    *router.urls,
    re_path(r"^.*$", extend_schema(exclude=True)(Nothing).as_view()),
]
