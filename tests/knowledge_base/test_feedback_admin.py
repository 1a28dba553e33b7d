"""条目反馈: each editor sees what is said of her federation's entries, and nobody's name."""

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.models import StaffRoleType
from knowledge_base.models import Feedback
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_member
from tests.knowledge_base.entries import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(index, category, tree):
    return make_entry(index, category, title="市里的条目", federation=tree.city)


def judge(entry, *, useful=True, words="", member=None, visitor="x"):
    Feedback.objects.create(
        page=entry,
        member=member,
        visitor="" if member else visitor,
        is_useful=useful,
        words=words,
        given_at=timezone.now(),
    )


def listed(client):
    response = client.get(reverse("knowledge_feedback"))
    return [
        (each.title, each.useful, each.useless, each.remarks)
        for each in response.context["object_list"]
    ]


def test_entries_are_listed_with_their_counts(client, home, tree, index, entry):
    judge(entry, useful=False, words="看不懂")
    judge(entry, member=make_member())
    client.force_login(make_editor(home, tree.city))

    assert listed(client) == [("市里的条目", 1, 1, 1)]


@pytest.mark.parametrize(
    ("place", "sees"), [("city", 1), ("province", 1), ("county", 0), ("other_city", 0)]
)
def test_counts_are_seen_by_owner_and_superior_alone(client, home, tree, entry, place, sees):
    judge(entry)
    client.force_login(make_editor(home, getattr(tree, place)))

    assert len(listed(client)) == sees
    response = client.get(reverse("knowledge_feedback_of", args=[entry.pk]))
    assert response.status_code == (200 if sees else 404)


def test_teammate_sees_them_too(client, home, tree, entry):
    judge(entry)
    client.force_login(make_editor(home, tree.city, StaffRoleType.REVIEWER))

    assert len(listed(client)) == 1


def test_words_are_listed_without_names(client, home, tree, entry):
    judge(entry, useful=False, words="看不懂", member=make_member(name="陈秀英"))
    client.force_login(make_editor(home, tree.city))
    judge(entry)
    response = client.get(reverse("knowledge_feedback_of", args=[entry.pk]))
    page = response.content.decode()

    assert [row.words for row in response.context["object_list"]] == ["看不懂"]
    assert ("看不懂" in page, "陈秀英" in page) == (True, False)


@pytest.mark.parametrize("name", ["knowledge_feedback", "knowledge_feedback_results"])
def test_managers_have_no_business_there(client, home, tree, entry, name):
    client.force_login(make_editor(home, tree.city, StaffRoleType.MANAGER))

    assert client.get(reverse(name)).status_code == 302


def test_queries_do_not_grow(client, home, tree, index, category, entry):
    judge(entry)
    client.force_login(make_editor(home, tree.city))
    few = count_queries(client, "knowledge_feedback")
    for number in range(1, 30):
        judge(make_entry(index, category, number, federation=tree.city))

    assert count_queries(client, "knowledge_feedback") == few
