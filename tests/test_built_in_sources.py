"""The source files we deliver: what they claim, which addresses they take for bulletins, and the page that lists them."""

import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import regex

from crawlers.catalog import BUILT_IN, load_catalog
from crawlers.discovery.address import MAX_URL
from crawlers.discovery.ways import WAYS
from crawlers.source import Source

CATALOG = load_catalog(None)
PUBLISHERS = {source.source_id: source for source in CATALOG if source.source_id != "local"}
PAGE = (Path(__file__).parents[1] / "docs" / "built-in-sources.md").read_text(encoding="utf-8")
WHY = regex.compile(r"no (?:article URL|list)\b|not known|nothing was found|neither its address", regex.IGNORECASE)

PATHS = {  # source: (paths of bulletins, paths that are none); made up, in the shapes the files tell of
    "antg": (
        ["/Phong-su/Chuyen-o-vung-bien-545883/", "/ho-so-mat/mot-vu-an-cu-i601234/"],
        ["/phong-su/", "/vi-VN/sukien.rss"],
    ),
    "antgct": (["/Chuyen-de/Nguoi-giu-lua-i612345/", "/Nhan-vat/Mot-doi-linh-512345"], ["/Chuyen-de/", "/Nhan-vat/2"]),
    "bacgiang": (
        ["/web/guest/-/khai-mac-hoi-thao", "/chinh-tri/-/asset_publisher/aBc123/content/hop-bao-thuong-ky"],
        ["/chinh-tri", "/web/guest/-/", "/chinh-tri/-/asset_publisher/aBc123"],
    ),
    "baochinhphu": (
        ["/hop-bao-chinh-phu-102260731091819693.htm", "/a-10226073109181969.htm"],
        ["/chinh-tri.htm", "/su-kien-123.htm", "/Tin-noi-bat/Hop/401234.vgp"],
    ),
    "baohaiquan": (["/tin-tuc/huan-luyen-tren-bien", "/tin-tuc/tuan-tra"], ["/tin-tuc", "/Pages/default.aspx"]),
    "baohatinh": (
        ["/ky-hop-thu-10-post281234.html", "/chinh-tri/ky-hop-post1.html"],
        ["/chinh-tri/", "/tin-moi.html", "/epaper/"],
    ),
    "baohiemxahoi": (
        ["/tintuc/Pages/an-sinh-xa-hoi.aspx", "/tintuc/pages/kinh-te.aspx"],
        ["/Pages/default.aspx", "/tintuc/Lists/a.aspx"],
    ),
    "baoquankhu7": (
        ["/70-nam-mot-tac-pham--1208799921-006142s34510gs", "/dai-hoi-thi-dua-12345-000123s4567gs"],
        ["/ExtAppCommon/Home_V2/NewsCategory", "/fileman/Uploads/a-1.jpg", "/gioi-thieu-12"],
    ),
    "baoquocte": (["/hoi-dam-cap-cao-247894.html", "/hop-bao-thuong-ky-363297.html"], ["/rss_feed/", "/the-gioi"]),
    "baotintuc": (
        ["/thoi-su/le-khai-mac-20210515102442435.htm", "/video/ngay-hoi-v20210515102442435.htm"],
        ["/thoi-su.htm", "/tin-moi-nhat.rss"],
    ),
    "benhvien304": (["/tin-tuc/kham-benh-tu-thien-125", "/tin-tuc/hien-mau-9"], ["/tin-tuc", "/gioi-thieu-12"]),
    "bienphong": (
        ["/tuan-tra-song-phuong-post473259.html", "/a-post1.html"],
        ["/tag/bien-gioi-22993.html", "/rss/kinh-te.rss"],
    ),
    "bocongan": (
        ["/bai-viet/hoi-nghi-giao-ban-1783311539", "/tin-tuc-su-kien/chi-dao/hop-giao-ban-s14-t34656.html"],
        ["/chuyen-muc/chi-dao-dieu-hanh", "/chuyen-muc/hoat-dong-xa-hoi-1753170294", "/tin-tuc-su-kien/tin-2.html"],
    ),
    "bvhttdl": (
        ["/khai-mac-tuan-van-hoa-20240417151437044.htm", "/hop-20210506162341.htm"],
        ["/tin-tuc-va-su-kien.htm", "/tong-cuc-t123.htm", "/cuc-606347.htm"],
    ),
    "cand": (
        ["/thoi-su/hoi-nghi-post812345.html", "/Cong-an/canh-sat-i660692/", "/Phap-luat/vu-an-358538/", "/a/b-i756563"],
        ["/thoi-su/", "/rss/chong-dien-bien-hoa-binh-1456.rss", "/topic/a-12/"],
    ),
    "cema": (
        ["/tin-tuc/tin-tuc-su-kien/thoi-su-chinh-tri/hop-ban.htm", "/thong-bao/tuyen-dung.htm"],
        ["/tin-tuc.htm", "/tin-tuc/tin-tuc-su-kien/thoi-su-chinh-tri.htm", "/home.htm"],
    ),
    "congan-hanoi": (
        ["/tin-tuc/tuan-tra-dem-28868", "/phan-hoi-thong-tin-bao-chi/triet-pha-28868/"],
        ["/chi-dao-dieu-hanh", "/tin-antt-va-canh-bao-toi-pham"],
    ),
    "congbao": (
        ["/van-ban/nghi-dinh-so-1-2026-nd-cp-46529.htm", "/van-ban/quyet-dinh-so-2-45825/58191.htm"],
        ["/van-ban-dang-cong-bao/chinh-phu-c1.htm", "/cac-van-ban-moi-ban-hanh.rss"],
    ),
    "cstc": (["/nhan-vat-hot/mot-nguoi-thay-i531234/", "/den-do-do/a-b-123456"], ["/nhan-vat-hot/", "/den-do-do/3/"]),
    "dangcongsan": (
        ["/thoi-su/hoi-nghi-trung-uong-527205.html", "/xay-dung-dang/a-66229.html"],
        ["/thoi-su", "/rss", "/gioi-thieu.html"],
    ),
    "haiquanonline": (
        ["/kim-ngach-dat-371-ty-176914.html", "/bat-giu-lo-hang-12345.html"],
        ["/rss/hai-quan-c4.rss", "/chuyen-dong/thue"],
    ),
    "hcc-nghean": (
        ["/tin-tong-hop/ke-hoach-cai-cach-2535.html", "/chi-dao-dieu-hanh/hop-12.html"],
        ["/rss/tin-tong-hop/", "/tin-tong-hop/", "/laws/detail/Nghi-dinh-so-245"],
    ),
    "hocvienquany": (["/le-khai-giang-1234.html", "/hoi-thao-5.html"], ["/tin-tuc/", "/Portal/BT2123-BoMon.html"]),
    "khuyennong": (
        ["/khoa-hoc-cong-nghe/trong-nuoc/cham-soc-ca-chua-3430.html", "/tin/lua-1.html"],
        ["/ky-thuat-trong-trot_t113c105", "/sitemap.xml", "/tin/"],
    ),
    "mae": (
        ["/hop-truc-tuyen-12345.htm", "/tin-tuc--su-kien/hop-truc-tuyen-12345.htm"],
        ["/chuyen-muc/tin-tong-hop-300.htm", "/gioi-thieu.htm", "/Pages/tin-hoat-dong.aspx"],
    ),
    "moc": (
        ["/vn/tin-tuc/1173/83921/hop-giao-ban.aspx", "/vn/tin-tuc/1308/95191/a--.aspx"],
        ["/vn/chuyen-muc/1173/tin-hoat-dong.aspx", "/vn/tin-tuc/1173.aspx"],
    ),
    "mod": (
        ["/home/detail", "/home/detail/!ut/p/z1/1VJLU8Iw/"],
        ["/home", "/home/news", "/home/details", "/wps/portal/!ut/p/b1/04_Sj9C/"],
    ),
    "moet": (
        ["/tin-tuc/tin-tong-hop2/quy-che-tuyen-sinh.html", "/tin-tuc/khung-noi-dung2.html"],
        ["/tin-tuc/tin-tong-hop2", "/tintuc/Pages/Thongbao.aspx"],
    ),
    "mofa": (
        ["/tin-chi-tiet/chi-tiet/hop-bao-thuong-ky-57163-596.html", "/tin-chi-tiet/chi-tiet/le-don-254.html"],
        ["/tin-doi-ngoai", "/tin-chi-tiet/chi-tiet/", "/hoat-dong-12.html"],
    ),
    "moh": (
        ["/web/guest/-/tiem-chung-mo-rong", "/tin-tong-hop/-/asset_publisher/k206Q9qkZOqn/content/hop-bao"],
        ["/tin-tong-hop", "/web/guest/tin-tong-hop", "/-/"],
    ),
    "moha": (["/tin-tuc/hop-bao---id55123", "/tin-tuc/a/b---id1/"], ["/chuyen-muc/tin---id12", "/tin-tuc/hop-bao"]),
    "moit": (
        ["/tin-tuc/thi-truong-trong-nuoc/gia-xang.html", "/tin-tuc/hop-giao-ban.html"],
        ["/tin-tuc/thi-truong-trong-nuoc", "/web/guest/thoi-su"],
    ),
    "moj": (
        ["/qt/tintuc/Pages/chi-dao-dieu-hanh.aspx", "/qt/tintuc/Pages/thong-tin-khac.aspx"],
        ["/Pages/home.aspx", "/UserControls/a.aspx", "/qt/tintuc/Pages/"],
    ),
    "mst": (
        ["/cu-bat-tay-197251104085210147.htm", "/hoi-thao-12345678.htm"],
        ["/tin-tuc-su-kien.htm", "/tin-tuc-su-kien/xem-theo-ngay-26-06-2026.htm", "/van-ban/du-thao/2256.htm"],
    ),
    "mt": (
        ["/vn/tin-tuc/76842/khao-sat-luong-tau.aspx", "/vn/tin-tuc/855/76842/a.aspx"],
        ["/vn/chuyen-muc/855/Tin-hoat-dong-nganh.aspx", "/vn/Pages/Tintuc.aspx"],
    ),
    "nhandan": (
        ["/hoi-nghi-trung-uong-post912345.html", "/chinh-tri/a-post1.html"],
        ["/tin-moi.html", "/rss/home.rss", "/chinhtri"],
    ),
    "phongkhongkhongquan": (["/02/cuu-tro-nhan-dan.html", "/11/huan-luyen.html"], ["/02/", "/gioi-thieu.html"]),
    "qdnd": (
        ["/quoc-phong-an-ninh/tin-tuc/quan-triet-nghi-quyet-721206", "/chinh-tri/cac-van-de/hop-1020977/"],
        ["/quoc-phong-an-ninh/p/2", "/rss/cate/chinh-tri-3429.rss", "/chinh-tri"],
    ),
    "qpvn": (["/tin-video/tuan-tra-bien.html", "/tin-video/a.html"], ["/tv.html", "/tin-video/"]),
    "sggp": (["/hop-thanh-uy-post812345.html", "/a-post1.html"], ["/chinhtri/", "/rss/home.rss"]),
    "sotttt-hanoi": (
        ["/pctn/-/view_content/1662601-chuong-trinh.html", "/web/a/b/-/view_content/4418033-su-kien.html"],
        ["/pctn", "/web/a/-/view_content/2625972-a.html/en/en/vi", "/pctn/-/view_content/a.html"],
    ),
    "tapchicongsan": (
        ["/web/guest/kinh-te/-/2018/910402/chinh-sach.aspx", "/web/guest/a/chi-tiet/-/asset_publisher/YqS/content/b"],
        ["/web/guest/kinh-te", "/web/guest/kinh-te/-/2018/", "/documents/20182/a.pdf"],
    ),
    "tapchiqptd": (
        ["/vi/bien-dao/bao-ve-chu-quyen-trong-tinh/17924.html", "/vi/nghien-cuu/nghe-thuat/4939.html"],
        ["/vi/nhung-chu-truong-cong-tac-lon-2.html", "/vi/nghien-cuu-trao-doi"],
    ),
    "thanhtra": (
        [f"/web/guest/xem-chi-tiet-tin-tuc/-/asset_publisher/{end}" for end in ("/Content/ket-luan", "content/hop")],
        ["/web/guest/tin-tong-hop", "/web/guest/xem-chi-tiet-tin-tuc/-/asset_publisher//Content/chuc-nang-nhiem-vu"],
    ),
    "tienphong": (["/le-trao-giai-post1806382.tpo", "/a/b-post1.tpo"], ["/rss/home.rss", "/xa-hoi/"]),
    "vietnamplus": (
        ["/hop-bao-post1126592.vnp", "/mot-tin-cu/508980.vnp", "/a-post2.html"],
        ["/tags/Hue.vnp", "/rss/home.rss", "/hop-bao-post1126592.amp"],
    ),
    "vnca": (["/Tho/Mua-thu-i571234/", "/Truyen/Ben-song-512345/"], ["/Tho/", "/Truyen/2/"]),
    "vpcp": (
        ["/hoan-thanh-dich-vu-cong-115221225123659938.htm", "/hop-12345678.htm"],
        ["/tin-noi-bat.htm", "/van-ban-ban-hanh/174505.htm"],
    ),
    "xasonlinh": (
        ["/portal/pages/2024-03-27/Hop-xa-12.aspx", "/portal/pages/2023-01-02/A-b-3.aspx"],
        ["/portal/pages/default.aspx", "/portal/pages/2024-03/a-1.aspx"],
    ),
    "xaydungchinhsach": (
        ["/toan-van-nghi-dinh-119250618161434371.htm", "/a-11925061816143437.htm"],
        ["/rss/home.rss", "/chinh-sach-moi.htm"],
    ),
}  # fmt: skip
HOSTILE = (
    "/a-1" * 600,
    "/" + "a-1-" * 600,
    "/" + "1" * 2400,
    "/tin-tuc/" + "---id1" * 400 + "x",
    "/-" * 1200,
    "//" * 1200,
)


