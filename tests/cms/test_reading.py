import pytest

from cms.reading import Reading, measure, opening, text_of


@pytest.mark.parametrize(
    ("html", "characters"),
    [
        ("", 0),
        ("<p>妇女权益</p>", 4),
        ("<p>妇女，权益。</p>", 4),
        ("<p>拨打 12338 或 WeChat</p>", 3 + 4),
        ("<p>1,000.5 元</p>", 2 + 1),
        ("<p>㙍𣒍</p>", 2),
        ("<p>妇<b>女</b></p><script>var 不算 = 1</script><style>p{}</style><!-- 不算 -->", 2),
        ('<p>妇女</p><details class="fold transcript"><p>不算</p></details><p>权</p>', 3),
        ('<img alt="不算"><p>A&amp;B &lt;妇&gt;</p>', 4 + 1),
    ],
)
def test_what_is_shown_is_counted(html, characters):
    assert measure(html).characters == characters


@pytest.mark.parametrize(
    ("characters", "seconds", "minutes"),
    [(0, 0, 0), (1, 0, 1), (400, 0, 1), (401, 0, 2), (0, 61, 2), (200, 30, 1), (200, 31, 2)],
)
def test_minutes_are_whole_and_films_are_added(characters, seconds, minutes):
    assert Reading(characters, seconds).minutes == minutes


def test_players_say_how_long_they_play():
    html = '<video data-seconds="90"></video><audio data-seconds="30"></audio>'

    assert measure(html) == Reading(characters=0, seconds=120)


def test_text_has_a_line_for_each_paragraph():
    html = "<h2>三步走</h2><p>先<b>看</b>安全，\n再听她说</p><ul><li>一</li><li>二</li></ul>"

    assert text_of(html) == "三步走\n先看安全， 再听她说\n一\n二"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("先看安全。再听她说。最后陪她去。", 10, "先看安全。再听她说。"),
        ("先看安全。再听她说。", 4, "先看安…"),
        ("没有句号的一行", 20, "没有句号的一行"),
        ("她说：“先看安全。”我们都听。", 12, "她说：“先看安全。”"),
        ("", 10, ""),
    ],
)
def test_opening_ends_with_a_sentence_where_it_can(text, limit, expected):
    assert opening(text, limit) == expected
