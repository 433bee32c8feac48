from cms.models.changes import Change
from cms.models.erasures import Erasure
from cms.models.jobs import JobState
from cms.models.links import Link
from cms.models.mails import Mail
from cms.models.media import PlatformDocument, PlatformImage, PlatformRendition
from cms.models.organisations import Organisation, OrganisationLink
from cms.models.radar import CheckedLink, DeadLinksLetter, LinkAttempt, LinkHost, LinkUse, Outcome
from cms.models.subjects import Label, Region, Sector, Subject, SubjectTerm
from cms.models.users import Restriction, User
from cms.models.visitors import DailyKey

__all__ = [
    "Change",
    "CheckedLink",
    "DailyKey",
    "DeadLinksLetter",
    "Erasure",
    "JobState",
    "Label",
    "Link",
    "LinkAttempt",
    "LinkHost",
    "LinkUse",
    "Mail",
    "Organisation",
    "OrganisationLink",
    "Outcome",
    "PlatformDocument",
    "PlatformImage",
    "PlatformRendition",
    "Region",
    "Restriction",
    "Sector",
    "Subject",
    "SubjectTerm",
    "User",
]
