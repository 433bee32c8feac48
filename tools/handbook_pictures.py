"""Make the pictures of the handbooks again, from the demo content: ``python -m tools.handbook_pictures``.

Everything happens in this process and on one day that never passes, so that the pictures only differ when the pages do.
A picture that would look the same is left as it is.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import time_machine
from PIL import Image, ImageChops
from playwright.sync_api import FloatRect, Page, ViewportSize, sync_playwright

from tools.parts import PARTS
from tools.servers import free_port

THE_DAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
PASSWORD = "demo-flexibel"  # noqa: S105 - of the demo accounts, told to everyone who runs the demo
EDITOR, REPRESENTATIVE = "redacteur@example.org", "vertegenwoordiger@example.org"
HEIGHT, MENU = 720, 200
WIDTHS = {EDITOR: 1120, REPRESENTATIVE: 720}
SHEET = "Titel;Soort;Website;Trekker\nVernieuwonderwijs;;https://voorbeeld.example/;een stichting\nNieuw;Kookclub;;\n"
BLURB = (
    "Wij helpen opleiders van zeven hogescholen met toetsen die losstaan van één leerroute. Vier keer per jaar kijken "
    "we samen naar een toets die ergens werkt, of juist niet. Tussendoor stellen we elkaar vragen in een mailgroep. "
    "Vorig jaar maakten we een kijkwijzer voor portfolio’s, die nu bij vijf opleidingen in gebruik is. Dit jaar zoeken "
    "we uit hoe je eerlijk weegt wat iemand al eerder leerde. Je hoeft niets mee te brengen, behalve een toets waar je "
    "over twijfelt. Nieuwe mensen lopen een dag mee met iemand die er al langer bij is."
)

Steps = Callable[[Page], object]


def main() -> None:
    with tempfile.TemporaryDirectory() as data, time_machine.travel(THE_DAY, tick=False):
        os.environ |= {"DATA_DIR": data, "DEMO": "1", "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
        made = _content()
        with _served() as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=PARTS["browser"].find(), args=["--no-sandbox"])
            for who, pictures in made.items():
                size: ViewportSize = {"width": WIDTHS[who], "height": HEIGHT}
                left = MENU if who == EDITOR else 0
                seen: FloatRect = {"x": left, "y": 0, "width": size["width"] - left, "height": HEIGHT}
                page = browser.new_page(viewport=size, locale="nl-NL", timezone_id="Europe/Amsterdam")
                _sign_in(page, url, who)
                for name, (path, steps) in pictures.items():
                    page.goto(url + path)
                    steps(page)
                    page.wait_for_load_state("networkidle")
                    _keep(name, page.screenshot(clip=seen, animations="disabled", caret="hide"))
            browser.close()


def _content() -> dict[str, dict[str, tuple[str, Steps]]]:
    """Fill the site with what the pictures show; gives per person where each picture is to be made."""
    import django

    django.setup()
    from django.core.management import call_command

    for command in ("migrate", "rebuild_search", "load_demo"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from tools.handbook_content import fill

    found = fill(BLURB)
    return {
        EDITOR: {
            "te-doen": ("/beheer/", _to("#te-doen-section")),
            "tekst-nakijken": (f"/beheer/nakijken/{found.submission}/", _stay),
            "bijhouders": (f"/beheer/vertegenwoordigers/{found.claimed}/", _stay),
            "kapotte-link": (f"/beheer/links/{found.dead_link}/", _stay),
            "wat-ontbreekt": ("/beheer/ontbreekt/", _stay),
            "actueel": ("/beheer/actueel/", _stay),
            "inlezen": ("/beheer/invoeren/", _send_sheet),
            "samenvoegen": ("/beheer/levensloop/samenvoegen/", _stay),
            "vergeefs-gezocht": ("/beheer/zoeken/vergeefs/", _stay),
        },
        REPRESENTATIVE: {
            "bericht-van-de-redactie": (f"/mijn/paginas/{found.returned}/", _stay),
            "mijn-paginas": ("/mijn/paginas/", _stay),
            "tekst-schrijven": (f"/mijn/paginas/{found.kept}/", _write),
        },
    }


@contextmanager
def _served() -> Iterator[str]:
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: Any) -> None: ...

    server = ThreadedWSGIServer(("127.0.0.1", free_port()), Quiet)
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def _sign_in(page: Page, url: str, who: str) -> None:
    page.goto(f"{url}/account/inloggen/?next=/mijn/")
    page.get_by_label("E-mailadres").fill(who)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{url}/mijn/")
    page.goto(f"{url}/mijn/")  # what was said about signing in is gone now


def _stay(page: Page) -> None: ...


def _to(selector: str) -> Steps:
    return lambda page: page.locator(selector).evaluate("found => found.scrollIntoView()")


def _send_sheet(page: Page) -> None:
    page.get_by_label("Netwerken", exact=True).check()
    file = {"name": "netwerken.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Laat zien wat er verandert").click()


def _write(page: Page) -> None:
    blurb = page.get_by_label("Wat doen jullie voor flexibel opleiden?")
    blurb.fill(BLURB)
    blurb.evaluate("field => { field.scrollIntoView(); scrollBy(0, -160) }")


def _keep(name: str, png: bytes) -> None:
    from cms.handbook.chapters import PICTURES

    path = PICTURES / f"{name}.webp"
    made = Image.open(BytesIO(png)).convert("RGB")
    content = BytesIO()
    made.save(content, "WEBP", quality=80, method=6)
    if not _is_same(path, content):
        path.write_bytes(content.getvalue())
        print(f"{path.name}: {len(content.getvalue()) // 1024} kB")


def _is_same(path: Path, content: BytesIO) -> bool:
    if not path.exists():
        return False
    with Image.open(path) as old, Image.open(content) as new:
        return old.size == new.size and ImageChops.difference(old.convert("RGB"), new.convert("RGB")).getbbox() is None


if __name__ == "__main__":
    main()
