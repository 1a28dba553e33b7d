"""Row: `next=` anywhere leads to this host only. The fuzzing looks at every redirect as well."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, TICK, make_member
from tests.security.places import leads_away

EVIL = [
    *("https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/"),
    *("\\\\evil.example/", "https:evil.example", "http:///evil.example", "javascript:alert(1)"),
    *("data:text/html,x", "//evil.example\\@testserver/", "https://testserver@evil.example/"),
    *("https://testserver.evil.example/", "\t//evil.example/", "/\t/evil.example/", "%2f%2fevil"),
    *("http://testserver:80@evil.example/", "//evil%E3%80%82example/", "ftp://testserver/"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("target", EVIL)
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("members:text_size", {"size": "xl"}),
        ("members:reminders", {"wanted": "1"}),
        ("courses:data_saving", {"on": "1"}),
        ("account_logout", {}),
    ],
)
def test_forms_lead_home(client, home, name, fields, target):
    client.force_login(make_member())
    response = client.post(
        reverse(name) + f"?next={target.replace('%', '%25')}", fields | {"next": target}
    )

    assert response.status_code == 302
    assert not leads_away(response["Location"])


@pytest.mark.django_db
@pytest.mark.parametrize("target", EVIL)
def test_signing_in_leads_home(client, home, target):
    form = {"login": make_member().phone, "password": PASSWORD, "next": target} | TICK
    response = client.post(reverse("account_login"), form)

    assert response.status_code == 302
    assert not leads_away(response["Location"])
