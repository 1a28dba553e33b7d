import pytest

from members.phones import mask_phone, normalise_phone


@pytest.mark.parametrize(
    "typed",
    [
        "13812341234",
        " 138 1234 1234 ",
        "138-1234-1234",
        "+86 13812341234",
        "008613812341234",
        "１３８１２３４１２３４",
    ],
)
def test_normalise_phone_forgives_how_it_is_written(typed):
    assert normalise_phone(typed) == "13812341234"


def test_normalise_phone_keeps_what_is_not_a_phone():
    assert normalise_phone(" 86 妇联 ") == "86妇联"


def test_mask_phone_hides_the_middle():
    assert mask_phone("13812341234") == "138****1234"
