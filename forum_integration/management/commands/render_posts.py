from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post

from forum_integration import markup
from forum_integration.models import PostDetails


class Command(BaseCommand):
    help = "Render posts again that an older version of forum_integration.markup rendered, and all descriptions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those of the present version")

    def handle(self, *, all: bool, verbosity: int, **options: Any) -> None:
        posts = Post.objects.all() if all else Post.objects.exclude(details__markup_version=markup.VERSION)
        pks = list(posts.order_by("pk").values_list("pk", flat=True))
        for pk in pks:
            text = Post.objects.values_list("content", flat=True).get(pk=pk)
            Post.objects.filter(pk=pk).update(_content_rendered=markup.render(text))
            PostDetails.objects.update_or_create(post_id=pk, defaults={"markup_version": markup.VERSION})
        for pk, text in Forum.objects.exclude(description=None).values_list("pk", "description"):
            Forum.objects.filter(pk=pk).update(_description_rendered=markup.render(text))
        if verbosity > 0:
            self.stdout.write(f"Rendered {len(pks)} posts.")
