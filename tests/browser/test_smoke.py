from tests.browser.conftest import sign_in
from tests.factories import make_committee_member


def test_member_signs_in_on_her_phone(phone, live_server, home, tree):
    member = make_committee_member(tree.village)
    sign_in(phone, member)

    assert "陈秀英" in phone.inner_text(".hello")
