"""What the writer of an idea fills in at its end."""

from typing import Any

from machina.apps.forum_conversation.models import Topic

from forum_integration import markup
from forum_integration.forms import PostForm, TextField


class SummaryForm(PostForm):
    text = TextField(
        label="Wat neem je mee?",
        max_length=markup.LONGEST_TEXT,
        help_text="Wat heb je aan de reacties, en wat ga je ermee doen? Dit komt boven de reacties te staan.",
    )

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, forum=topic.forum, **kwargs)
