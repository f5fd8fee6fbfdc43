"""The door of the web server."""

import os

from config.refusals import in_one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
with in_one_sentence():
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
