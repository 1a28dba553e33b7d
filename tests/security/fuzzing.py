"""What a careless program or a hostile one may send, as Hypothesis draws it.

Names of fields come from the page's own forms and from what the code reads, so that what is sent
reaches the code behind them.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import getsource, unwrap
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import Resolver404, resolve
from hypothesis import strategies as st

READ = re.compile(r'(?:GET|POST|FILES|data|body|posted)(?:\.get(?:list)?\(|\[)"(\w+)"')
FORM_FIELD = re.compile(r"^    (\w+) = forms\.\w+\(", re.MULTILINE)
INPUT = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]{1,60})"')

METHODS = ["GET", "HEAD", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]
TEXTS = [
    *("", " ", "0", "1", "-1", "00", "1.5", "1e999", "NaN", "on", "true", "null", "[]", "{}"),
    *("9" * 18, "9" * 19, "9" * 400, "-" + "9" * 30, "2147483648", "٣", "²", "①"),
    *("\x00", "a\x00b", "\ud7ff", "\u202e", "😀" * 50, "执" * 300, "a" * 5000, "%00", "%s%n"),
    *("'", '"', "' OR 1=1 --", "<script>", "{{ 7 }}", "../../etc/passwd", "//evil.example/"),
    *("2026-02-30", "9999-12-31", "0000-00-00", "10000-01-01", "2026-01-01T25:61", "24:00"),
    *("draft", "1,2", "1;2", "a:b:c", "__all__", "-pk", "pk__in", "password", "latest", "xlsx"),
]
texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=20), st.integers().map(str))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=5,
)
BROKEN = [
    *(b"", b"{", b"[", b"null", b"0", b'"', b"\xff\xfe", b"a=%ff&b=%", b"\x00", b"[" * 2000),
    *(b'{"a": NaN}', b"<?xml version='1.0'?><a/>", b"9" * 5000, b'{"answers": [[]]}'),
]
TYPES = [
    *("application/json", "application/x-www-form-urlencoded", "text/plain", "", "a/b;charset=x"),
    *(
        "multipart/form-data",
        "multipart/form-data; boundary=\x00",
        "application/json;charset=utf-9",
    ),
]
HEADERS = [
    *({}, {}, {}, {"HX-Request": "true"}, {"Range": "bytes=9-1"}, {"Range": "bytes=-"}),
    *({"If-Modified-Since": "x"}, {"Accept-Language": "\xff"}, {"Cookie": "text_size=\x01; a"}),
    *({"X-Requested-With": "XMLHttpRequest"}, {"Referer": "http://[::1"}),
]


# Stand for names: the target's own are put in their place when the attack is sent.
places = st.integers(0, 40)


@dataclass(frozen=True)
class Attack:
    """`query`, `form` and `document` have numbers for names. A form has no content type: it is sent
    as a browser does, with its files."""

    method: str
    query: dict
    headers: dict
    form: dict | None
    document: Any
    raw: tuple[bytes, str] | None

    def send(self, client, url: str, names: list[str]):
        query = urlencode(named(self.query, names), doseq=True)
        address = f"{url}{'&' if '?' in url else '?'}{query}" if query else url
        body, content_type = self._body(names)
        return client.generic(self.method, address, body, content_type, headers=self.headers)

    def _body(self, names: list[str]) -> tuple[bytes, str]:
        if self.raw:
            return self.raw
        if self.form is not None:
            return encode_multipart(BOUNDARY, named(self.form, names)), MULTIPART_CONTENT
        document = self.document
        if isinstance(document, dict):
            document = named(document, names)
        return json.dumps(document).encode(), "application/json"


def named(fields: dict, names: list[str]) -> dict:
    """A number as text, which a list of answers has for a key, stays what it is."""
    return {
        names[key % len(names)] if isinstance(key, int) else key: value
        for key, value in fields.items()
    }


def names_of(url: str, html: str) -> list[str]:
    """What the page's forms send and what the view's module reads; at least what many read."""
    try:
        view = unwrap(resolve(url.split("?", maxsplit=1)[0]).func)
        names = names_in_module(getattr(view, "view_class", view).__module__)
    except Resolver404:
        names = ()
    return list(dict.fromkeys([*INPUT.findall(html), *names])) or ["q", "p", "page", "next", "ids"]


@cache
def names_in_module(module: str) -> tuple[str, ...]:
    source = getsource(import_module(module))
    return tuple(
        dict.fromkeys(name for form in (READ, FORM_FIELD) for name in form.findall(source))
    )


def files() -> st.SearchStrategy:
    kinds = ["a.png", "a.svg", "b.xlsx", "c.docx", "d.csv", "e.zip", "名.mp4", "x" * 300]
    return st.builds(
        SimpleUploadedFile,
        st.sampled_from(kinds),
        st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"a,b\n\x00", b"<svg/>"]),
    )


def attacks() -> st.SearchStrategy[Attack]:
    sent = st.one_of(texts, st.lists(texts, max_size=3))
    form = st.dictionaries(places, st.one_of(sent, files()), max_size=12)
    document = st.one_of(st.dictionaries(places, values, max_size=8), values)
    raw = st.tuples(st.sampled_from(BROKEN), st.sampled_from(TYPES))
    nothing = st.none()
    bodies = st.one_of(
        st.tuples(form, nothing, nothing),
        st.tuples(nothing, document, nothing),
        st.tuples(nothing, nothing, raw),
    )
    query = st.dictionaries(places, sent, max_size=4)
    return st.builds(
        lambda method, query, headers, body: Attack(method, query, headers, *body),
        st.sampled_from(METHODS),
        st.one_of(st.just({}), query),
        st.sampled_from(HEADERS),
        bodies,
    )
