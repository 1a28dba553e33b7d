import pytest
from django.urls import reverse

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from courses.models import CourseIndexPage
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff
from tests.pages import make_course, make_lesson, make_quiz_page


@pytest.fixture
def column(home):
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权普法", slug="law"))


def make_article(column, number):
    return column.add_child(
        instance=ArticlePage(title=f"文章{number}", slug=f"a{number}", body=[("heading", "开头")])
    )


def academy_urls(academy):
    course = make_course(academy)
    return [academy.url, course.url, make_lesson(course).url, make_quiz_page(academy).url]


def test_academy_sends_visitors_to_the_sign_in(client, academy):
    sign_in = reverse("account_login")
    answers = [(url, client.get(url)["Location"]) for url in academy_urls(academy)]

    assert answers == [(url, f"{sign_in}?next={url}") for url, _target in answers]


def test_academy_tells_people_without_an_appointment_why(client, academy):
    client.force_login(make_member())

    assert [client.get(url).status_code for url in academy_urls(academy)] == [403] * 4


@pytest.mark.parametrize("who", ["member", "staff"])
def test_academy_is_open_to_members_and_staff(client, academy, tree, who):
    makers = {"member": make_committee_member, "staff": make_staff}
    client.force_login(makers[who](tree.village))

    assert [client.get(url).status_code for url in academy_urls(academy)] == [200] * 4


def test_public_course_is_open_to_everyone(client, home):
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    lesson = make_lesson(public)

    assert client.get(lesson.url).status_code == 200


def test_home_hides_the_academys_lessons_from_visitors(client, academy):
    make_lesson(academy, title="内部微课")

    assert "内部微课" not in client.get("/").content.decode()


def test_draft_is_not_shown(client, academy, tree):
    client.force_login(make_committee_member(tree.village))
    lesson = make_lesson(academy)
    lesson.unpublish()

    assert client.get(lesson.url).status_code == 404


def test_article_is_readable_by_everyone(client, column):
    assert "开头" in client.get(make_article(column, 1).url).content.decode()


def test_column_queries_do_not_grow(client, column):
    make_article(column, 1)
    few = count_queries(client, column.url)
    for number in range(2, 31):
        make_article(column, number)

    assert count_queries(client, column.url) == few


def test_column_list_queries_do_not_grow(client, column):
    index = column.get_parent()
    few = count_queries(client, index.url)
    for number in range(29):
        index.add_child(instance=ColumnPage(title=f"栏目{number}", slug=f"c{number}"))

    assert count_queries(client, index.url) == few


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_home_queries_do_not_grow(client, academy, column, tree, who):
    if who == "member":
        client.force_login(make_committee_member(tree.village))
    course = make_course(academy)
    make_lesson(course, column=column)
    make_article(column, 0)
    make_quiz_page(academy)
    few = count_queries(client, "/")
    for number in range(1, 30):
        make_lesson(course, column=column)
        make_article(column, number)
        make_quiz_page(academy)

    assert count_queries(client, "/") == few


def test_academy_queries_do_not_grow(client, academy, tree):
    client.force_login(make_committee_member(tree.village))
    make_lesson(academy)
    make_quiz_page(academy)
    few = count_queries(client, academy.url)
    for _ in range(29):
        make_lesson(academy)
        make_quiz_page(academy)

    assert count_queries(client, academy.url) == few
