"""Addresses of the leaders' pages."""

from django.urls import path

from reports.web import catalogue, publications, restatements, runs, schedules, views

app_name = "reports"
urlpatterns = [
    path("reports/", catalogue.reports_page, name="index"),
    path("reports/quarterly/", views.quarterly_page, name="quarterly"),
    path("reports/quarterly/download/", catalogue.report_document, {"key": "quarterly"}, name="quarterly-document"),
    path("reports/quarterly/<slug:key>/", views.quarterly_part, name="quarterly-part"),
    path("reports/dashboard/", views.dashboard_page, name="dashboard"),
    path("reports/dashboard/<slug:key>/", views.dashboard_panel, name="dashboard-panel"),
    path("reports/published/", publications.published_page, name="published"),
    path("reports/published/new/", publications.publish, name="publish"),
    path("reports/published/<uuid:pk>/", publications.publication_page, name="publication"),
    path("reports/published/<uuid:pk>/finish/", publications.publication_finish, name="publication-finish"),
    path("reports/published/<uuid:pk>/<slug:format>/", publications.publication_file, name="publication-file"),
    path("reports/schedules/", schedules.schedules_page, name="schedules"),
    path("reports/schedules/new/", schedules.schedule_page, name="schedule-new"),
    path("reports/schedules/<uuid:pk>/", schedules.schedule_page, name="schedule"),
    path("reports/schedules/<uuid:pk>/stop/", schedules.schedule_stop, name="schedule-stop"),
    path("reports/schedules/<uuid:pk>/resume/", schedules.schedule_resume, name="schedule-resume"),
    path("reports/schedules/<uuid:pk>/run/", schedules.schedule_run, name="schedule-run"),
    path("reports/runs/", runs.runs_page, name="runs"),
    path("reports/runs/new/", runs.run_start, name="run-start"),
    path("reports/runs/<uuid:pk>/", runs.run_page, name="run"),
    path("reports/runs/<uuid:pk>/cancel/", runs.run_cancel, name="run-cancel"),
    path("reports/runs/<uuid:pk>/again/", runs.run_again, name="run-again"),
    path("reports/runs/<uuid:pk>/files/<slug:format>/", runs.run_file, name="run-file"),
    path("reports/restatement/", restatements.restatement_page, name="restatement"),
    path("reports/restatement/download/", restatements.restatement_document, name="restatement-document"),
    path("reports/trace/", views.trace_page, name="trace"),
    path("reports/entries/", views.entries_page, name="entries"),
    # Whatever has no page of its own above.
    path("reports/<slug:key>/", catalogue.report_page, name="report"),
    path("reports/<slug:key>/download/", catalogue.report_document, name="document"),
]
