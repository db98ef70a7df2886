#!/usr/bin/env python3
"""Holds digests against what their formats demand: tests/formats/digest_checks.py FILE…

.eml  by Python's mail reader, both parts and all required fields
.atom the MUSTs of RFC 4287 that a feed can break
.json, .jsonfeed with a `version` of jsonfeed.org: what JSON Feed 1.1 requires
.epub what every book must have; then epubcheck, where it is installed
"""

import email.policy
import email.utils
import json
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

passed = failed = 0


def check(name, holds, found=""):
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    if not holds:
        print(f"FAILED  {name}{': ' if found else ''}{found}")


class Active(HTMLParser):
    """Whatever in a page runs, or loads something from elsewhere."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "img", "iframe", "object", "embed", "link", "form", "base", "video", "audio"}:
            self.found.append(tag)
        for name, value in attributes:
            value = (value or "").strip().lower()
            links = name == "href" and not value.startswith(("http://", "https://"))
            if links or name in {"src", "srcset", "background"} or name.startswith("on") or "url(" in value:
                self.found.append(f"{tag} {name}={value}")


def is_still(name, html):
    active = Active(html).found
    check(f"{name}: nothing runs or is loaded", not active, str(active[:3]))


def eml(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = list(message.walk())
    defects = [str(defect) for part in parts for defect in part.defects]
    defects += [str(defect) for value in message.values() for defect in value.defects]
    check("no defects", not defects, str(defects))
    for field in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"]:
        check(f"one {field}", len(message.get_all(field, [])) == 1)
    check("no field of an article's", set(message) <= {
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}, str(message.keys()))
    date = email.utils.parsedate_to_datetime(message["Date"])
    check("midnight, UTC", date.strftime("%H:%M:%S %z") == "00:00:00 +0000", str(date))
    check("a message id", re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", message["Message-ID"]) is not None)
    kinds = [part.get_content_type() for part in parts]
    check("text, then a page", kinds == ["multipart/alternative", "text/plain", "text/html"], str(kinds))
    text, page = (part.get_content() for part in parts[1:])
    check("parts hold text", bool(text.strip()) and "</html>" in page)
    is_still("page", page)
    lines = path.read_bytes().split(b"\r\n")
    check("lines of mail", all(len(line) <= 998 and b"\n" not in line for line in lines))


def atom(path):
    feed = ElementTree.parse(path).getroot()
    check("a feed", feed.tag == f"{ATOM}feed")
    entries = feed.findall(f"{ATOM}entry")
    ids = []
    for element in [feed, *entries]:
        name = "feed" if element is feed else element.findtext(f"{ATOM}title", "")[:40]
        for child in ["id", "title", "updated"]:
            check(f"{name}: one {child}", len(element.findall(f"{ATOM}{child}")) == 1)
        ids.append(element.findtext(f"{ATOM}id", ""))
        check(f"{name}: id is an IRI", IRI.fullmatch(ids[-1]) is not None, ids[-1])
        updated = element.findtext(f"{ATOM}updated", "")
        check(f"{name}: updated is a time", DATE.fullmatch(updated) is not None, updated)
        links = element.findall(f"{ATOM}link")
        alternate = [(l.get("type"), l.get("hreflang")) for l in links if l.get("rel", "alternate") == "alternate"]
        check(f"{name}: at most one alternate of a kind", len(alternate) == len(set(alternate)))
        check(f"{name}: addresses of links", all(IRI.fullmatch(l.get("href", "")) for l in links))
        check(f"{name}: web addresses", all(l.get("href").startswith(("http://", "https://")) for l in links))
        content = element.findall(f"{ATOM}content")
        if element is not feed:
            check(f"{name}: content, or an alternate", bool(content) or bool(alternate))
            author = element.findall(f"{ATOM}author") or feed.findall(f"{ATOM}author")
            check(f"{name}: an author", bool(author) and all(a.findtext(f"{ATOM}name") for a in author))
        for part in content:
            check(f"{name}: text of HTML", part.get("type") == "html" and len(part) == 0)
            is_still(name, part.text or "")
    check("no id twice", len(ids) == len(set(ids)))


def jsonfeed(path):
    feed = json.loads(path.read_bytes())
    check("version", feed.get("version") == "https://jsonfeed.org/version/1.1", str(feed.get("version")))
    check("title", isinstance(feed.get("title"), str))
    check("items", isinstance(feed.get("items"), list))
    ids = [item.get("id") for item in feed["items"]]
    check("ids are texts, none twice", all(isinstance(i, str) and i for i in ids) and len(set(ids)) == len(ids))
    for item in feed["items"]:
        check("content", isinstance(item.get("content_html", item.get("content_text")), str))
        is_still(item["id"], item.get("content_html", ""))
        for field in ["date_published", "date_modified"]:
            check(field, field not in item or DATE.fullmatch(item[field]) is not None)
        for field in ["url", "external_url"]:
            check(field, field not in item or item[field].startswith(("http://", "https://")))
        check("tags", all(isinstance(tag, str) for tag in item.get("tags", [])))
    for author in feed.get("authors", []):
        check("an author has a name, an address or a picture", bool({"name", "url", "avatar"} & set(author)))


def epub(path):
    with zipfile.ZipFile(path) as book:
        first = book.infolist()[0]
        check("mimetype first and stored", first.filename == "mimetype" and first.compress_type == 0)
        check("its type", book.read("mimetype") == b"application/epub+zip")
        check("times are fixed", len({info.date_time for info in book.infolist()}) == 1)
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                ElementTree.fromstring(book.read(name))
    jar = next((jar for jar in ["/usr/bin/epubcheck", "/usr/share/java/epubcheck.jar"] if Path(jar).exists()), None)
    if jar is None or shutil.which("java") is None:
        print(f"skipped: epubcheck of {path} (not installed)")
        return
    told = subprocess.run(["java", "-jar", jar, "--failonwarnings", str(path)], capture_output=True, text=True)
    check("epubcheck", told.returncode == 0, f"exit {told.returncode} {told.stderr}{told.stdout}")


KINDS = {".eml": eml, ".atom": atom, ".jsonfeed": jsonfeed, ".json": jsonfeed, ".epub": epub}

for name in sys.argv[1:]:
    KINDS[Path(name).suffix](Path(name))
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0 or passed == 0)
