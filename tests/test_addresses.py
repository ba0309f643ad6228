"""Nothing private is asked, however it is written and whoever resolves it, unless the source says so."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.addresses import PrivateAddress, is_loopback, is_public, literal_address, refuse_private_literal
from tests.polite_server import Newsroom, download


@pytest.fixture
def newsroom():
    newsroom = Newsroom()
    yield newsroom
    newsroom.close()


PRIVATE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.7", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "192.0.0.8", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1", "3fff::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:100.64.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::1", "2002:a00:1::", "2002:c0a8:101::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "100::1", "5f00::1", "1234::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "103.1.200.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2001:4860:4860::8888",
          "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_the_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["", "bao.example", "8.8.8", "127.1", "8.8.8.8.8", "[2606:4700::1111]", "8.8.8.8\n"]
)
def test_what_is_no_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "0X7F.0.0.1", "2130706433", "017700000001",
        "0177.0.0.1", "0", "0.0.0.0", "10.1", "192.168.257", "0xa9.0xfe.0xa9.0xfe", "[::1]", "::1", "[::]",
        "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[fe80::1%25eth0]", "[fd00::1]", "[0:0:0:0:0:0:0:1]", "localhost",
        "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "ip6-localhost", "１２７.0.0.1", "127。0。0。1",
        "①②⑦.0.0.1", " 127.0.0.1",
    ],
)  # fmt: skip
def test_this_machine_and_its_neighbours_are_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(PrivateAddress, match="allow_private"):
        refuse_private_literal(host, allowed=False)
    refuse_private_literal(host, allowed=True)


@given(
    st.integers(0, 2**24 - 1), st.sampled_from([10, 127]), st.sampled_from(["{}", "0x{:x}", "0{:o}"]), st.integers(1, 4)
)
def test_every_way_socket_reads_a_private_address_is_refused(rest: int, net: int, form: str, parts: int) -> None:
    number = net << 24 | rest
    octets = [number >> (24 - 8 * place) & 0xFF for place in range(parts - 1)]
    last = number & ((1 << (32 - 8 * (parts - 1))) - 1)
    host = ".".join(form.format(part) for part in [*octets, last])
    assert socket.inet_aton(host) == number.to_bytes(4, "big")
    with pytest.raises(PrivateAddress):
        refuse_private_literal(host, allowed=False)


@pytest.mark.parametrize("host", ["bao.example", "localhost.example", "127.0.0.1.example", "8.8.8.8", "134744072",
                                  "[2606:4700::1111]", "báo.example", "", "a b", "1.2.3.4.5", "0x.example"])  # fmt: skip
def test_names_and_public_literals_pass(host: str) -> None:
    refuse_private_literal(host, allowed=False)


def test_a_literal_is_read_as_the_address_it_means() -> None:
    assert literal_address("127.1") == "127.0.0.1"
    assert (
        literal_address("[::ffff:10.0.0.1]") == "::ffff:10.0.0.1"
        or literal_address("[::ffff:10.0.0.1]") == "::ffff:a00:1"
    )
    assert literal_address("bao.example") is None


@pytest.mark.parametrize(("host", "here"), [("localhost", True), ("127.8.0.1", True), ("[::1]", True), ("10.0.0.1", False),
                                            ("bao.example", False), ("0.0.0.0", False)])  # fmt: skip
def test_only_this_machine_is_loopback(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_private_names_and_literals_are_refused_when_connecting(newsroom: Newsroom) -> None:
    hosts = ["127.0.0.1", "localhost", "127.1", "2130706433", "noi-bo.example", "metadata.example"]
    urls = [f"http://{host}:{newsroom.port}/tin" for host in hosts]
    names = {"noi-bo.example": ["127.0.0.1"], "metadata.example": ["169.254.169.254"]}
    found = download([*urls, urls[-2]], hosts, names=names)
    assert newsroom.asked == []
    for answer, host in zip(found["answers"], [*hosts, hosts[-2]], strict=True):
        assert answer["error"] == "CannotResolveHostError"
        assert "expected a public address" in answer["refused"], host
    # The last one was answered from the cache of names, the literals never were looked up.
    assert found["lookups"] == ["noi-bo.example", "metadata.example"]


def test_an_ipv6_literal_connects_nowhere(newsroom: Newsroom) -> None:
    found = download([f"http://[::1]:{newsroom.port}/", f"http://[::ffff:127.0.0.1]:{newsroom.port}/"], ["::1"])
    assert [set(answer) for answer in found["answers"]] == [{"error", "refused"}] * 2
    assert newsroom.asked == []


def test_private_hosts_a_source_allows_are_fetched(newsroom: Newsroom) -> None:
    hosts = ["127.0.0.1", "localhost", "noi-bo.example"]
    urls = [f"http://{host}:{newsroom.port}/tin" for host in hosts]
    found = download(urls, hosts, allow=hosts, names={"noi-bo.example": ["127.0.0.1"]})
    assert [answer.get("status") for answer in found["answers"]] == [200, 200, 200]
    assert newsroom.asked == [f"{host}/tin" for host in hosts]


def test_what_one_source_may_ask_no_other_may(newsroom: Newsroom) -> None:
    urls = [f"http://{host}.example:{newsroom.port}/tin" for host in ("noi-bo", "la")]
    names = {"noi-bo.example": ["127.0.0.1"], "la.example": ["127.0.0.1"]}
    found = download(urls, [], allow=["noi-bo.example"], names=names)
    assert newsroom.asked == ["noi-bo.example/tin"]
    assert found["answers"][1]["refused"].startswith("la.example: ")


def test_the_address_that_was_checked_is_the_one_connected_to(newsroom: Newsroom) -> None:
    # A name server that answers otherwise the second time is not asked a second time.
    names = {"doi-y.example": ["127.0.0.1", "169.254.169.254"]}
    url = f"http://doi-y.example:{newsroom.port}/tin"
    found = download([url, url], ["doi-y.example"], allow=["doi-y.example"], names=names)
    assert [answer["ip"] for answer in found["answers"]] == ["127.0.0.1"] * 2
    assert found["lookups"] == ["doi-y.example"]


def test_a_proxy_of_the_environment_is_not_used(newsroom: Newsroom) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        proxy = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"), proxy) | {"no_proxy": ""}
        found = download([f"http://127.0.0.1:{newsroom.port}/tin"], [], proxies, allow=["127.0.0.1"])
    assert found["answers"][0]["status"] == 200
    assert newsroom.asked == ["127.0.0.1/tin"]
