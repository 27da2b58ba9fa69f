from safeguarding_site.models.image import SiteImage, SiteImageRendition
from safeguarding_site.models.neutral import NeutralAddress
from safeguarding_site.models.pages import InformationPage, SitePage
from safeguarding_site.models.search import DangerRule, EditorsPick, SearchWeek, WordsPeopleUse
from safeguarding_site.models.search_page import SearchPage
from safeguarding_site.models.site import Alert, EmergencyFacts, FactToCheck, LoadedContent, SiteSettings
from safeguarding_site.models.topic import Topic
from safeguarding_site.models.user import User

__all__ = [
    "Alert",
    "DangerRule",
    "EditorsPick",
    "EmergencyFacts",
    "FactToCheck",
    "InformationPage",
    "LoadedContent",
    "NeutralAddress",
    "SiteImage",
    "SiteImageRendition",
    "SearchPage",
    "SearchWeek",
    "SitePage",
    "SiteSettings",
    "Topic",
    "User",
    "WordsPeopleUse",
]
