"""The door of an asynchronous web server."""

import os

from config.refusals import in_one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
with in_one_sentence():
    from django.core.asgi import get_asgi_application

    application = get_asgi_application()
