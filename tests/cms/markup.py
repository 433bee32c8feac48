"""What a page holds that could do something."""

from lxml import etree, html


def active_parts(answer):
    """What would do something in the browser beside the site's own scripts."""
    page = html.fromstring(answer.content.decode())
    attributes = [(name, value) for element in page.iter(etree.Element) for name, value in element.items()]
    scripts = [script for script in page.iter("script") if not script.get("src", "").startswith("/static/")]
    return [
        *(attribute for attribute in attributes if attribute[0].startswith("on")),
        *(value for name, value in attributes if name in {"href", "src", "action"} and "script:" in value.lower()),
        *scripts,
        *page.iter("iframe", "object", "embed", "style", "base"),
    ]
