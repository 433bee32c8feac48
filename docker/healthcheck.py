"""Ends well when the site in this container answers, as a request through nginx would reach it."""

import http.client
import os
import sys

host = os.environ["ALLOWED_HOSTS"].partition(",")[0].strip()
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status != 200)
