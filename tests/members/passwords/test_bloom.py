import pytest

from members.passwords.bloom import HEADER, Bloom, write_bloom

WORDS = [f"password-{number}" for number in range(2000)]


@pytest.fixture
def bloom(tmp_path):
    path = tmp_path / "words.bloom"
    write_bloom(path, WORDS, count=len(WORDS), rate=1 / 100)
    return Bloom(path)


def test_bloom_finds_every_word_that_it_holds(bloom):
    assert [word for word in WORDS if word not in bloom] == []


def test_bloom_takes_few_others_for_its_words(bloom):
    wrong = sum(f"other-{number}" in bloom for number in range(10_000))

    assert 40 < wrong < 200


def test_bloom_says_how_many_words_it_holds(bloom):
    assert bloom.count == len(WORDS)


def test_bloom_refuses_another_file(tmp_path):
    path = tmp_path / "other"
    path.write_bytes(bytes(HEADER.size + 8))

    with pytest.raises(ValueError, match="no Bloom filter"):
        Bloom(path)
