from safeguarding_site.models.image import SiteImage, SiteImageRendition
from safeguarding_site.models.neutral import NeutralAddress
from safeguarding_site.models.pages import InformationPage, SitePage
from safeguarding_site.models.site import Alert, EmergencyFacts, FactToCheck, LoadedContent, SiteSettings
from safeguarding_site.models.topic import Topic
from safeguarding_site.models.user import User

__all__ = [
    "Alert",
    "EmergencyFacts",
    "FactToCheck",
    "InformationPage",
    "LoadedContent",
    "NeutralAddress",
    "SiteImage",
    "SiteImageRendition",
    "SitePage",
    "SiteSettings",
    "Topic",
    "User",
]
