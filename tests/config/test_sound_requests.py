"""What the fuzzing once made fail."""

import pytest
from django.urls import reverse

from tests.factories import make_member

FAR = "9" * 30


@pytest.fixture(autouse=True)
def superuser(client, home):
    superuser = make_member("管理员", is_staff=True, is_superuser=True)
    client.force_login(superuser)
    return superuser


@pytest.mark.parametrize(
    "url",
    [
        f"/admin/episodes/{FAR}/",
        f"/admin/quizzes/marking/{FAR}/",
        f"/admin/quizzes/marking/{FAR}/{FAR}/1/1/",
        f"/admin/quizzes/statistics/{FAR}/",
        f"/admin/pages/{FAR}/",
        f"/admin/pages/1/revisions/compare/{FAR}...{FAR}/",
        "/admin/documents/chooser/chosen/x/",
        "/admin/images/chooser/chosen/%E5%90%8D/",
        "/documents/1/a%00.pdf",
    ],
)
def test_what_cannot_be_there_is_not_found(client, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("target", ["2147483648", "home", "x y", "//evil.example/"])
def test_next_that_is_no_address_is_passed_over(client, home, target):
    for name in ("lock", "unlock"):
        url = reverse(f"wagtailadmin_pages:{name}", args=[home.pk])
        response = client.post(f"{url}?next={target}", {"next": target})
        assert response["Location"].startswith("/admin/pages/")


def test_next_of_ours_is_followed(client, home):
    url = reverse("wagtailadmin_pages:lock", args=[home.pk])

    assert client.post(url, {"next": "/admin/reports/"})["Location"] == "/admin/reports/"


def test_filter_by_a_word_where_a_number_belongs_is_refused(client):
    assert client.get("/admin/media/chooser/?collection_id=true").status_code == 400


def test_form_without_its_field_is_refused(client, home):
    urls = ["/admin/choose-external-link/", f"/admin/pages/{home.pk}/copy/"]

    assert [client.post(url, {}).status_code for url in urls] == [400, 400]


def test_upload_that_is_announced_by_a_form_is_refused(client):
    assert client.post("/admin/media/uploads/", {"name": "a.mp4"}).status_code == 400


def test_nul_in_a_query_is_dropped(client):
    assert client.get("/admin/tag-autocomplete/?term=a%00b").status_code == 200


def test_nothing_is_made_in_a_chooser_of_people(client):
    assert client.post("/admin/member_chooser/create/").status_code == 404
