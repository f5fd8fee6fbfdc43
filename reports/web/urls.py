"""Addresses of the leaders' pages."""

from django.urls import path

from reports.web import views

app_name = "reports"
urlpatterns = [
    path("reports/quarterly/", views.quarterly_page, name="quarterly"),
    path("reports/quarterly/download/", views.quarterly_document, name="quarterly-document"),
    path("reports/dashboard/", views.dashboard_page, name="dashboard"),
    path("reports/entries/", views.entries_page, name="entries"),
]