def comment(source_id: str) -> str:
    """The comment a file begins with, as one line."""
    lines = (BUILT_IN / f"{source_id}.toml").read_text(encoding="utf-8").splitlines()
    head = lines[: next(number for number, line in enumerate(lines) if not line.startswith("#"))]
    return " ".join(line.removeprefix("#").strip() for line in head)


def ways(source: Source) -> str:
    kinds = Counter(way.kind for way in source.discover)
    return ", ".join(kind if count == 1 else f"{count} × {kind}" for kind, count in kinds.items()) or "–"


def takes(source_id: str, path: str) -> bool:
    pattern = PUBLISHERS[source_id].url.bulletin
    assert pattern is not None
    return regex.search(pattern, path) is not None


def test_every_file_passes_the_strict_reader_and_shares_no_host():
    assert CATALOG.errors == ()
    assert len(CATALOG) == len(list(BUILT_IN.glob("*.toml")))


def test_every_source_is_off_until_somebody_looked():
    assert [source.source_id for source in CATALOG if source.enabled] == ["local"]


def test_none_claims_to_have_been_looked_at():
    assert [source_id for source_id, source in PUBLISHERS.items() if source.status == "seen"] == []
    said = [source_id for source_id in PUBLISHERS if "no live check was run from here" in comment(source_id).lower()]
    assert said == list(PUBLISHERS)


