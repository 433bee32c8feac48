from forum_integration.models.attachments import Attachment, private_storage, server_made_name
from forum_integration.models.forums import ForumDetails
from forum_integration.models.moderation import Act, Report, TopicRedirect, Withheld
from forum_integration.models.questions import Question, QuestionState, SameQuestion, UsefulMark
from forum_integration.models.topics import PostDetails, ReplyRole, TopicDetails, TopicKind
from forum_integration.models.unsent import UnsentFile, UnsentTopic

__all__ = [
    "Act",
    "Attachment",
    "ForumDetails",
    "PostDetails",
    "Question",
    "QuestionState",
    "ReplyRole",
    "Report",
    "SameQuestion",
    "TopicDetails",
    "TopicKind",
    "TopicRedirect",
    "UnsentFile",
    "UnsentTopic",
    "UsefulMark",
    "Withheld",
    "private_storage",
    "server_made_name",
]
