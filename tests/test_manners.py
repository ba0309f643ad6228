"""What Scrapy is told: our name, our limits, and none of its own decisions."""

import datetime
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from scrapy.settings import default_settings

from crawlers.addresses import needs_contact
from crawlers.settings import process_settings, settings_of
from crawlers.source import Fetch, Source
from tests.polite_server import Newsroom, download, download_all

CONTACT = "https://example.org/crawl"


def source(*hosts: str, **fetch: object) -> Source:
    return Source("bao", "Báo", "Báo", hosts=hosts or ("bao.example",), fetch=Fetch(**fetch))


@pytest.fixture
def newsroom():
    newsroom = Newsroom()
    yield newsroom
    newsroom.close()


def fetch(newsroom: Newsroom, path: str, environment: dict[str, str] | None = None, **fetch: object):
    return download([f"{newsroom.base}{path}"], ["127.0.0.1"], environment, allow=["127.0.0.1"], fetch=fetch)[
        "answers"
    ][0]


@pytest.mark.parametrize("contact", [None, "", "  "])
def test_nobody_is_asked_without_a_contact(contact: str | None) -> None:
    with pytest.raises(ValueError, match=r"bao.*contact.*bantin\.toml"):
        settings_of(source(), contact)
    with pytest.raises(ValueError, match="contact"):
        settings_of(source("127.0.0.1", "10.0.0.1"), contact)


@pytest.mark.parametrize(
    "contact", ["toi", "a b@c.vn", "x\r\nCookie: a=1", "mailto", "tôi@bao.vn", "a@b) (evil", "ftp://a.vn"]
)
def test_a_contact_nobody_can_write_to_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        settings_of(source(), contact)


@pytest.mark.parametrize("contact", ["toi@bao.vn", "https://bao.vn/crawl?x=1", " toi@bao.vn "])
def test_a_contact_stands_in_the_user_agent(contact: str) -> None:
    agent = settings_of(source(), contact)["USER_AGENT"]
    assert agent.startswith("Bantin/")
    assert agent.endswith(f" (+{contact.strip()})")


def test_this_machine_needs_no_contact() -> None:
    assert not needs_contact(source("127.0.0.1", "127.0.0.2", "localhost"))
    assert settings_of(source("127.0.0.1"), None)["USER_AGENT"].startswith("Bantin/")
    assert needs_contact(source("127.0.0.1", "bao.example"))
    assert needs_contact(source("192.168.1.5"))


@pytest.mark.parametrize("tls", ["verify", "legacy", "unverified"])
def test_every_setting_is_one_scrapy_knows(tls: str) -> None:
    known = set(default_settings.__all__) | {"BANTIN_SOURCE"}
    assert set(settings_of(source(tls=tls, cookies=True), CONTACT)) | set(process_settings()) <= known


def test_scrapys_own_limit_lies_above_ours() -> None:
    # A request that had its turn must not queue in Scrapy and leave together with the next.
    settings = settings_of(source(concurrency=3), CONTACT)
    assert settings["CONCURRENT_REQUESTS_PER_DOMAIN"] > 3
    assert settings["CONCURRENT_REQUESTS"] > 3
    assert settings["DOWNLOAD_DELAY"] == settings["DOWNLOAD_DELAY_JITTER"] == 0


def test_a_request_says_who_asks_and_nothing_of_where_we_came_from(newsroom: Newsroom) -> None:
    fetch(newsroom, "/tin")
    assert newsroom.headers[0].keys() == {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding"}
    assert newsroom.headers[0]["User-Agent"].endswith(f"(+{CONTACT})")
    assert newsroom.headers[0]["Accept-Encoding"] == "gzip, deflate, br"
    assert newsroom.headers[0]["Accept-Language"].startswith("vi")


def test_a_body_arrives_as_it_was_sent(newsroom: Newsroom) -> None:
    assert fetch(newsroom, "/gzip")["body"] == "\x1f\x8bnot really"


def test_cookies_are_kept_only_where_the_source_says_so(newsroom: Newsroom) -> None:
    urls = [f"{newsroom.base}/self", f"{newsroom.base}/tin"]
    for cookies in (False, True):
        newsroom.headers.clear()
        download(urls, ["127.0.0.1"], allow=["127.0.0.1"], fetch={"cookies": cookies})
        assert newsroom.headers[-1].get("Cookie") == ("vao=1" if cookies else None)


def test_a_body_over_the_limit_is_broken_off_and_one_that_breaks_off_is_no_answer(newsroom: Newsroom) -> None:
    paths = {
        "/big/1000": None,
        "/chunked/1000": None,
        "/big/1001": "DownloadCancelledError",
        "/chunked/1001": "DownloadCancelledError",
        "/cut": "ResponseDataLossError",
    }
    urls = [newsroom.base + path for path in paths]
    found = download(urls, ["127.0.0.1"], allow=["127.0.0.1"], fetch={"max_bytes": 1000})
    assert [answer.get("error") for answer in found["answers"]] == list(paths.values())


def test_an_error_is_an_answer_and_not_asked_again(newsroom: Newsroom) -> None:
    paths = [f"/status/{status}" for status in (404, 429, 500, 503)]
    found = download([newsroom.base + path for path in paths], ["127.0.0.1"], allow=["127.0.0.1"])
    assert [answer["status"] for answer in found["answers"]] == [404, 429, 500, 503]
    assert newsroom.paths == paths


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and self-signed certificate of 127.0.0.1 in one file."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bantin-test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "newsroom.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def secure(certificate: Path, version: ssl.TLSVersion) -> Newsroom:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    context.load_cert_chain(certificate)
    return Newsroom(context)


LATE, OLD = ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1
TLS = {
    # whether the system trusts the certificate: tls of the source, version of the server, host in the URL, fetched
    True: [
        ("verify", LATE, "127.0.0.1", True),
        ("verify", OLD, "127.0.0.1", False),
        ("verify", LATE, "localhost", False),  # the certificate is of 127.0.0.1
        ("legacy", LATE, "127.0.0.1", True),
        ("legacy", OLD, "127.0.0.1", True),
        ("legacy", OLD, "localhost", False),
        ("unverified", LATE, "localhost", True),
    ],
    False: [
        ("verify", LATE, "127.0.0.1", False),
        ("legacy", OLD, "127.0.0.1", False),
        ("unverified", LATE, "127.0.0.1", True),
    ],
}


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
def test_a_server_is_asked_only_in_the_tls_its_source_says(certificate: Path, trusted: bool) -> None:
    servers = {version: secure(certificate, version) for version in (LATE, OLD)}
    hosts = ["127.0.0.1", "localhost"]
    jobs = [
        {
            "urls": [f"https://{host}:{servers[version].port}/{number}"],
            "hosts": hosts,
            "allow": hosts,
            "fetch": {"tls": tls},
        }
        for number, (tls, version, host, _) in enumerate(TLS[trusted])
    ]
    found = download_all(jobs, {"SSL_CERT_FILE": str(certificate)} if trusted else {})
    for server in servers.values():
        server.close()
    for number, (case, result) in enumerate(zip(TLS[trusted], found, strict=True)):
        _, version, _, fetched = case
        error = result["answers"][0].get("error")
        assert error == (None if fetched else "DownloadFailedError"), case
        assert (f"/{number}" in servers[version].paths) is fetched, case
