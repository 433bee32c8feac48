"""The site in production shape on this machine: docker/nginx.conf over a real nginx, before a real gunicorn."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fixtures.databases import embedded_environment
from tools.parts import PARTS
from tools.prepare import ROOT
from tools.servers import free_port, server, server_folder

HOST = "www.example.org"
GUNICORN = re.search(r'CMD \["gunicorn", (.+?)\]', (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.DOTALL)[1]
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    types {{ text/html html; }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


# A topic with a file of every kind that people may send.
FILES = """
from django.core.files.base import ContentFile
from cms.models import User
from forum_integration.rights import ForumRights
from forum_integration.services import writing
from forum_integration.setup import ensure_forums
from forum_integration.uploads import CONTENT_TYPES, CheckedFile

files = [
    CheckedFile(f"proef.{extension}", extension, content_type, ContentFile(b"<script>alert(1)</script>", name="proef"))
    for extension, content_type in CONTENT_TYPES.items()
]
by = ForumRights(User.objects.get(email="beheerder@example.org"))
writing.start_topic(forum=ensure_forums()["gesprekken"], by=by, title="Bestanden", text="Van elke soort.", files=files)
"""


class Answer:
    """What came back: everything is read, so that the connection can be closed."""

    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def text(self):
        return self.body.decode()


class ProductionSite:
    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        self.http, self.https, self.port = free_port(), free_port(), free_port()

    def gunicorn(self):
        command = [
            part.strip(' \\\n"').replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for part in GUNICORN.split(",")
        ]
        environment = embedded_environment() | {
            "DATA_DIR": str(self.data),
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "SECRET_KEY": "x" * 60,
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
        }
        options = {"cwd": ROOT, "env": environment}
        return server([sys.executable, "-m", "gunicorn", *command], self.folder, options, self.port)

    def nginx(self, as_user):
        certificate = ["-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem"]
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
        subprocess.run([*make, *certificate], check=True, capture_output=True)
        shutil.copytree(ROOT / "docker" / "errors", self.folder / "errors")
        conf = (ROOT / "docker" / "nginx.conf").read_text(encoding="utf-8")
        for told, here in {
            "listen 8080": f"listen 127.0.0.1:{self.http}",
            "listen 8443": f"listen 127.0.0.1:{self.https}",
            "http://site:8000": f"http://127.0.0.1:{self.port}",
            "/certificates/": f"{self.folder}/",
            "root /etc/nginx;": f"root {self.folder};",
        }.items():
            assert told in conf
            conf = conf.replace(told, here)
        (self.folder / "site.conf").write_text(conf, encoding="utf-8")
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder), encoding="utf-8")
        for path in self.folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        command = [PARTS["nginx"].find(), "-c", self.folder / "nginx.conf", "-e", "stderr"]
        return server(command, self.folder, as_user, self.https)

    def ask(self, path, method="GET", *, body=None, tls=True, **headers):
        """Over TLS unless told otherwise; underscores in names of headers stand for hyphens."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        if tls:
            connection = http.client.HTTPSConnection("127.0.0.1", self.https, timeout=30, context=context)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers={"Host": HOST, **named})
            return Answer(connection.getresponse())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def production_site(demo_data, tmp_path_factory):
    """Holds the demo content; the tests only read."""
    data = tmp_path_factory.mktemp("production") / "data"
    shutil.copytree(demo_data, data)
    environment = embedded_environment() | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    make = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", FILES]
    subprocess.run(make, cwd=ROOT, env=environment, check=True)
    with ExitStack() as running:
        folder, as_user = running.enter_context(server_folder("www-data"))
        own = tmp_path_factory.mktemp("gunicorn")
        site = ProductionSite(folder, data)
        running.enter_context(site.nginx(as_user))
        site.folder = own
        running.enter_context(site.gunicorn())
        yield site


@pytest.fixture
def site_that_is_away():
    """nginx alone, with nothing behind it."""
    with server_folder("www-data") as (folder, as_user):
        site = ProductionSite(folder, Path(os.devnull))
        with site.nginx(as_user):
            yield site
