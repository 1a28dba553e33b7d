import pytest

from members.passwords.patterns import is_common_shape


@pytest.mark.parametrize(
    "password",
    [
        "woaini520520",
        "Woaini-5201314",
        "520woaini!!",
        "guangdong123",
        "Meizhou@2026",
        "zhiweixuetang1",
        "chenxiuying1970",
        "19700308liumei",
        "wangfang888",
        "lixiaohong521",
        "zhanglv19900101",
        "aaaaaaaa11",
        "1a1a1a1a1a1a",
    ],
)
def test_what_many_choose_is_refused(password):
    assert is_common_shape(password)


@pytest.mark.parametrize(
    "password",
    [
        "lychee-and-longan-7",
        "木棉树下喝早茶讲古仔",
        "kapok-2026-blooms",
        "shanqingshuixiu",
        "wangfang-48213",
        "orange19900101",
    ],
)
def test_what_few_choose_is_taken(password):
    assert not is_common_shape(password)
