from .image import SiteImage, SiteImageRendition
from .pages import InformationPage, SitePage
from .site import Alert, EmergencyFacts, FactToCheck, LoadedContent, SiteSettings
from .topic import Topic
from .user import User

__all__ = [
    "Alert",
    "EmergencyFacts",
    "FactToCheck",
    "InformationPage",
    "LoadedContent",
    "SiteImage",
    "SiteImageRendition",
    "SitePage",
    "SiteSettings",
    "Topic",
    "User",
]
