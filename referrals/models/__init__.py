from .organization import Organization
from .pages import GetHelpPage, GuidePage, PractitionersPage
from .service import Check, Service

__all__ = ["Check", "GetHelpPage", "GuidePage", "Organization", "PractitionersPage", "Service"]