@pytest.mark.parametrize("source_id", [name for name, source in PUBLISHERS.items() if source.status == "reported"])
def test_a_reported_source_can_be_crawled(source_id):
    source = PUBLISHERS[source_id]
    assert source.discover and source.url.bulletin and source.home
    assert regex.search(r"(?i)\b(?:reported|scrapers?|seen)\b", comment(source_id))


def test_a_believed_source_says_what_is_only_believed():
    believed = {source_id: source for source_id, source in PUBLISHERS.items() if source.status == "believed"}
    assert all(source.discover and "believed" in comment(source_id) for source_id, source in believed.items())


def test_an_unknown_source_says_why_and_has_no_way_of_discovery():
    unknown = {source_id: source for source_id, source in PUBLISHERS.items() if source.status == "unknown"}
    assert [source_id for source_id in unknown if not WHY.search(comment(source_id))] == []
    assert [source_id for source_id, source in unknown.items() if source.discover] == []


def test_no_certificate_goes_unchecked_and_nothing_private_is_asked():
    assert {source.fetch.tls for source in PUBLISHERS.values()} == {"verify", "legacy"}
    assert not any(source.fetch.allow_private for source in PUBLISHERS.values())
    assert all(source.fetch.delay_s >= 3 for source in PUBLISHERS.values())


