"""The door of an asynchronous web server."""

import os

from config.refusals import in_one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Status 3 is gunicorn's word for a worker that cannot start: it ends instead of trying for ever.
with in_one_sentence(status=3):
    from django.core.asgi import get_asgi_application

    application = get_asgi_application()
