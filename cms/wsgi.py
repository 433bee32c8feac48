"""Where a WSGI server finds the site."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()
gc.freeze()  # what is loaded by now stays; collecting garbage need not look through it again and again
