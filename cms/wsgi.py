"""Where a WSGI server finds the site."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from cms import starting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()
starting.look_around()
gc.freeze()  # what is loaded by now stays; collecting garbage need not look through it again and again
