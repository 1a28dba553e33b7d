"""The demo's reviews go through the real ones."""

import pytest
from django.contrib.auth.hashers import make_password

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from cms.reviews import foot_of, waiting_for
from config.demo.people import OTHER_REVIEWERS, REVIEWER, load_sign_ins
from config.demo.reviews import load_reviews
from config.site_setup import set_up_site
from members.models import Member

pytestmark = pytest.mark.django_db


def test_one_article_has_passed_and_one_waits(tree):
    set_up_site()
    column = ColumnPage(title="思想引领", slug="sixiang-yinling")
    ColumnIndexPage.objects.get().add_child(instance=column)
    load_sign_ins(make_password(None))

    load_reviews()

    passed = ArticlePage.objects.live().get()
    names = [name for _step, name in foot_of(passed).names]
    waiting = waiting_for(Member.objects.get(phone=REVIEWER.phone))
    assert (names, waiting.count()) == ([*OTHER_REVIEWERS, REVIEWER.name], 1)
