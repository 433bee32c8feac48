from cms.storage import private_storage
from forum_integration.models.attachments import Attachment, server_made_name
from forum_integration.models.correspondence import ContactRefusal, MessageReport, PersonalMessage
from forum_integration.models.drafts import Draft
from forum_integration.models.following import FOLLOWED, BroughtAlong, Channel, Following, Frequency, MailPreferences
from forum_integration.models.forums import ForumDetails
from forum_integration.models.history import EarlierText
from forum_integration.models.ideas import LONGEST_ASKED, Idea
from forum_integration.models.members import Profile
from forum_integration.models.moderation import Act, Report, TopicRedirect, Withheld
from forum_integration.models.news import Handle, LetterRun, MailedActivity, News, NewsKind, Notification
from forum_integration.models.questions import Question, QuestionState, SameQuestion, UsefulMark
from forum_integration.models.routing import Circle, Referral, Routing
from forum_integration.models.topics import PostDetails, ReplyRole, TopicDetails, TopicKind
from forum_integration.models.unsent import UnsentFile, UnsentTopic

__all__ = [
    "FOLLOWED",
    "LONGEST_ASKED",
    "Act",
    "Attachment",
    "BroughtAlong",
    "Channel",
    "Circle",
    "ContactRefusal",
    "Draft",
    "EarlierText",
    "Following",
    "ForumDetails",
    "Frequency",
    "Handle",
    "Idea",
    "LetterRun",
    "MailPreferences",
    "MailedActivity",
    "MessageReport",
    "News",
    "NewsKind",
    "Notification",
    "PersonalMessage",
    "PostDetails",
    "Profile",
    "Question",
    "QuestionState",
    "Referral",
    "ReplyRole",
    "Report",
    "Routing",
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
