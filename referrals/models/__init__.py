from .finder import FinderAnswer, FinderCode, FinderEnding, FinderPlace, FinderQuestion, FinderSettings
from .link import LinkResult
from .organization import Organization
from .pages import GetHelpPage, GuidePage, PractitionersPage
from .service import Check, Service
from .short_address import ShortAddress, WeeklyCount

__all__ = [
    "Check",
    "FinderAnswer",
    "FinderCode",
    "FinderEnding",
    "FinderPlace",
    "FinderQuestion",
    "FinderSettings",
    "GetHelpPage",
    "GuidePage",
    "LinkResult",
    "Organization",
    "PractitionersPage",
    "Service",
    "ShortAddress",
    "WeeklyCount",
]
