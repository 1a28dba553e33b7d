import random
import string

import pytest

from members.passwords.breached import FILE, Bloom, is_breached
from members.passwords.build import listed_passwords


@pytest.mark.parametrize(
    "password", ["woaini1314", "WoAiNi1314", "ｗｏａｉｎｉ1314", "1qaz2wsx3edc", "zhongguo1949"]
)
def test_leaked_passwords_are_known(password):
    assert is_breached(password)


def test_a_new_password_is_not_taken_for_a_leaked_one():
    assert not is_breached("lychee-and-longan-7")


def test_one_in_a_thousand_is_refused_for_nothing():
    made = random.Random(48)
    tries = ["".join(made.choices(string.ascii_lowercase, k=14)) for _ in range(20_000)]

    assert sum(map(is_breached, tries)) < 40


def test_the_list_has_millions():
    assert Bloom(FILE).count == 3_869_858


def test_listed_passwords_are_taken_once_and_without_numbers(tmp_path):
    (tmp_path / "10.txt").write_text("Password12\npassword12\n1234567890\n", encoding="utf-8")

    assert set(listed_passwords(tmp_path)) == {"password12"}
