"""Who may hear a question's recording."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtailmedia.models import get_media_model

from quizzes.domain.media import find_foreign_markers
from quizzes.models import Attempt, Favourite, QuestionBank, QuestionVersion, ReviewCard
from tests.editors import make_editor
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.authoring import question_data
from tests.quizzes.bank import make_bank, make_question

SOUND = bytes(range(100))


@pytest.fixture
def recording(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    recording = get_media_model()(title="录音", type="audio", duration=5)
    recording.file.save("clip.mp3", ContentFile(SOUND))
    return recording


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def quiz(academy):
    return make_quiz_page(academy)


def url(recording):
    return reverse("quizzes:media", args=[recording.pk])


def ask(member, quiz, *versions, number=1, state="open"):
    """An attempt that holds these versions."""
    return Attempt.objects.create(
        member=member,
        quiz=quiz,
        number=number,
        state=state,
        question_count=len(versions),
        layout=[{"v": version.pk, "o": []} for version in versions],
        started_at=timezone.now(),
    )


def make_heard(recording, place="stem") -> QuestionVersion:
    """A version that names the recording in one of its places."""
    marker = f"听[音频:{recording.pk}]"
    question = make_question(
        make_bank(),
        stem=marker if place == "stem" else "",
        options=(marker, "乙") if place == "option" else ("甲", "乙"),
        answers=("A",),
    )
    version = question.current
    if place == "explanation":
        QuestionVersion.objects.filter(pk=version.pk).update(explanation=marker)
    return version


@pytest.mark.parametrize("place", ["stem", "option"])
def test_member_hears_what_she_was_asked(client, member, quiz, recording, place):
    ask(member, quiz, make_question(make_bank()).current, make_heard(recording, place))
    client.force_login(member)

    response = client.get(url(recording))

    assert b"".join(response.streaming_content) == SOUND
    assert response["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize(
    ("state", "parts", "status"),
    [
        ("open", ["explanations"], 404),
        ("submitted", ["marks"], 404),
        ("submitted", ["explanations"], 200),
    ],
)
def test_explanation_is_heard_when_the_result_shows_it(
    client, member, quiz, recording, state, parts, status
):
    quiz.review_right_after = parts
    quiz.save()
    attempt = ask(member, quiz, make_heard(recording, "explanation"), state=state)
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=timezone.now())
    client.force_login(member)

    assert client.get(url(recording)).status_code == status


def test_favourite_does_not_let_her_hear_the_explanation(client, member, recording):
    question = make_heard(recording, "explanation").question
    Favourite.objects.create(member=member, question=question, added_at=timezone.now())
    client.force_login(member)

    assert client.get(url(recording)).status_code == 404


def test_recording_is_sent_in_ranges(client, member, quiz, recording):
    ask(member, quiz, make_heard(recording))
    client.force_login(member)

    response = client.get(url(recording), headers={"Range": "bytes=10-19"})

    assert (response.status_code, b"".join(response.streaming_content)) == (206, SOUND[10:20])


def test_member_hears_it_after_the_quiz_however_long_ago(client, member, quiz, recording):
    ask(member, quiz, make_heard(recording), state="submitted")
    plain = make_question(make_bank()).current
    for number in range(2, 90):
        ask(member, quiz, plain, number=number, state="submitted")
    client.force_login(member)

    assert client.get(url(recording)).status_code == 200


def test_visitor_hears_nothing(client, quiz, recording):
    make_heard(recording)

    assert client.get(url(recording)).status_code == 404


def test_member_who_was_asked_something_else_hears_nothing(client, tree, quiz, recording):
    version = make_heard(recording)
    ask(make_committee_member(tree.town), quiz, version)
    member = make_committee_member(tree.village)
    ask(member, quiz, make_question(make_bank()).current)
    client.force_login(member)

    assert client.get(url(recording)).status_code == 404


def test_another_recording_with_a_longer_id_is_another(client, member, quiz, recording):
    longer = make_question(make_bank(), stem=f"听[音频:{recording.pk}1]").current
    ask(member, quiz, longer)
    client.force_login(member)

    assert client.get(url(recording)).status_code == 404


@pytest.mark.parametrize("kept_as", [ReviewCard, Favourite])
def test_member_hears_what_she_keeps_in_its_current_wording(client, recording, kept_as):
    member, version = make_member(), make_heard(recording)
    now = timezone.now()
    when = {"added_at": now} if kept_as is Favourite else {"due_at": now, "missed_at": now}
    kept_as.objects.create(member=member, question=version.question, **when)
    client.force_login(member)

    assert client.get(url(recording)).status_code == 200


def test_film_is_not_sent_here(client, member, quiz, recording):
    get_media_model().objects.update(type="video")
    ask(member, quiz, make_heard(recording))
    client.force_login(member)

    assert client.get(url(recording)).status_code == 404


@pytest.mark.parametrize(
    ("place", "status"), [("city", 200), ("county", 200), ("other_city", 404), ("village", 404)]
)
def test_editors_hear_what_their_banks_hold(client, home, tree, recording, place, status):
    version = make_heard(recording)
    QuestionBank.objects.update(federation=tree.county)
    client.force_login(make_editor(home, getattr(tree, place)))

    assert client.get(url(recording)).status_code == status
    assert version.stem.startswith("听")


# Who may write its marker into a question, and so hear it as an editor.


@pytest.mark.parametrize(("place", "is_foreign"), [("county", False), ("other_city", True)])
def test_recording_of_others_questions_is_foreign(
    home, academy, tree, recording, place, is_foreign
):
    make_heard(recording)
    QuestionBank.objects.update(federation=tree.county)
    editor = make_editor(home, getattr(tree, place))
    marker = f"[音频:{recording.pk}]"

    assert find_foreign_markers(editor, [f"听{marker}"]) == ({marker} if is_foreign else set())


def test_unused_recording_of_the_library_is_hers_to_use(home, academy, tree, recording):
    editor = make_editor(home, tree.county)

    assert find_foreign_markers(editor, [f"[音频:{recording.pk}]"]) == set()


def test_file_that_is_not_there_is_foreign(home, academy, tree, recording):
    editor = make_editor(home, tree.county)

    foreign = find_foreign_markers(editor, ["[图片:987]", "[音频:987]"])

    assert foreign == {"[图片:987]", "[音频:987]"}


def test_form_refuses_a_foreign_recording(client, home, academy, tree, recording):
    make_heard(recording)
    bank = QuestionBank.objects.create(name="本级", federation=tree.other_city)
    client.force_login(make_editor(home, tree.other_city))
    data = question_data(bank, stem=f"听[音频:{recording.pk}]")

    response = client.post(reverse("question:add"), data)

    assert response.context["form"].errors["stem"][0].startswith("不能用 [音频:")
    assert bank.questions.count() == 0
