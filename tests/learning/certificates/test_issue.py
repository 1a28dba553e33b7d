"""Who has earned a certificate gets it, once, and it stays as it was on that day."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from learning.domain.certificates import (
    CertificateRefused,
    issue_certificates,
    mark_candidates,
    reissue_certificate,
    revoke_certificate,
)
from learning.domain.outcomes import fold_outcomes, mark_outcomes
from learning.domain.progress import complete_page
from learning.models import Certificate, CertificateEdition, OutcomeMark
from members.models import Notice
from tests.factories import make_committee_member, make_member
from tests.learning.certificates.conftest import NOW, issue, make_rule, make_template
from tests.learning.test_mine import make_plan
from tests.pages import make_course, make_lesson

EARLIER = NOW - timedelta(minutes=5)


def finish(member, *pages, at=EARLIER):
    for page in pages:
        complete_page(member=member, page_id=page.pk, now=at)


def issue_to(*members, now=NOW) -> int:
    return issue_certificates(member_ids=[member.pk for member in members], now=now)


def test_finished_course_gives_a_certificate_and_a_notice(rule, course, member):
    finish(member, course)

    assert issue_to(member) == 1
    certificate = Certificate.objects.get()
    assert (certificate.name, certificate.title) == ("陈桂英", "家庭教育促进法")
    assert certificate.unit == "梅州市梅县区松口镇大黄村妇联"
    assert "家庭教育促进法" in certificate.text
    assert "家庭教育促进法" in Notice.objects.get(member=member).text


def test_issuing_again_gives_nothing(rule, course, member):
    finish(member, course)
    issue_to(member)

    assert issue_to(member) == 0
    assert Notice.objects.filter(member=member).count() == 1


def test_unfinished_course_gives_nothing(rule, course, member):
    assert issue_to(member) == 0


def test_rule_counts_from_its_first_day(template, course, member):
    make_rule(template, page=course, starts_on=localdate(NOW) + timedelta(days=1))
    finish(member, course)
    assert issue_to(member) == 0
    assert issue_to(member, now=NOW + timedelta(days=2)) == 0


def test_rule_that_is_switched_off_gives_nothing(template, course, member):
    make_rule(template, page=course, is_active=False)
    finish(member, course)

    assert issue_to(member) == 0


def test_plan_asks_for_every_required_page(template, tree, course, member):
    pages = [make_lesson(course), make_lesson(course)]
    plan = make_plan(tree.county, pages)
    make_rule(template, plan=plan)
    finish(member, pages[0])
    assert issue_to(member) == 0

    finish(member, pages[1])
    assert issue_to(member) == 1
    assert Certificate.objects.get().plan == plan


def test_plan_of_another_branch_gives_nothing(template, tree, course, member):
    page = make_lesson(course)
    make_rule(template, plan=make_plan(tree.other_city, [page]))
    finish(member, page)

    assert issue_to(member) == 0


def test_what_is_finished_after_the_cutoff_does_not_count(template, tree, course, member):
    page = make_lesson(course)
    plan = make_plan(tree.county, [page], cutoff_at=NOW - timedelta(minutes=2))
    make_rule(template, plan=plan)
    finish(member, page, at=NOW - timedelta(minutes=1))

    assert issue_to(member) == 0


def test_deleted_plan_leaves_its_certificates(template, tree, course, member):
    page = make_lesson(course)
    plan = make_plan(tree.county, [page], title="三月学习")
    make_rule(template, plan=plan)
    finish(member, page)
    issue_to(member)

    plan.delete()
    certificate = Certificate.objects.get()
    assert (certificate.title, certificate.plan) == ("三月学习", None)


def test_later_changes_do_not_touch_it(certificate, template, course, member):
    before = certificate.text
    member.name = "陈秀英"
    member.save(update_fields=["name"])
    template.body = "别的正文"
    template.save()
    course.title = "别的课程"
    course.save()

    certificate = Certificate.objects.select_related("edition").get()
    assert (certificate.name, certificate.text) == ("陈桂英", before)


def test_editions_are_made_only_when_the_template_changed(template, rule, tree):
    first, second, third = (make_committee_member(tree.village) for _each in range(3))
    issue(first, rule)
    issue(second, rule)
    assert CertificateEdition.objects.count() == 1

    template.heading = "荣誉证书"
    template.save()
    assert issue(third, rule).edition.heading == "荣誉证书"
    assert CertificateEdition.objects.count() == 2


def test_revoked_one_does_not_come_back_by_itself(certificate, member):
    revoke_certificate(certificate_id=certificate.pk, reason="冒名", by=member, now=NOW)

    assert issue_to(member) == 0
    assert not Certificate.objects.get().is_valid


def test_holder_is_told_why_it_was_revoked(certificate, member):
    revoke_certificate(certificate_id=certificate.pk, reason="冒名代学", by=member, now=NOW)

    assert "冒名代学" in Notice.objects.filter(member=member).first().text


def test_revoking_twice_is_refused(certificate, member):
    revoke_certificate(certificate_id=certificate.pk, reason="一", by=member, now=NOW)
    with pytest.raises(CertificateRefused):
        revoke_certificate(certificate_id=certificate.pk, reason="二", by=member, now=NOW)

    assert Certificate.objects.get().revoke_reason == "一"


def test_reissued_one_has_todays_name_and_another_number(certificate, member):
    member.name = "陈秀英"
    member.save(update_fields=["name"])
    new = reissue_certificate(certificate_id=certificate.pk, by=member, now=NOW)

    certificate.refresh_from_db()
    assert (new.name, new.is_valid, certificate.is_valid) == ("陈秀英", True, False)
    assert new.number != certificate.number
    assert issue_to(member) == 0
    with pytest.raises(CertificateRefused):
        reissue_certificate(certificate_id=certificate.pk, by=member, now=NOW)


def test_member_without_appointment_gets_one_for_a_course(rule, course):
    guest = make_member("李梅")
    finish(guest, course)

    assert issue_to(guest) == 1
    assert Certificate.objects.get().unit == ""


def test_queries_do_not_grow_with_the_members(rule, course, tree):
    few = [make_committee_member(tree.village) for _each in range(2)]
    many = [make_committee_member(tree.sibling_village) for _each in range(30)]
    for member in [*few, *many]:
        finish(member, course)
    issue_to(few[0])  # the edition is there

    with CaptureQueriesContext(connection) as for_one:
        assert issue_to(few[1]) == 1
    with CaptureQueriesContext(connection) as for_many:
        assert issue_to(*many) == 30
    assert len(for_many) == len(for_one)


def test_fold_issues_what_an_event_earned(rule, course, member):
    finish(member, course)
    mark_outcomes(member_ids=[member.pk], now=NOW)
    fold_outcomes(followers=[issue_certificates], now=NOW)

    assert Certificate.objects.filter(member=member).count() == 1


def test_new_rule_finds_who_finished_before(template, course, tree):
    members = [make_committee_member(tree.village) for _each in range(3)]
    for member in members[:2]:
        finish(member, course)
    OutcomeMark.objects.all().delete()
    rule = make_rule(template, page=course)

    assert mark_candidates(now=NOW, rule_id=rule.pk) == 2
    fold_outcomes(followers=[issue_certificates], now=NOW)
    assert Certificate.objects.count() == 2
    assert mark_candidates(now=NOW) == 0


def test_candidates_of_a_plan_are_due_in_it(template, course, tree):
    page = make_lesson(course)
    inside, outside = make_committee_member(tree.village), make_committee_member(tree.other_village)
    for member in (inside, outside):
        finish(member, page)
    make_rule(template, plan=make_plan(tree.county, [page]))
    OutcomeMark.objects.all().delete()

    assert mark_candidates(now=NOW) == 1
    assert OutcomeMark.objects.get().member == inside


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_folds_at_once_issue_one(tree, academy):
    course = make_course(academy)
    make_rule(make_template(tree.county), page=course)
    member = make_committee_member(tree.village)
    finish(member, course)

    def fold():
        try:
            fold_outcomes(followers=[issue_certificates], now=NOW)
        finally:
            connection.close()

    for _each in range(3):
        mark_outcomes(member_ids=[member.pk], now=EARLIER)
    threads = [Thread(target=fold) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Certificate.objects.filter(member=member).count() == 1


def test_database_refuses_a_second_current_one(certificate, member):
    twin = Certificate.objects.get(pk=certificate.pk)
    twin.pk, twin.number = None, "2026000000000"
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        twin.save()
