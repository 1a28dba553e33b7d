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


def test_every_answer_carries_the_strict_headers(client, home):
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for url in ("/", "/no-such-page/", "/healthz", "/accounts/login/", "/static/css/app.css"):
        response = client.get(url)
        assert {name: response[name] for name in expected} == expected
        assert "camera=()" in response["Permissions-Policy"]


def test_form_of_too_many_fields_is_refused(client, home):
    form = {f"field{number}": "1" for number in range(10_001)}

    assert client.post("/accounts/login/", form).status_code == 400


def test_body_of_three_megabytes_is_refused(client, home):
    assert client.post("/accounts/login/", {"login": "1" * 3_000_000}).status_code == 400
