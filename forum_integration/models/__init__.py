from forum_integration.models.attachments import Attachment, private_storage, server_made_name
from forum_integration.models.forums import ForumDetails
from forum_integration.models.moderation import Act, Report, TopicRedirect, Withheld
from forum_integration.models.topics import PostDetails, TopicDetails, TopicKind

__all__ = [
    "Act",
    "Attachment",
    "ForumDetails",
    "PostDetails",
    "Report",
    "TopicDetails",
    "TopicKind",
    "TopicRedirect",
    "Withheld",
    "private_storage",
    "server_made_name",
]