def test_every_pattern_is_tried():
    assert set(PATHS) == {source_id for source_id, source in PUBLISHERS.items() if source.url.bulletin}
    assert all(len(bulletins) >= 2 and len(others) >= 2 for bulletins, others in PATHS.values())


@pytest.mark.parametrize("source_id", PATHS)
def test_addresses_of_bulletins_are_taken(source_id):
    assert [path for path in PATHS[source_id][0] if not takes(source_id, path)] == []


@pytest.mark.parametrize("source_id", PATHS)
def test_addresses_of_lists_and_of_other_pages_are_refused(source_id):
    assert [path for path in PATHS[source_id][1] if takes(source_id, path)] == []


def test_no_source_takes_its_own_lists_for_bulletins_but_where_the_query_tells_them_apart():
    same = {
        source_id
        for source_id in PATHS
        for way in PUBLISHERS[source_id].discover
        if takes(source_id, urlsplit(way.url).path)
    }
    assert same == {"moj", "baohiemxahoi"}
    assert all(PUBLISHERS[source_id].url.keep_query == ("ItemID",) for source_id in same)


@pytest.mark.parametrize("source_id", PATHS)
def test_no_pattern_runs_away_on_a_hostile_address(source_id):
    pattern = regex.compile(PUBLISHERS[source_id].url.bulletin or "")
    for path in HOSTILE:
        pattern.search(path[:MAX_URL] + "!", timeout=10)  # raises TimeoutError


