from .link import LinkResult
from .organization import Organization
from .pages import GetHelpPage, GuidePage, PractitionersPage
from .service import Check, Service
from .short_address import ShortAddress, WeeklyCount

__all__ = [
    "Check",
    "GetHelpPage",
    "GuidePage",
    "LinkResult",
    "Organization",
    "PractitionersPage",
    "Service",
    "ShortAddress",
    "WeeklyCount",
]
