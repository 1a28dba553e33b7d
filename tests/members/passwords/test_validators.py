import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.models import Member

MEMBER = Member(name="陈秀英", phone="13812345678")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("mumian-7x", "至少要 10 个字符，现在是 9 个"),
        ("3141592653", "不能全是数字"),
        ("1qaz2wsx3edc", "泄露过的密码清单"),
        ("woaini520520", "太好猜"),
        ("chenxiuying-lizhi", "姓名的拼音"),
        ("mm-13812345678", "您的手机号"),
    ],
)
def test_refused_passwords_are_told_why(password, said):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, MEMBER)

    assert said in " ".join(refused.value.messages)


@pytest.mark.parametrize("password", ["lychee-and-longan-7", "木棉树下喝早茶讲古仔"])
def test_good_passwords_are_taken(password):
    validate_password(password, MEMBER)


def test_rules_are_read_without_a_member():
    validate_password("lychee-and-longan-7")
