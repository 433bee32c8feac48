"""Demo content that is pages: the tree with home and categories, entries, knowledge and activities."""

from cms import demo
from pages.demo.activities import load_activities
from pages.demo.entries import load_entries
from pages.demo.knowledge import load_knowledge
from pages.demo.representatives import load_representatives
from pages.demo.tree import load_tree


def register() -> None:
    demo.register("pages", load_tree, order=20)
    demo.register("networks, partnerships and research groups", load_entries, order=40)
    demo.register("activities", load_activities, order=50)
    demo.register("resources, articles and cards", load_knowledge, order=51)
    demo.register("representatives", load_representatives, order=60)
