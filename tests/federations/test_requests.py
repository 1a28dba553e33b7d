"""更正申请: a member asks, her federation's managers see it and answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from federations.domain.requests import RequestRefused, answer_correction, ask_correction
from federations.models import CorrectionRequest, RequestState, StaffRoleType
from members.models import Action, AuditEntry, Notice
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff

NOW = timezone.now()
OWN, DESK = "/me/privacy/corrections/", "/desk/corrections/"


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def asked(member, manager):
    return ask_correction(member=member, thing="name", text="应为陈秀瑛", now=NOW)


def told(member) -> list[str]:
    return list(Notice.objects.filter(member=member).values_list("text", flat=True))


class TestAsking:
    def test_nearest_managers_are_told(self, tree, asked, manager):
        above = make_staff(tree.city)

        assert told(manager) == ["有执委申请更正个人信息，请到工作台处理。"]
        assert told(above) == []

    def test_asking_again_replaces_the_words_and_tells_nobody_twice(self, member, manager, asked):
        ask_correction(member=member, thing="name", text="是瑛", now=NOW + timedelta(hours=1))

        assert CorrectionRequest.objects.get().text == "是瑛"
        assert len(told(manager)) == 1

    def test_who_is_counted_nowhere_is_told_whom_to_ask(self, client, db):
        member = make_member()
        with pytest.raises(RequestRefused):
            ask_correction(member=member, thing="name", text="瑛", now=NOW)

        client.force_login(member)
        html = client.post(OWN, {"thing": "name", "text": "应为瑛"}).text
        assert "请直接联系您所在的妇联更正" in html
        assert "应为瑛</textarea>" in html

    def test_form_goes_to_the_list(self, client, member, manager):
        client.force_login(member)

        response = client.post(OWN, {"thing": "phone", "text": "换号了"}, follow=True)

        assert "手机号：换号了" in " ".join(response.text.split())

    def test_empty_form_says_what_is_missing(self, client, member):
        client.force_login(member)

        assert "请写明应该是什么。" in client.post(OWN, {"thing": "name", "text": ""}).text

    def test_another_members_requests_are_not_hers(self, client, asked, tree):
        client.force_login(make_committee_member(tree.village, "黄桂芳"))

        assert "陈秀瑛" not in client.get(OWN).text


class TestAnswering:
    def test_answer_reaches_her_and_is_audited(self, asked, member, manager):
        facts = {"by": manager, "is_done": True, "reply": "", "now": NOW}

        assert answer_correction(request_id=asked.pk, **facts)
        assert told(member) == ["您的更正申请有了答复：已更正"]
        entry = AuditEntry.objects.get(action=Action.DATA_CORRECTED)
        assert (entry.actor_id, entry.subject_id) == (manager.pk, str(member.pk))

    def test_first_answer_stands(self, asked, manager):
        facts = {"by": manager, "reply": "核对无误", "now": NOW}
        answer_correction(request_id=asked.pk, is_done=False, **facts)

        assert not answer_correction(request_id=asked.pk, is_done=True, **facts)
        asked.refresh_from_db()
        assert asked.state == RequestState.DECLINED

    def test_refusal_needs_a_reason(self, client, asked, manager):
        client.force_login(manager)

        html = client.post(f"{DESK}{asked.pk}/", {"outcome": "declined", "reply": ""}).text

        assert "不改的请写明原因" in html
        asked.refresh_from_db()
        assert asked.is_open

    def test_manager_answers_at_the_desk(self, client, asked, manager):
        client.force_login(manager)
        assert "应为陈秀瑛" in client.get(DESK).text

        client.post(f"{DESK}{asked.pk}/", {"outcome": "done", "reply": "改好了"})

        asked.refresh_from_db()
        assert (asked.state, asked.reply, asked.answered_by) == ("done", "改好了", manager)
        assert "应为陈秀瑛" in client.get(DESK, {"show": "answered"}).text

    def test_outside_her_scope_there_is_nothing(self, client, asked, tree):
        client.force_login(make_staff(tree.other_town))

        assert "陈秀瑛" not in client.get(DESK).text
        assert client.get(f"{DESK}{asked.pk}/").status_code == 404

    def test_viewer_does_not_answer(self, client, asked, tree):
        client.force_login(make_staff(tree.town, StaffRoleType.VIEWER))

        assert client.get(DESK).status_code == 403
        assert client.post(f"{DESK}{asked.pk}/", {"outcome": "done"}).status_code == 403

    def test_same_queries_for_one_and_for_thirty(self, client, asked, manager, tree):
        client.force_login(manager)
        one = count_queries(client, "desk_corrections")
        for _each in range(29):
            other = make_committee_member(tree.village)
            ask_correction(member=other, thing="name", text="不对", now=NOW)

        assert count_queries(client, "desk_corrections") == one
