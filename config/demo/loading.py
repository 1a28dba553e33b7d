"""Fill an empty database with Guangdong's tree and the demo content, saying how far it is."""

import logging
from collections.abc import Iterable
from functools import partial
from random import Random
from typing import TextIO

from django.db import transaction
from tqdm import tqdm

from config.demo.assessments import load_assessments
from config.demo.boards import load_boards
from config.demo.certificates import load_certificates
from config.demo.desk import load_desk
from config.demo.history import load_history
from config.demo.illustrated import load_illustrated
from config.demo.knowledge import load_knowledge
from config.demo.listening import load_listening, load_local
from config.demo.pages import load_columns, load_courses
from config.demo.people import load_people
from config.demo.plans import load_plans
from config.demo.quizzes import load_questions, load_quizzes
from config.demo.reviews import load_reviews
from config.demo.searches import load_misses
from config.demo.together import load_ranking, load_reminder
from config.site_setup import set_up_site
from federations.domain.divisions import import_federations
from learning.models import Plan
from members.models import Member

SEED = 20261121


def is_empty() -> bool:
    """Nobody is there yet, and nothing was ever asked of anybody."""
    return not Member.objects.exists() and not Plan.objects.exists()


def load_demo(*, out: TextIO) -> None:
    """The tree, then everything else in one transaction: a load cut short leaves no half demo."""
    say = partial(print, file=out, flush=True)
    # A log line for each of a hundred pages would bury the progress.
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    say("[1/6] 全省五级妇联（28,743 个）")
    import_federations()
    with transaction.atomic():
        load_content(say, out)


def load_content(say, out: TextIO) -> None:
    rng = Random(SEED)  # noqa: S311 a demo that is the same every time
    set_up_site()
    say("[2/6] 执委名册")
    load_people(rng)
    say("[3/6] 栏目、资讯、知识库")
    load_columns()
    load_knowledge()
    load_reviews()
    load_misses()
    load_local()
    say("[4/6] 微课（现场生成短视频，约一分钟）")
    load_courses(say)
    load_listening(say)
    say("[5/6] 题库、测验、学习任务")
    load_questions()
    load_quizzes()
    load_illustrated()
    load_plans()
    load_certificates()
    load_desk()
    say("[6/6] 学习记录")
    load_reminder()
    load_history(rng, partial(show_progress, out=out))
    load_boards()
    load_assessments()
    load_ranking()


def show_progress(items: list, *, out: TextIO) -> Iterable:
    return tqdm(items, file=out, unit="人", disable=not out.isatty())
