import pytest

from members.passwords.own_data import holds_own_data

HERS = {"phone": "13812345678", "name": "陈秀英", "email": "xiuying70@example.org"}


@pytest.mark.parametrize(
    "password",
    [
        "x13812345678",
        "mumian345678",
        "138-1234-ab",
        "我叫陈秀英很高兴",
        "ChenXiuYing!7",
        "xiuyingchen-7",
        "xiuying-mumian",
        "cxy-19700308",
        "xiuying70-shu",
    ],
)
def test_what_is_hers_is_found(password):
    assert holds_own_data(password, **HERS)


@pytest.mark.parametrize("password", ["lychee-and-longan-7", "cxyz-lizhi-2026", "mumian-34567-shu"])
def test_what_is_not_hers_is_left(password):
    assert not holds_own_data(password, **HERS)


def test_member_without_a_phone_has_only_a_name():
    assert not holds_own_data("lychee-and-longan-7", phone="", name="陈秀英")
    assert holds_own_data("chenxiuying-77", phone="", name="陈秀英")
