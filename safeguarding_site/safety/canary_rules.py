"""What a page of the site must show and must not do, read from its HTML, styles and headers as they arrive."""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

LEAVE = "/leave/"
# The branches where a reader may be watched: there the way out is on by default.
EXIT_BRANCHES = ("/key-priorities/", "/get-help/", "/stay-safe-online/")
SILENT_CALL = re.compile(r"\b55\b.{0,40}mobiles only")
DATA_BLOCKS = ("application/json", "application/ld+json")
# Elements that make the browser ask or send by itself; a plain link is the reader's own doing.
LOADS = {
    "script": ["src"],
    "img": ["src", "srcset"],
    "source": ["src", "srcset"],
    "iframe": ["src"],
    "embed": ["src"],
    "object": ["data"],
    "video": ["src", "poster"],
    "audio": ["src"],
    "track": ["src"],
    "input": ["src", "formaction"],
    "button": ["formaction"],
    "form": ["action"],
    "base": ["href"],
    "use": ["href", "xlink:href"],
    "image": ["href", "xlink:href"],
    "a": ["ping"],
}
ONLY_NAMED = {"canonical", "alternate", "author", "license", "help", "next", "prev", "me"}
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)


def host_of(url):
    """Return host and port, with the port that the scheme stands for left out."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    ordinary = {"http": 80, "https": 443}.get(parts.scheme)
    return (parts.hostname or "") + (f":{port}" if port and port != ordinary else "")


def join(url, name):
    """Return the whole address of what a page names; nothing if it is none."""
    try:
        whole = urljoin(url, name.strip())
        urlsplit(whole)
    except ValueError:  # such as http://[
        return ""
    return whole


def read(html):
    return BeautifulSoup(html, "html.parser")


# --- The page


def pages_linked_from(html, url):
    """Return the pages of this site that the page leads to, those in its menus first, each once."""
    soup = read(html)
    links = [*soup.select("header a[href], nav a[href]"), *soup.select("a[href]")]
    found = (join(url, link["href"]) for link in links)
    ours = (address.partition("#")[0].partition("?")[0] for address in found if same_site(address, url))
    return list(dict.fromkeys(ours))


def same_site(address, url):
    return urlsplit(address).scheme in ("http", "https") and host_of(address) == host_of(url)


def assets_of(html, url):
    """Return the styles and scripts of this site that the page loads."""
    soup = read(html)
    named = [link.get("href") for link in soup.select("link[rel~=stylesheet]")]
    named += [script.get("src") for script in soup.find_all("script")]
    found = (join(url, name) for name in named if name)
    return list(dict.fromkeys(address for address in found if same_site(address, url)))


def faults_of_page(html, url):
    faults = []
    if exit_is_due(url) and not has_exit(html, url):
        faults.append("the quick exit is missing")
    return faults + faults_of_strip(html) + what_is_loaded(html, url)


def exit_is_due(url):
    path = urlsplit(url).path or "/"
    return path == "/" or path.startswith(EXIT_BRANCHES)


def has_exit(html, url):
    """Say whether a link outside the page's own words leads to the way out: one in a sentence is no bar."""
    soup = read(html)
    if soup.main:
        soup.main.extract()
    found = (join(url, link["href"]) for link in soup.select("a[href]"))
    return any(same_site(address, url) and urlsplit(address).path == LEAVE for address in found)


def faults_of_strip(html):
    soup = read(html)
    dialled = [link["href"][4:] for link in soup.select('a[href^="tel:"]')]
    faults = []
    if "999" not in dialled:
        faults.append("no link dials 999")
    if any(re.sub(r"\D", "", number).startswith("999") and number != "999" for number in dialled):
        faults.append("a link dials more than 999")
    text = " ".join(soup.get_text(" ").split())
    if not SILENT_CALL.search(text):
        faults.append("what to do when you cannot speak is missing (55, mobiles only)")
    return faults


