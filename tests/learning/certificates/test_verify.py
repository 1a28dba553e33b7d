"""The public page says whether a certificate is real, and nothing more."""

import pytest
from django.urls import reverse

from learning.certificate_papers import PaperMaker, verify_url
from learning.domain.certificates import reissue_certificate, revoke_certificate
from learning.rules.certificate_numbers import make_number, show_number
from learning.views import verify as views
from tests.learning.certificates.conftest import NOW

UNKNOWN = make_number(year=2026, draw=1)


def look(client, number):
    return client.get(reverse("verify_number", args=[show_number(number)]))


@pytest.fixture(autouse=True)
def _site(home):
    """The frame of every page asks for the site."""


def test_valid_one_is_confirmed_without_sign_in(client, certificate):
    response = look(client, certificate.number)
    page = response.content.decode()

    assert response.status_code == 200
    assert "证书有效" in page
    assert "陈*英" in page
    assert "梅县区妇女联合会" in page
    assert certificate.date_text in page


def test_page_leaks_nothing_else(client, certificate, member):
    page = look(client, certificate.number).content.decode()

    for secret in (member.name, member.phone, certificate.unit, "大黄村", "松口镇"):
        assert secret not in page
    assert set(look(client, certificate.number).context["shown"]) == {
        "number",
        "is_valid",
        "is_replaced",
        "revoked_at",
        "name",
        "heading",
        "title",
        "issuer",
        "issued_on",
    }


def test_revoked_one_says_so_but_not_why(client, certificate, member):
    revoke_certificate(certificate_id=certificate.pk, reason="冒名代学", by=member, now=NOW)
    page = look(client, certificate.number).content.decode()

    assert "撤销" in page
    assert "证书有效" not in page
    assert "冒名代学" not in page


def test_replaced_one_says_so(client, certificate, member):
    reissue_certificate(certificate_id=certificate.pk, by=member, now=NOW)

    assert "换发" in look(client, certificate.number).content.decode()


def test_unknown_number_is_not_found(client, certificate):
    response = look(client, UNKNOWN)

    assert response.status_code == 404
    assert "没有这个编号的证书" in response.content.decode()


def test_mistyped_number_is_told_apart_and_kept(client, certificate):
    wrong = certificate.number[:-1] + ("0" if certificate.number[-1] != "0" else "2")
    page = client.get(reverse("verify"), {"number": wrong}).content.decode()

    assert "有一位写错了" in page
    assert f'value="{wrong}"' in page


def test_too_short_a_number_says_how_long_it_is(client):
    page = client.get(reverse("verify"), {"number": "2026-7K3M"}).content.decode()

    assert "编号共 13 位" in page
    assert "现在有 8 位" in page


def test_typed_number_leads_to_its_page(client, certificate):
    typed = f"  {certificate.shown_number.lower()} ".replace("-", " ")
    response = client.get(reverse("verify"), {"number": typed})

    assert response.url == reverse("verify_number", args=[certificate.shown_number])


def test_page_is_not_for_search_machines_nor_caches(client, certificate, settings):
    response = look(client, certificate.number)

    assert "noindex" in response["X-Robots-Tag"]
    assert 'name="robots" content="noindex' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert settings.SESSION_COOKIE_NAME not in response.cookies


def test_guessing_ends_at_a_limit_for_right_numbers_too(client, certificate, monkeypatch):
    monkeypatch.setattr(views, "LOOKS", views.Limit("certificate-looks-test", 3, 600))
    for _each in range(3):
        assert look(client, UNKNOWN).status_code == 404

    response = look(client, certificate.number)
    assert response.status_code == 429
    assert "陈*英" not in response.content.decode()


def test_address_in_the_code_is_that_of_the_page(client, certificate, settings):
    paper = PaperMaker().certificate(certificate)

    assert paper.verify_url == verify_url(certificate.number)
    path = paper.verify_url.removeprefix(settings.WAGTAILADMIN_BASE_URL)
    assert client.get(path).context["shown"]["is_valid"]


@pytest.mark.parametrize("number", ["<script>", "%00", "不是编号", "9" * 300])
def test_strange_numbers_are_explained(client, number):
    response = client.get(f"/verify/{number}/")

    assert response.status_code == 404
    assert "<script>" not in response.content.decode()
