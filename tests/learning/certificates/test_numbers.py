"""No mistyped number passes; how it is typed does not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.certificate_numbers import (
    ALPHABET,
    LENGTH,
    RANDOM_BITS,
    WrongCheck,
    WrongLength,
    make_number,
    read_number,
    show_number,
)

numbers = st.builds(
    make_number,
    year=st.integers(2000, 2099),
    draw=st.integers(0, 2**RANDOM_BITS - 1),
)


@given(numbers)
def test_number_reads_as_it_is_shown(number):
    assert read_number(show_number(number)) == number
    assert len(number) == LENGTH


@given(numbers, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_letter_never_passes(number, place, letter):
    if number[place] == letter:
        return
    with pytest.raises(WrongCheck):
        read_number(number[:place] + letter + number[place + 1 :])


@given(numbers, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_exchanged_letters_never_pass(number, first, second):
    letters = list(number)
    letters[first], letters[second] = letters[second], letters[first]
    if "".join(letters) == number:
        return
    with pytest.raises(WrongCheck):
        read_number("".join(letters))


@given(numbers)
def test_case_spaces_and_look_alikes_do_not_matter(number):
    typed = show_number(number).lower().replace("0", "o").replace("1", "l").replace("v", "u")

    assert read_number(f" {typed.replace('-', '－ ')}") == number


@given(st.sets(st.integers(0, 2**RANDOM_BITS - 1), min_size=2, max_size=2))
def test_other_draws_are_other_numbers(draws):
    first, second = (make_number(year=2026, draw=draw) for draw in draws)

    assert first != second


@pytest.mark.parametrize("typed", ["", "2026", "证书", "2026-7K3M-Q9XT-HH", "9" * 10_000])
def test_wrong_length_is_said(typed):
    with pytest.raises(WrongLength):
        read_number(typed)