def what_is_loaded(html, url):
    """Return what the page loads or runs that it should not: foreign hosts, and script or style written into it."""
    soup = read(html)
    faults = [f"names a foreign host, {host}" for host in foreign_hosts(soup, url)]
    scripts = soup.find_all("script", src=False)
    if any(script.get("type", "").lower() not in DATA_BLOCKS for script in scripts):
        faults.append("holds an inline script")
    attributes = [(name.lower(), value) for tag in soup.find_all(True) for name, value in tag.attrs.items()]
    if any(name.startswith("on") for name, _ in attributes):
        faults.append("holds an inline event handler")
    if any(isinstance(value, str) and value.strip().lower().startswith("javascript:") for _, value in attributes):
        faults.append("holds a javascript: address")
    if soup.find("style") or any(name == "style" for name, _ in attributes):
        faults.append("holds an inline style")
    return faults


def foreign_hosts(soup, url):
    addresses = [
        link.get("href", "") for link in soup.find_all("link") if not ONLY_NAMED.issuperset(link.get("rel") or ["?"])
    ]
    for tag, names in LOADS.items():
        for element in soup.find_all(tag):
            addresses += [
                address for name in names for address in split_addresses(name, element.get(name) or "") if address
            ]
    addresses += [text for style in soup.find_all("style") for text in addresses_in_css(style.get_text())]
    return foreign_of(addresses, url)


def split_addresses(name, value):
    """Return the addresses of an attribute: most hold one, a set of pictures or of pings several."""
    if name == "srcset":
        return [part.split()[0] for part in value.split(",") if part.split()]
    return value.split() if name == "ping" else [value]


def foreign_of(addresses, url):
    found = (join(url, address) for address in addresses)
    hosts = (host_of(address) for address in found if urlsplit(address).netloc and host_of(address) != host_of(url))
    return list(dict.fromkeys(hosts))


def addresses_in_css(css):
    return [address or imported for address, imported in IN_CSS.findall(css)]


def foreign_in_css(css, url):
    return [f"names a foreign host, {host}" for host in foreign_of(addresses_in_css(css), url)]


def leads_away(html, redirect, url):
    """Say whether a page or its redirect names an https address of another site."""
    soup = read(html)
    addresses = [redirect, *(link["href"] for link in soup.select("a[href]"))]
    for refresh in soup.select('meta[http-equiv="refresh" i][content]'):
        addresses.append(refresh["content"].partition("=")[2].strip(" '\""))
    found = [urlsplit(join(url, address)) for address in addresses if address]
    return any(parts.scheme == "https" and host_of(parts.geturl()) != host_of(url) for parts in found)


# --- Headers


def faults_of_headers(headers):
    policies = [read_policy(text) for text in headers.get_list("content-security-policy")]
    faults = []
    if not policies:
        faults.append("Content-Security-Policy is missing")
    # The browser obeys them all, so one strict policy is enough.
    elif not any(is_strict(policy) for policy in policies):
        faults.append("Content-Security-Policy is weak: default-src must be 'none' or 'self', without 'unsafe-inline'")
    wanted = headers.get("referrer-policy", "")
    if wanted.lower() != "no-referrer":
        faults.append(f"Referrer-Policy is {wanted!r}, not no-referrer" if wanted else "Referrer-Policy is missing")
    if headers.get("x-content-type-options", "").lower() != "nosniff":
        faults.append("X-Content-Type-Options is missing")
    framed = headers.get("x-frame-options", "").upper() in ("DENY", "SAMEORIGIN")
    if not framed and not any("frame-ancestors" in policy for policy in policies):
        faults.append("X-Frame-Options is missing")
    if not headers.get("permissions-policy", "").strip():
        faults.append("Permissions-Policy is missing")
    return faults


def read_policy(text):
    """Return {directive: sources} of a Content-Security-Policy."""
    directives = [part.split() for part in text.lower().split(";") if part.split()]
    return {name: sources for name, *sources in reversed(directives)}  # of two with one name the first counts


def is_strict(policy):
    sources = {source for sources in policy.values() for source in sources}
    default = policy.get("default-src")
    return default in (["'none'"], ["'self'"]) and not {"'unsafe-inline'", "'unsafe-eval'", "*"} & sources
