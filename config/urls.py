"""The site's addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("crm.web.urls")),
    path("", include("reports.web.urls")),
    path("api/", include("api.urls")),
]
