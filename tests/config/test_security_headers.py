from tests.factories import make_member


def policy_of(response) -> dict:
    parts = (part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return {name: " ".join(value) for name, *value in parts}


def test_public_site_runs_no_inline_script_or_style(client, home):
    policy = policy_of(client.get("/"))

    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")


def test_admin_has_a_policy_of_its_own(client, home):
    client.force_login(make_member(is_staff=True, is_superuser=True))

    assert "'unsafe-inline'" in policy_of(client.get("/admin/"))["script-src"]


def test_pages_are_not_framed_elsewhere(client, home):
    response = client.get("/")

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert policy_of(response)["frame-ancestors"] == "'self'"
