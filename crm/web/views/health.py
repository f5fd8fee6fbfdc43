"""Whether the process is up, and whether it can serve."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and has every migration; else 503 with one sentence."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _not_ready("The database does not answer.")
    if missing:
        return _not_ready("The database lacks migrations; run manage.py migrate.")
    return HttpResponse("ready\n", content_type="text/plain")


def _not_ready(sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=503, content_type="text/plain")
