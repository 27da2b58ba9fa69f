"""What an answer, or none, says about a link. Nothing here asks anybody."""

import re
import socket
import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

import httpcore

from referrals.link_monitor.guard import PrivateAddressError
from referrals.models import LinkResult

Status = LinkResult.Status

# 406, 418 and 999 are what some firewalls and LinkedIn say to programs; a person in a browser gets the page.
REFUSALS = {403, 406, 418, 429, 999}
# What firewalls say while they ask a browser to prove itself.
CHALLENGE_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "challenge"}
CHALLENGE = re.compile(
    r"captcha|just a moment|cf-chl|challenge-platform|are you (?:a )?(?:human|robot)|_incapsula_", re.I
)
LOGIN = re.compile(r"(?:^|[/._-])(?:log-?[io]n|sign-?in|sso|saml2?|oauth2?|authori[sz]e|openid)(?:$|[/._?-])", re.I)


@dataclass
class Answer:
    """What a server said at the end of a chain of redirects."""

    url: str
    code: int
    headers: dict = field(default_factory=dict)
    text: str = ""  # the beginning of the page, if it was asked for
    moved_to: str = ""  # where the permanent redirects at the start of the chain lead


@dataclass
class Verdict:
    """What is to be remembered of a link. FAILING is of today: whether that makes it broken, the record knows."""

    status: str
    detail: str = ""
    http_status: int | None = None
    moved_to: str = ""


class RedirectsError(Exception):
    """It sends readers on without end. The message says how."""


def judge(link, answer):
    """Return the verdict on a link that was answered."""
    moved_to = answer.moved_to if is_elsewhere(link, answer.moved_to) else ""

    def verdict(status, detail=""):
        return Verdict(status, detail, answer.code, moved_to)

    if is_login(answer.url) and not is_login(link):
        return verdict(Status.LOGIN_WALL, f"It leads to a page for signing in, at {host_of(answer.url)}.")
    if answer.code in (401, 407):
        return verdict(Status.LOGIN_WALL, "It asks for a name and a password.")
    if answer.code in REFUSALS or is_challenge(answer):
        return verdict(
            Status.REFUSES_ROBOTS, f"It answered {answer.code} to our program. People may well get the page."
        )
    if not 200 <= answer.code < 300:
        return verdict(Status.FAILING, f"It answered {answer.code}{in_words(answer.code)}.")
    if not moved_to:
        return verdict(Status.FINE)
    if urlsplit(moved_to).path in ("", "/") and urlsplit(link).path not in ("", "/"):
        return verdict(Status.MOVED, "It now leads to a front page, so the page itself may be gone.")
    return verdict(Status.MOVED, "It has moved for good. Use the new address.")


def judge_trouble(error):
    """Return the verdict on a link at which nobody answered as the web does."""
    if isinstance(error, PrivateAddressError):
        return Verdict(Status.PRIVATE, f"{error.host} leads into a private network. Nothing was opened.")
    if isinstance(error, RedirectsError):
        return Verdict(Status.FAILING, str(error))
    if isinstance(error, ssl.SSLCertVerificationError):
        return Verdict(Status.CERTIFICATE, f"Browsers warn of its certificate: {error.verify_message}.")
    if isinstance(error, ssl.SSLError):
        return Verdict(Status.FAILING, "It broke off the handshake, or offers no encryption that is still in use.")
    if isinstance(error, socket.gaierror):
        return Verdict(Status.FAILING, "There is no such host.")
    if isinstance(error, TimeoutError | httpcore.TimeoutException):
        return Verdict(Status.FAILING, "It did not answer in time.")
    if isinstance(error, OSError):
        return Verdict(Status.FAILING, "Nobody answers there.")
    return Verdict(Status.FAILING, "It broke off, or answered something that is no web page.")


def is_elsewhere(link, target):
    """Say whether a permanent redirect is worth an editor's time: "www." or a last slash more or less is not."""
    if not target:
        return False

    def plain(address):
        parts = urlsplit(address)
        return parts.scheme, parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query

    return plain(link) != plain(target)


def is_login(address):
    parts = urlsplit(address)
    return bool(LOGIN.search(parts.hostname or "") or LOGIN.search(parts.path))


def is_challenge(answer):
    if any(answer.headers.get(name, "").lower() == value for name, value in CHALLENGE_HEADERS.items()):
        return True
    return answer.code == 503 and bool(CHALLENGE.search(answer.text))


def host_of(address):
    return urlsplit(address).hostname or ""


def in_words(code):
    """Return ": not found" for 404, in the words of the standard, or nothing."""
    try:
        return f": {HTTPStatus(code).phrase.lower()}"
    except ValueError:
        return ""
