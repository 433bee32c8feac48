"""The demo's topics carry the label of their kind wherever they are listed."""

import pytest
import yaml
from lxml import html

from cms.demo.fixtures import FOLDER

LABELS = {"vraag": "vraag", "discussie": "gesprek", "idee ter feedback": "idee", "peiling": "peiling"}


@pytest.fixture
def kinds():
    topics = yaml.safe_load((FOLDER / "forum_topics.yaml").read_text(encoding="utf-8"))
    return {topic["title"]: LABELS[topic["kind"]] for topic in topics}


def labelled(client, address):
    for item in html.fromstring(client.get(address).content.decode()).xpath("//li[@class='topic-item']"):
        [title] = item.xpath(".//*[@class='topic-item__title']")
        yield title.text_content().strip(), [label.text for label in item.xpath(".//*[@class='status-label']")]


def test_every_topic_is_labelled_with_its_kind(demo_content, client, kinds):
    index = html.fromstring(client.get("/forum/").content.decode())
    forums = index.xpath("//li[@class='forum-list__item']//h3/a/@href")
    listed = {title: labels for forum in forums for title, labels in labelled(client, forum)}

    assert set(listed) == set(kinds)
    for title, labels in [*listed.items(), *labelled(client, "/forum/"), *labelled(client, "/")]:
        assert kinds[title] in labels, title
        assert len({*LABELS.values()} & {*labels}) == 1, title
