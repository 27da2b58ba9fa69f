"""Keeps the link monitor out of private networks: it opens links that others wrote, from inside the council's own.

Every connection, of the first request and of each redirect, is opened here and nowhere else. A name is resolved once;
if one of its addresses is not public, nothing is opened; else the connection goes to the very address that was looked
at, so a name cannot change its mind in between (DNS rebinding). What is said over the connection, the Host header and
the name in the TLS handshake, is that of the link.
"""

import ipaddress
import socket
import time

import httpcore
import httpx

# The most that is read over one connection, headers included.
BYTES = 64 * 1024
# How many addresses of a name are tried.
ADDRESSES = 3

# Where clouds tell machines their secrets: most such addresses are link-local, this one (Azure) looks public.
METADATA = {ipaddress.ip_address("168.63.129.16")}
# RFC 6052: an IPv4 address behind this prefix is what a network of IPv6 alone makes of every older site.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# No site lives here, and not every Python we support calls all of it private: the protocols' own addresses, ways to
# write an IPv4 address in IPv6 (mapped, compatible, local NAT64, Teredo, 6to4), and site-local.
REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        *["192.0.0.0/24", "192.88.99.0/24"],
        *["::ffff:0:0/96", "::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"],
    )
]


class PrivateAddressError(Exception):
    """The name leads to an address that is not public. Nothing was opened."""

    def __init__(self, host):
        super().__init__(f"{host} leads into a private network")
        self.host = host


def is_public(address):
    """Say whether anybody on the internet could open this IP address, given as text."""
    ip = ipaddress.ip_address(address)
    if ip in NAT64:
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if any(ip in network for network in REFUSED):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in METADATA)


def resolve_public(host, port, also_allow=frozenset()):
    """Return the addresses of a host as (family, sockaddr), asked for once.

    Raise PrivateAddressError unless all of them are public, socket.gaierror if there are none.
    `also_allow` holds (address, port) pairs that are opened all the same: for tests, whose server is a local one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a part of the name is empty, or longer than names can be
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
    addresses = [(family, where) for family, _, _, _, where in found if family in (socket.AF_INET, socket.AF_INET6)]
    for _, where in addresses:
        if (where[0], port) not in also_allow and not is_public(where[0]):
            raise PrivateAddressError(host)
    if not addresses:
        raise socket.gaierror(socket.EAI_NONAME, "no address")
    return addresses


class Connection(httpcore.NetworkStream):
    """One socket, for one request. All of it must be over by `deadline`: a server that drips is not waited for."""

    def __init__(self, opened, deadline):
        self.socket = opened
        self.deadline = deadline
        self.bytes_left = BYTES

    def limit(self, too_late):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise too_late("out of time")
        self.socket.settimeout(left)

    def read(self, max_bytes, timeout=None):
        self.limit(httpcore.ReadTimeout)
        if not self.bytes_left:
            raise httpcore.ReadError("enough is read")
        try:
            data = self.socket.recv(min(max_bytes, self.bytes_left))
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self.bytes_left -= len(data)
        return data

    def write(self, buffer, timeout=None):
        self.limit(httpcore.WriteTimeout)
        try:
            self.socket.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        self.limit(TimeoutError)
        try:
            return Connection(ssl_context.wrap_socket(self.socket, server_hostname=server_hostname), self.deadline)
        except (OSError, ValueError):  # ValueError: a name that can stand in no certificate
            self.close()
            raise

    def close(self):
        self.socket.close()

    def get_extra_info(self, info):
        # No connection is used twice, so nobody has to be told whether one still could be.
        return None


class GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, timeout, also_allow):
        self.timeout = timeout
        self.also_allow = also_allow

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        deadline = time.monotonic() + self.timeout
        places = resolve_public(host, port, self.also_allow)[:ADDRESSES]
        for tried, place in enumerate(places):
            # A share of the time for each: many machines have no way to the first one, which is often of IPv6.
            share = (deadline - time.monotonic()) / (len(places) - tried)
            try:
                return Connection(open_socket(*place, share), deadline)
            except OSError as error:
                trouble = error
        raise trouble


def open_socket(family, where, timeout):
    """Return a socket connected to exactly this address. Nobody is asked for a name again."""
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.settimeout(max(timeout, 0.01))  # 0 would mean not to wait at all
        opened.connect(where)
    except OSError:
        opened.close()
        raise
    return opened


class GuardedTransport(httpx.BaseTransport):
    """Sends a request over a connection of its own that the guard has opened.

    Errors until it is open are those of `socket` and `ssl`, then those of httpcore.
    """

    def __init__(self, timeout, ssl_context, also_allow=frozenset()):
        self.pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_keepalive_connections=0,
            network_backend=GuardedBackend(timeout, also_allow),
        )

    def handle_request(self, request):
        answer = self.pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=Body(answer.stream))

    def close(self):
        self.pool.close()


class Body(httpx.SyncByteStream):
    def __init__(self, stream):
        self.stream = stream

    def __iter__(self):
        yield from self.stream

    def close(self):
        self.stream.close()
