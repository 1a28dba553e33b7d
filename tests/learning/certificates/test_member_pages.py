"""Her certificates are hers alone."""

import pytest
from django.urls import reverse

from learning.domain.certificates import reissue_certificate, revoke_certificate
from learning.views import certificates as views
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.learning.certificates.conftest import NOW, issue, make_rule
from tests.pages import make_course

ADDRESSES = ["certificate", "share", "pdf", "picture"]


def address(name, certificate) -> str:
    return reverse(f"certificates:{name}", args=[certificate.shown_number])


def test_list_shows_hers(client, certificate, member):
    client.force_login(member)

    page = client.get(reverse("certificates:list")).content.decode()
    assert "家庭教育促进法" in page
    assert address("certificate", certificate) in page


def test_list_takes_as_many_queries_for_many(client, academy, template, member):
    client.force_login(member)
    issue(member, make_rule(template, page=make_course(academy)))
    one = count_queries(client, "certificates:list")
    for _each in range(8):
        issue(member, make_rule(template, page=make_course(academy)))

    assert count_queries(client, "certificates:list") == one


@pytest.mark.parametrize("name", ADDRESSES)
def test_another_persons_certificate_does_not_exist(client, certificate, tree, name):
    client.force_login(make_committee_member(tree.village, "李梅"))

    assert client.get(address(name, certificate)).status_code == 404


@pytest.mark.parametrize("name", ADDRESSES)
def test_pages_ask_for_sign_in(client, certificate, name):
    response = client.get(address(name, certificate))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("number", ["x", "2026-7K3M-Q9XT-H", "%00", "9" * 300])
def test_strange_numbers_do_not_exist(client, certificate, member, number):
    client.force_login(member)

    assert client.get(f"/learning/certificates/{number}/").status_code == 404


def test_pdf_comes_with_a_name(client, certificate, member):
    client.force_login(member)
    response = client.get(address("pdf", certificate))

    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert certificate.shown_number in response["Content-Disposition"]


def test_picture_is_shown_in_the_page(client, certificate, member):
    client.force_login(member)

    assert (
        address("picture", certificate)
        in client.get(address("share", certificate)).content.decode()
    )
    response = client.get(address("picture", certificate))
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline")


def test_page_says_why_it_was_revoked_and_gives_no_file(client, certificate, member):
    revoke_certificate(certificate_id=certificate.pk, reason="冒名代学", by=member, now=NOW)
    client.force_login(member)

    page = client.get(address("certificate", certificate)).content.decode()
    assert "冒名代学" in page
    assert address("pdf", certificate) not in page
    for name in ("pdf", "picture", "share"):
        assert client.get(address(name, certificate)).status_code == 302


def test_replaced_one_leads_to_the_new(client, certificate, member):
    new = reissue_certificate(certificate_id=certificate.pk, by=member, now=NOW)
    client.force_login(member)

    assert "换发" in client.get(address("certificate", certificate)).content.decode()
    page = client.get(reverse("certificates:list")).content.decode()
    assert new.shown_number in page
    assert certificate.shown_number not in page


def test_too_many_downloads_are_told(client, certificate, member):
    client.force_login(member)
    for _each in range(views.FILES.amount):
        views.FILES.take(f"{member.pk}", now=views.timezone.now())

    response = client.get(address("pdf", certificate))
    assert response.status_code == 429
    assert "太频繁" in response.content.decode()


def test_her_own_page_learns_of_the_newest(certificate, member):
    context = views.certificates_context(member)

    assert (context["certificate_count"], context["newest_certificate"]) == (1, certificate)
