"""Whatever phones and recorders write becomes one film that every phone plays."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from courses.encoding.pictures import Pacer, choose_rate, fit
from courses.encoding.process import EncoderDied, transcode_apart
from courses.encoding.sources import Fault, UnusableSource, read_recording
from courses.encoding.transcoding import Renditions, transcode
from tests.courses.recordings import beeps, make_film, make_sound, mean_colour


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def encode(source: Path, folder: Path) -> Renditions:
    return transcode(source, folder, lambda done, total: None)


def faults_of(source: Path, folder: Path) -> Fault:
    with pytest.raises(UnusableSource) as caught:
        encode(source, folder)
    return caught.value.fault


def test_film_is_what_old_phones_play(tmp_path, folder):
    made = encode(make_film(tmp_path / "a.mp4", size=(1280, 720), fps=30), folder)

    with av.open(str(folder / made.video)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.codec_context.name, picture.profile, picture.pix_fmt) == (
            "h264",
            "Main",
            "yuv420p",
        )
        assert (picture.width, picture.height, picture.average_rate) == (854, 480, 25)
        assert (sound.codec_context.name, sound.rate, sound.layout.name) == ("aac", 44_100, "mono")
    assert (made.type, made.duration, made.width, made.height) == ("video", 3.0, 854, 480)


def test_film_has_a_key_frame_every_two_seconds(tmp_path, folder):
    plain = ("#808080",)
    made = encode(make_film(tmp_path / "a.mp4", seconds=7, colours=plain), folder)

    with av.open(str(folder / made.video)) as film:
        keys = [
            float(each.pts * each.time_base) for each in film.demux(video=0) if each.is_keyframe
        ]
    assert keys == [0, 2, 4, 6]


@pytest.mark.parametrize("name", ["video", "audio"])
def test_index_comes_first(tmp_path, folder, name):
    made = encode(make_film(tmp_path / "a.mp4"), folder)

    data = (folder / getattr(made, name)).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((1920, 1080), (854, 480)),
        ((1080, 1920), (480, 854)),
        ((320, 240), (320, 240)),
        ((641, 361), (640, 360)),
        ((4000, 1000), (1280, 320)),
        ((1, 1), (2, 2)),
    ],
)
def test_short_side_is_480_and_nothing_is_enlarged(size, fitted):
    assert fit(*size) == fitted


@pytest.mark.parametrize(("rate", "chosen"), [(60, 25), (24, 24), (Fraction(90_000), 25)])
def test_rate_is_at_most_25(rate, chosen):
    assert choose_rate(Fraction(rate)) == chosen


@pytest.mark.parametrize(("turned", "size"), [(-90, (96, 128)), (90, (96, 128)), (180, (128, 96))])
def test_film_of_a_turned_phone_stands_upright(tmp_path, folder, turned, size):
    source = make_film(tmp_path / "a.mov", turned=turned)

    made = encode(source, folder)

    assert (made.width, made.height) == size
    assert (read_recording(source).width, read_recording(source).height) == size


def test_turned_film_is_turned_the_right_way(tmp_path, folder):
    """A quarter to the right: what was at the left edge comes to the top."""
    source = tmp_path / "a.mov"
    with av.open(str(source), "w") as target:
        stream = target.add_stream("libx264", rate=5)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        stream.set_display_rotation(-90)
        for _each in range(10):
            frame = av.VideoFrame(128, 96, "gray8").reformat(format="yuv420p")
            row = bytes([230] * 64 + [20] * 64).ljust(frame.planes[0].line_size, b"\0")
            frame.planes[0].update(row * 96)
            for plane in frame.planes[1:]:
                plane.update(bytes([128]) * plane.buffer_size)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))

    made = encode(source, folder)

    with av.open(str(folder / made.video)) as film:
        image = next(film.decode(video=0)).to_image().convert("L")
    assert image.getpixel((48, 10)) > image.getpixel((48, 118)) + 100


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("a.avi", {"codec": "mpeg4", "sound": "libmp3lame"}),
        ("a.mkv", {"codec": "libx265", "sound": "aac"}),
        ("a.wmv", {"codec": "wmv2", "sound": "wmav2"}),
        ("a.mov", {"codec": "libx264", "sound": "pcm_s16le"}),
        ("a.ts", {"codec": "mpeg2video", "sound": "mp2", "fps": 25}),
        ("a.webm", {"codec": "libvpx", "sound": "libopus"}),
    ],
)
def test_other_kinds_of_film_are_welcome(tmp_path, folder, name, codecs):
    if codecs["sound"] == "libopus":
        codecs = codecs | {"sound": None}

    made = encode(make_film(tmp_path / name, **codecs), folder)

    assert (made.type, made.video) == ("video", "video.mp4")
    assert made.duration == pytest.approx(3, abs=0.15)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp3", "libmp3lame"), ("a.wav", "pcm_s16le"), ("a.m4a", "aac"), ("a.wma", "wmav2")],
)
def test_sound_alone_becomes_a_recording(tmp_path, folder, name, codec):
    made = encode(make_sound(tmp_path / name, codec=codec), folder)

    assert (made.type, made.video, made.audio, made.width) == ("audio", "", "audio.m4a", None)
    assert made.duration == pytest.approx(3, abs=0.15)


def test_song_with_a_cover_is_no_film_and_keeps_its_cover(tmp_path, folder):
    made = encode(make_sound(tmp_path / "a.mp3", codec="libmp3lame", cover=True), folder)

    assert (made.type, made.poster) == ("audio", "poster.jpg")


def test_title_in_another_encoding_is_no_reason_to_refuse(tmp_path):
    source = make_sound(tmp_path / "a.mp3", codec="libmp3lame", title="TITLETITLE")
    source.write_bytes(source.read_bytes().replace(b"TITLETITLE", "保护令保护".encode("gbk")))

    assert read_recording(source).type == "audio"


def test_film_without_sound_has_no_sound_rendition(tmp_path, folder):
    made = encode(make_film(tmp_path / "a.mp4", sound=None), folder)

    assert (made.video, made.audio, made.duration) == ("video.mp4", "", 3.0)


def test_sound_shorter_than_the_film_goes_on_in_silence(tmp_path, folder):
    made = encode(make_film(tmp_path / "a.mp4", seconds=5, sound_seconds=2), folder)

    assert read_recording(folder / made.audio).duration == pytest.approx(5, abs=0.1)


def test_sound_alone_is_the_film_s_own(tmp_path, folder):
    made = encode(make_film(tmp_path / "a.mp4"), folder)

    assert beeps(folder / made.audio) == beeps(folder / made.video)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
@pytest.mark.parametrize("begins", [0, 5])
def test_sound_and_picture_stay_in_step(tmp_path, folder, name, begins):
    source = make_film(tmp_path / name, seconds=4, fps=25, begins=begins)

    made = encode(source, folder)

    heard = beeps(folder / made.video)
    assert heard == pytest.approx([0, 1, 2, 3], abs=0.1)
    assert mean_colour(folder / made.video, 1.5)[0] > 120
    assert mean_colour(folder / made.video, 2.5)[1] > 120
    assert made.duration == pytest.approx(4, abs=0.1)


def test_uneven_frames_become_even_ones(tmp_path, folder):
    """A screen recorder: nothing moves for two seconds, then much."""
    source = make_film(tmp_path / "a.mkv", fps=20, places=[0, 1, 2, *range(40, 80)], seconds=4)

    made = encode(source, folder)

    with av.open(str(folder / made.video)) as film:
        times = [frame.time for frame in film.decode(video=0)]
    steps = {round(b - a, 3) for a, b in pairwise(times)}
    assert (len(times), steps) == (80, {0.05})
    assert mean_colour(folder / made.video, 1.5) == mean_colour(folder / made.video, 0.5)


def test_pacer_fills_gaps_and_drops_what_comes_too_fast():
    pacer = Pacer(Fraction(10))
    given = [(0.0, "a"), (0.02, "b"), (0.1, "c"), (0.4, "d")]

    placed = [each for seconds, frame in given for each in pacer.take(frame, seconds)]

    assert [*placed, *pacer.finish(0.6)] == [
        *((0, "a"), (1, "c"), (2, "c"), (3, "c"), (4, "d")),
        (5, "d"),
    ]


def test_poster_is_not_black(tmp_path, folder):
    """The first second, and so the tenth part, is dark."""
    made = encode(make_film(tmp_path / "a.mp4", seconds=6, colours=("#000000", "#d0a060")), folder)

    with av.open(str(folder / made.poster)) as poster:
        assert (
            next(poster.decode(video=0)).to_image().convert("L").resize((1, 1)).getpixel((0, 0))
            > 60
        )


def test_file_that_was_cut_off_is_refused(tmp_path, folder):
    source = make_film(tmp_path / "a.mkv", seconds=30)
    source.write_bytes(source.read_bytes()[: source.stat().st_size // 2])

    assert faults_of(source, folder) == Fault.TRUNCATED


def test_cut_film_with_its_index_first_is_refused(tmp_path, folder):
    made = encode(make_film(tmp_path / "a.mp4", seconds=30), folder)
    source = tmp_path / "cut.mp4"
    source.write_bytes((folder / made.video).read_bytes()[:-20_000])

    assert faults_of(source, folder) in (Fault.TRUNCATED, Fault.UNREADABLE)


@pytest.mark.parametrize("content", [b"", b"not a film" * 100, b"\x89PNG\r\n\x1a\n" + bytes(200)])
def test_what_is_no_recording_is_refused(tmp_path, folder, content):
    (tmp_path / "a.mp4").write_bytes(content)

    assert faults_of(tmp_path / "a.mp4", folder) == Fault.UNREADABLE


def test_playlist_cannot_reach_other_files(tmp_path, folder):
    inner = make_film(tmp_path / "inner.ts", codec="mpeg2video", sound="mp2", fps=25)
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{inner}\n#EXT-X-ENDLIST\n"
    (tmp_path / "a.mp4").write_text(playlist)

    assert faults_of(tmp_path / "a.mp4", folder) == Fault.UNREADABLE


def test_few_broken_bytes_are_gone_over(tmp_path, folder):
    source = make_film(tmp_path / "a.ts", codec="mpeg2video", sound="mp2", fps=25, seconds=6)
    data = bytearray(source.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = bytes(400)
    source.write_bytes(data)

    assert encode(source, folder).duration == pytest.approx(6, abs=0.3)


def test_progress_reaches_the_end(tmp_path, folder):
    told = []
    transcode(make_film(tmp_path / "a.mp4"), folder, lambda *step: told.append(step))

    assert told == sorted(told)
    assert told[-1][0] == pytest.approx(told[-1][1])


def test_child_process_makes_the_same(tmp_path, folder):
    source = make_film(tmp_path / "a.mp4")

    assert transcode_apart(source, folder, lambda *step: None) == encode(source, folder)


def test_child_process_says_why_not(tmp_path, folder):
    (tmp_path / "a.mp4").write_bytes(b"nothing")

    with pytest.raises(UnusableSource) as caught:
        transcode_apart(tmp_path / "a.mp4", folder, lambda *step: None)
    assert caught.value.fault == Fault.UNREADABLE


def test_child_process_that_breaks_is_noticed(tmp_path):
    with pytest.raises(EncoderDied):
        transcode_apart(make_film(tmp_path / "a.mp4"), tmp_path / "none", lambda *step: None)


def test_child_process_ends_with_who_waits_for_it(tmp_path, folder):
    class Lost(Exception):
        pass

    def lose(done, total):
        raise Lost

    with pytest.raises(Lost):
        transcode_apart(make_film(tmp_path / "a.mp4", seconds=20), folder, lose)
    assert not list(folder.glob("*.jpg"))
