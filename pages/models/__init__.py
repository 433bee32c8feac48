from pages.models.activities import ActivityIndexPage, ActivityLink, ActivityPage
from pages.models.cards import CardIndexPage, CardPage, CardStatement
from pages.models.categories import (
    INDEX_MODELS,
    CategoryPage,
    EntryIndexPage,
    ForumPage,
    NetworkIndexPage,
    PartnershipIndexPage,
    ResearchGroupIndexPage,
)
from pages.models.corrections import Correction
from pages.models.criteria import Criterion
from pages.models.entries import (
    ENTRY_MODELS,
    EntryLink,
    EntryName,
    EntryPage,
    EntryPerson,
    NetworkPage,
    PartnershipPage,
    ResearchGroupPage,
)
from pages.models.home import HomePage
from pages.models.knowledge import ArticlePage, ArticleReference, KnowledgeIndexPage, ResourcePage
from pages.models.lifecycle import LifecycleAct, Succession
from pages.models.logos import Logo
from pages.models.proposals import Proposal
from pages.models.representation import Claim, Invitation, Representation
from pages.models.reviews import ReviewReminder
from pages.models.standard import StandardPage
from pages.models.submissions import ReviewNote, Submission, UnsentText

__all__ = [
    "ENTRY_MODELS",
    "INDEX_MODELS",
    "ActivityIndexPage",
    "ActivityLink",
    "ActivityPage",
    "ArticlePage",
    "ArticleReference",
    "CardIndexPage",
    "CardPage",
    "CardStatement",
    "CategoryPage",
    "Claim",
    "Correction",
    "Criterion",
    "EntryIndexPage",
    "EntryLink",
    "EntryName",
    "EntryPage",
    "EntryPerson",
    "ForumPage",
    "HomePage",
    "Invitation",
    "KnowledgeIndexPage",
    "LifecycleAct",
    "Logo",
    "NetworkIndexPage",
    "NetworkPage",
    "PartnershipIndexPage",
    "PartnershipPage",
    "Proposal",
    "Representation",
    "ResearchGroupIndexPage",
    "ResearchGroupPage",
    "ResourcePage",
    "ReviewNote",
    "ReviewReminder",
    "StandardPage",
    "Submission",
    "Succession",
    "UnsentText",
]
