import pytest

from courses.captions import BadCaptions, read_captions

CUE = "00:00:01.000 --> 00:00:02.500\n先看安全"
WHOLE = f"WEBVTT\n\n{CUE}\n"


def read(text, name="a.vtt"):
    return read_captions(name, text.encode())


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("\n", "\r"),
        "\ufeff" + WHOLE,
        WHOLE.replace("00:00:", "00:"),
        "WEBVTT - 第一课\nKind: captions\n\nNOTE 说明\n\n1\n" + CUE,
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n" + CUE,
    ],
)
def test_what_players_write_is_accepted(text):
    assert read(text) == WHOLE


def test_file_of_an_older_chinese_system_is_read():
    assert read_captions("a.vtt", WHOLE.encode("gb18030")) == WHOLE


def test_settings_of_a_cue_are_kept():
    text = WHOLE.replace(".500\n", ".500 line:0 align:start\n")

    assert read(text) == text


def test_srt_becomes_webvtt():
    lines = ["1", "00:00:01,000 --> 00:00:02,500", "先看安全", ""]
    lines += ["2", "00:00:03,000 --> 00:00:04,000", "再听", ""]

    assert read("\r\n".join(lines), "a.SRT") == WHOLE + "\n00:00:03.000 --> 00:00:04.000\n再听\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("先看安全", "第 1 行应是 WEBVTT。请用字幕软件重新导出为 WebVTT（.vtt）。"),
        ("WEBVTT\n\n", "这个字幕文件里没有一句字幕，请检查后重新导出。"),
        (
            f"{WHOLE}\n00:03 --> 00:04\n再听",
            "第 6 行的时间读不懂，应写成 00:01.000 --> 00:04.000。",
        ),
        (f"{WHOLE}\n再听\n她说", "第 6 行附近缺少时间（如 00:01.000 --> 00:04.000）。"),
        (f"{WHOLE}\n00:04.000 --> 00:03.000\n再听", "第 6 行的结束时间不晚于开始时间。"),
        (f"{WHOLE}00:03.000 --> 00:04.000\n再听", "第 3 行附近的两句字幕之间要空一行。"),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000 <b>\n甲",
            "第 3 行的时间读不懂，应写成 00:01.000 --> 00:04.000。",
        ),
    ],
)
def test_bad_file_says_where(text, message):
    with pytest.raises(BadCaptions) as error:
        read(text)

    assert str(error.value) == message


def test_film_is_no_subtitles():
    with pytest.raises(BadCaptions) as error:
        read_captions("a.vtt", b"\0\xff" * 1_500_000)

    assert "不是视频" in str(error.value)
