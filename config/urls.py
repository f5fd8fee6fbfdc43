"""The site's addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("crm.web.urls")),
    path("", include("reports.web.urls")),
    path("api/", include("api.urls")),
]
# Below /api/ these answer with problems instead of pages.
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
