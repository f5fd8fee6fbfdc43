"""The door of an asynchronous web server."""

import gc
import os

from config.refusals import in_one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Status 3 is gunicorn's word for a worker that cannot start: it ends instead of trying for ever.
with in_one_sentence(status=3):
    from django.core.asgi import get_asgi_application

    application = get_asgi_application()
# Rows of a page by the thousand come and go without ever making a circle: to look for one after each 700 of them holds
# up one page in twenty by a full search.
gc.set_threshold(20_000)
# What start-up made stays: looked through for rubbish with all the rest, it would hold up a page every now and then.
gc.freeze()
