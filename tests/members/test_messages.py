import pytest

from members.messages import say_wait


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "1 秒"),
        (59, "59 秒"),
        (60, "1 分钟"),
        (61, "2 分钟"),
        (3600, "1 小时"),
        (86_000, "24 小时"),
    ],
)
def test_say_wait_rounds_up(seconds, said):
    assert say_wait(seconds) == said
