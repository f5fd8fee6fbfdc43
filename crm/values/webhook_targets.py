"""Where webhooks may be sent: an allow-list of hosts and networks. Whatever is not on it is refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Of the machine itself, of its own wire, of everybody, and those that stand for an address of version 4: allowed only
# where the allow-list names a network that lies within.
_SPECIAL: Final[tuple[Network, ...]] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2002::/16",
        "fe80::/10", "ff00::/8",
    )
)  # fmt: skip
_NAME: Final = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\Z"
)


class NotAllowed(ValueError):
    """The address is on no allow-list, or is none."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `host` is a name in small letters, or an address without brackets."""

    is_secure: bool
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class AllowList:
    """`hosts` by name; `networks` of addresses."""

    hosts: frozenset[str]
    networks: tuple[Network, ...]

    def admits_name(self, host: str) -> bool:
        """Whether the name may be asked for its addresses: it is listed, or a listed network may hold them."""
        return host in self.hosts or bool(self.networks)

    def admits(self, host: str, address: Address) -> bool:
        """Whether the host may be reached at this address."""
        holding = [one for one in self.networks if one.version == address.version and address in one]
        special = [one for one in _SPECIAL if one.version == address.version and address in one]
        if special:
            return any(_lies_within(network, one) for network in holding for one in special)
        return host in self.hosts or bool(holding)


def read_allow_list(entries: Iterable[str]) -> AllowList:
    """From the setting's words. Raises ValueError naming the one that is neither a host nor a network."""
    hosts, networks = set(), []
    for entry in filter(None, (one.strip().lower() for one in entries)):
        try:
            networks.append(ip_network(entry.strip("[]")))
        except ValueError:
            if not _NAME.match(entry):
                raise ValueError(f"{entry!r} is neither a host name nor a network such as 10.1.2.0/24") from None
            hosts.add(entry)
    return AllowList(frozenset(hosts), tuple(networks))


def read_target(address: str, allowed: AllowList) -> Target:
    """The address taken apart. Raises NotAllowed where it is none, or its host is on no allow-list."""
    if not address.isascii() or any(c.isspace() or not c.isprintable() or c == "\\" for c in address):
        raise NotAllowed("characters that no address has")
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise NotAllowed(str(error)) from error
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise NotAllowed("no address of the web")
    if "@" in parts.netloc or "#" in address:
        raise NotAllowed("an address with a name, a password or a fragment")
    _refuse_host(host, allowed)
    is_secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_secure, host, port or (443 if is_secure else 80), path)


def _refuse_host(host: str, allowed: AllowList) -> None:
    try:
        literal = ip_address(host)
    except ValueError:
        # A last label that begins with a digit is no name: it is an address in another form (2130706433, 0x7f.1).
        if not _NAME.match(host):
            raise NotAllowed("neither a name nor an address") from None
        if not allowed.admits_name(host):
            raise NotAllowed("on no allow-list") from None
        return
    if "%" in host or not allowed.admits(host, literal):
        raise NotAllowed("on no allow-list")


def _lies_within(network: Network, special: Network) -> bool:
    if isinstance(network, IPv4Network) and isinstance(special, IPv4Network):
        return network.subnet_of(special)
    return isinstance(network, IPv6Network) and isinstance(special, IPv6Network) and network.subnet_of(special)
