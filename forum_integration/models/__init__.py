from forum_integration.models.attachments import Attachment, private_storage, server_made_name
from forum_integration.models.forums import ForumDetails
from forum_integration.models.topics import PostDetails, TopicDetails, TopicKind

__all__ = [
    "Attachment",
    "ForumDetails",
    "PostDetails",
    "TopicDetails",
    "TopicKind",
    "private_storage",
    "server_made_name",
]