@pytest.mark.parametrize(
    ("source_id", "one", "other"),
    [
        ("mod", "https://mod.gov.vn/home/detail/!ut/p/z1/1VJLU/?urile=wcm:path:/a/b", "https://www.mod.gov.vn/home/detail?current=true&urile=wcm%3Apath%3A%2Fa%2Fb"),
        ("moj", "https://moj.gov.vn/qt/tintuc/Pages/a.aspx?ItemID=7", "http://www.moj.gov.vn/qt/tintuc/Pages/a.aspx?Date=&ItemID=7"),
        ("baohiemxahoi", "https://baohiemxahoi.gov.vn/tintuc/Pages/a.aspx?CateID=0&ItemID=7", "https://baohiemxahoi.gov.vn/tintuc/Pages/a.aspx?ItemID=7&CateID=168"),
        ("cand", "https://cand.com.vn/Cong-an/a-b-i660692/", "https://amp.cand.com.vn/Cong-an/a-b-i660692"),
        ("vietnamplus", "https://www.vietnamplus.vn/a-post11.vnp", "https://www.vietnamplus.vn/a-post11.amp"),
        ("hcc-nghean", "https://hcc.nghean.gov.vn/tin/a-1.html", "https://hcc.nghean.gov.vn/savefile/tin/a-1.html"),
        ("baoquankhu7", "https://baoquankhu7.vn/a-1-2s3gs", "http://www2.baoquankhu7.vn/(X(1)S(q2ng))/a-1-2s3gs?AspxAutoDetectCookieSupport=1"),
        ("cema", "http://cema.gov.vn/thong-bao/a.htm", "http://ubdt.gov.vn/thong-bao/a.htm?p=2"),
    ],
)  # fmt: skip
def test_two_addresses_of_one_page_have_one_key(source_id, one, other):
    assert PUBLISHERS[source_id].key(one) == PUBLISHERS[source_id].key(other)


@pytest.mark.parametrize(
    ("source_id", "one", "other"),
    [
        ("moj", "https://moj.gov.vn/qt/tintuc/Pages/a.aspx?ItemID=7", "https://moj.gov.vn/qt/tintuc/Pages/a.aspx?ItemID=8"),
        ("thanhtra", "https://thanhtra.gov.vn/web/guest/a/-/asset_publisher//Content/b?101", "https://thanhtra.gov.vn/web/guest/a/-/asset_publisher//Content/b?102"),
        ("mod", "https://mod.gov.vn/home/detail?urile=wcm:path:/a", "https://mod.gov.vn/home/detail?urile=wcm:path:/b"),
        ("hcc-nghean", "https://hcc.nghean.gov.vn/tin/a-1.html", "https://hcc.nghean.gov.vn/tin/b-1.html"),
    ],
)  # fmt: skip
def test_two_pages_do_not_fall_together(source_id, one, other):
    assert PUBLISHERS[source_id].key(one) != PUBLISHERS[source_id].key(other)


def test_the_list_of_the_police_of_hanoi_is_read_as_its_file_says():
    way = PUBLISHERS["congan-hanoi"].discover[0]
    answer = {
        "ListData": [{"Id": 28868, "Url": "tuan-tra-dem", "PublishTime": "2026-01-19T08:50:00"}],
        "ListMoreData": [{"Id": 28867, "Url": "hop-bao", "PublishTime": None}],
    }
    listed = WAYS[way.kind](json.dumps(answer).encode(), "application/json", way.url, way)
    assert listed.problem is None
    assert [urlsplit(item.url).path for item in listed.items] == [
        "/tin-tuc/tuan-tra-dem-28868",
        "/tin-tuc/hop-bao-28867",
    ]
    assert [str(item.published_on) for item in listed.items] == ["2026-01-19", "None"]


def test_the_page_of_the_docs_lists_what_is_delivered():
    table = [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in PAGE.splitlines() if line[:3] == "| `"
    ]
    assert [row[:4] for row in table] == [
        (f"`{source_id}`", source.publisher, source.status, ways(source)) for source_id, source in PUBLISHERS.items()
    ]
    assert all(row[4] for row in table)


def test_the_page_of_the_docs_counts_right_and_claims_no_live_check():
    counts = Counter(source.status for source in PUBLISHERS.values())
    assert (
        f"{counts['reported']} publishers with an article URL and a discovery path seen or reported; "
        f"{counts['believed'] + counts['unknown']} without" in PAGE.replace("\n", " ")
    )
    assert "Nothing was checked live" in PAGE
