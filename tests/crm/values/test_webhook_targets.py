"""Where webhooks may go: what is on the allow-list, and nothing that only looks like it."""

from ipaddress import ip_address

import pytest

from crm.values.webhook_targets import NotAllowed, read_allow_list, read_target

LISTED = read_allow_list(["hooks.city.example", " 10.1.2.0/24", "192.168.7.9", "fd00:12::/64"])
EVERYTHING = read_allow_list(["0.0.0.0/0", "::/0"])


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("https://hooks.city.example/in", (True, "hooks.city.example", 443, "/in")),
        ("http://HOOKS.city.example", (False, "hooks.city.example", 80, "/")),
        ("https://hooks.city.example.:8443/a?b=c", (True, "hooks.city.example", 8443, "/a?b=c")),
        ("http://10.1.2.200:8080/x", (False, "10.1.2.200", 8080, "/x")),
        ("http://192.168.7.9/", (False, "192.168.7.9", 80, "/")),
        ("http://[fd00:12::5]:81/", (False, "fd00:12::5", 81, "/")),
    ],
)
def test_an_address_on_the_list(address: str, parts: tuple[bool, str, int, str]) -> None:
    found = read_target(address, LISTED)
    assert (found.is_secure, found.host, found.port, found.path) == parts


@pytest.mark.parametrize(
    "address",
    [
        "", "hooks.city.example", "//hooks.city.example/", "ftp://hooks.city.example/", "file:///etc/passwd",
        "http://", "http://:80/", "http://hooks.city.example:0/", "http://hooks.city.example:99999/",
        "http://hooks.city.example:x/", "http://user@hooks.city.example/", "http://user:word@hooks.city.example/",
        "http://hooks.city.example/#part", "http://hooks.city.example/a b", "http://hooks.city.example/\r\nx: y",
        "http://hooks.city.example\\@127.0.0.1/", "http://훅.city.example/",
        "http://10.1.3.1/", "http://192.168.7.8/", "http://8.8.8.8/", "http://[fd00:13::1]/",
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
        "http://017700000001/", "http://0177.0.0.1/", "http://0/", "http://0.0.0.0/", "http://[::]/", "http://[::1]/",
        "http://[::ffff:169.254.169.254]/", "http://[::ffff:10.1.2.3]/", "http://[::10.1.2.3]/",
        "http://[64:ff9b::a01:203]/", "http://[2002:a01:203::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/",
        "http://169.254.169.254/latest/meta-data/", "http://224.0.0.1/", "http://255.255.255.255/",
    ],
)  # fmt: skip
def test_an_address_that_is_not(address: str) -> None:
    with pytest.raises(NotAllowed):
        read_target(address, LISTED)


@pytest.mark.parametrize(
    "special",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "169.254.169.254", "224.0.0.251", "255.255.255.255", "::", "::1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1", "ff02::1",
    ],
)  # fmt: skip
def test_the_machine_itself_and_its_wire_are_allowed_by_their_own_network_only(special: str) -> None:
    address = ip_address(special)
    assert EVERYTHING.admits("any.example", ip_address("93.184.216.34"))
    assert not EVERYTHING.admits("any.example", address)
    assert not read_allow_list(["any.example"]).admits("any.example", address)
    assert read_allow_list([special]).admits("any.example", address)


def test_a_listed_name_may_be_anywhere_else_and_another_only_in_a_listed_network() -> None:
    assert LISTED.admits("hooks.city.example", ip_address("172.16.5.5"))
    assert not LISTED.admits("other.city.example", ip_address("172.16.5.5"))
    assert LISTED.admits("other.city.example", ip_address("10.1.2.5"))


def test_without_a_list_there_is_no_target() -> None:
    nothing = read_allow_list([])
    for address in ("http://hooks.city.example/", "http://10.1.2.3/", "http://localhost/"):
        with pytest.raises(NotAllowed):
            read_target(address, nothing)


@pytest.mark.parametrize("wrong", ["10.1.2.3/8", "http://hooks.city.example", "*.city.example", "a b", "10.1.2.300"])
def test_what_is_neither_host_nor_network_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="neither a host name nor a network"):
        read_allow_list([wrong])
