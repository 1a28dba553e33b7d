import time
from threading import Timer

import pytest
from django.http import HttpResponse

from cms.page_cache.store import Slot, raise_version, remember

pytestmark = pytest.mark.usefixtures("page_cache")
KEY = "page:test"


def test_page_is_found_under_its_key_alone():
    Slot(KEY).keep(HttpResponse("正文"))

    assert (Slot(KEY).entry.to_response().content.decode(), Slot("page:other").entry) == (
        "正文",
        None,
    )


def test_page_begun_before_a_change_is_never_shown():
    slot = Slot(KEY)
    raise_version()
    slot.keep(HttpResponse("旧的"))

    assert Slot(KEY).entry is None


def test_page_is_one_requests_to_make_at_a_time():
    first, second = Slot(KEY), Slot(KEY)
    claims = [first.claim(), second.claim()]
    first.release()

    assert (claims, second.claim()) == ([True, False], True)


def test_whoever_has_no_claim_releases_none():
    first, second = Slot(KEY), Slot(KEY)
    first.claim()
    second.claim()
    second.release()

    assert Slot(KEY).claim() is False


def test_nobody_waits_for_a_page_that_is_not_made():
    begun = time.monotonic()

    assert (Slot(KEY).made_by_another(), time.monotonic() - begun < 1) == (None, True)


def test_maker_that_gave_up_leaves_the_page_to_whoever_waited():
    maker, waiting = Slot(KEY), Slot(KEY)
    maker.claim()
    Timer(0.05, maker.release).start()
    begun = time.monotonic()

    assert (waiting.made_by_another(), time.monotonic() - begun < 1.5) == (None, True)


def test_page_finished_between_two_looks_is_not_made_again():
    late, maker = Slot(KEY), Slot(KEY)
    maker.claim()
    maker.keep(HttpResponse("正文"))
    maker.release()

    assert late.made_by_another().to_response().content.decode() == "正文"


def test_part_is_made_once_until_content_changes():
    made = iter(range(9))
    seen = [remember("part", lambda: next(made)) for _ in range(2)]
    raise_version()

    assert (seen, remember("part", lambda: next(made))) == ([0, 0], 1)


def test_part_begun_before_a_change_is_made_anew():
    def make():
        raise_version()
        return "旧的"

    remember("part", make)

    assert remember("part", lambda: "新的") == "新的"
