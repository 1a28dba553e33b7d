"""Certificates in the admin: within the scope of the staff's federations."""

from zipfile import ZipFile

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from config.groups import FEDERATION_MANAGERS, set_up_groups
from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState, StaffRoleType
from learning.jobs import HANDLERS
from learning.models import Certificate, CertificateRule, CertificateTemplate, OutcomeMark
from tests.counting import count_queries
from tests.factories import make_committee_member, make_staff
from tests.learning.certificates.conftest import issue, make_rule, make_template
from tests.learning.test_mine import make_plan
from tests.pages import make_course

BODY = "{姓名}学完{名称}。"


@pytest.fixture
def sign_in(client, home):
    set_up_groups(root_page=home)

    def sign_in(federation, role=StaffRoleType.MANAGER):
        staff = make_staff(federation, role)
        staff.groups.add(staff.groups.model.objects.get(name=FEDERATION_MANAGERS))
        client.force_login(staff)
        return staff

    return sign_in


def template_data(federation, **fields):
    return {
        "title": "模板",
        "federation": federation.pk,
        "heading": "结业证书",
        "body": BODY,
        "issuer": "梅县区妇联",
        "orientation": "landscape",
        "theme": "kapok",
        "background": "",
        "seal": "",
    } | fields


def rule_data(template, **fields):
    return {
        "template": template.pk,
        "plan": "",
        "page": "",
        "starts_on": "2026-01-01",
        "hours": "",
        "is_active": "on",
    } | fields


def test_manager_makes_a_template(client, sign_in, tree):
    sign_in(tree.county)
    client.post(reverse("certificate_template:add"), template_data(tree.town))

    assert CertificateTemplate.objects.get().federation == tree.town


@pytest.mark.parametrize("body", ["{性名}学完了", "{姓名", "学完}了"])
def test_unknown_place_is_explained_and_kept(client, sign_in, tree, body):
    sign_in(tree.county)
    response = client.post(reverse("certificate_template:add"), template_data(tree.town, body=body))

    page = response.content.decode()
    assert "填不了" in page
    assert body in page
    assert not CertificateTemplate.objects.exists()


def test_template_of_another_branch_is_refused(client, sign_in, tree):
    sign_in(tree.county)
    response = client.post(reverse("certificate_template:add"), template_data(tree.other_city))

    assert "您管理范围内" in response.content.decode()
    assert not CertificateTemplate.objects.exists()


@pytest.mark.parametrize("view", ["edit", "delete", "preview"])
def test_foreign_template_does_not_exist(client, sign_in, tree, view):
    foreign = make_template(tree.other_city)
    sign_in(tree.county)

    assert client.get(reverse(f"certificate_template:{view}", args=[foreign.pk])).status_code == 404


def test_preview_is_a_pdf_of_the_template(client, sign_in, tree, template):
    sign_in(tree.county, StaffRoleType.VIEWER)
    response = client.get(reverse("certificate_template:preview", args=[template.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_new_rule_starts_a_catch_up(client, sign_in, tree, template, course, member):
    course.federation = tree.county
    course.save()
    issued_for = make_course(course.get_parent())
    issue(member, make_rule(template, page=issued_for))
    sign_in(tree.county)
    response = client.post(reverse("certificate_rule:add"), rule_data(template, page=course.pk))

    rule = CertificateRule.objects.get(page=course)
    job = Job.objects.get(kind="certificate_catch_up")
    assert (rule.template, job.params) == (template, {"rule": rule.pk})
    assert response.url == reverse("job", args=[job.pk])
    OutcomeMark.objects.all().delete()
    run_waiting_jobs(handlers=HANDLERS)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_rule_needs_a_plan_or_a_course_and_only_one(client, sign_in, tree, template, course):
    course.federation = tree.county
    course.save()
    plan = make_plan(tree.county, [course])
    sign_in(tree.county)
    for fields in ({}, {"page": course.pk, "plan": plan.pk}):
        response = client.post(reverse("certificate_rule:add"), rule_data(template, **fields))
        assert "请选一个" in response.content.decode()
    assert not CertificateRule.objects.exists()


def test_course_and_plan_of_others_are_refused(client, sign_in, tree, template, course):
    course.federation = tree.province
    course.save()
    plan = make_plan(tree.province, [course])
    sign_in(tree.county)
    for fields in ({"page": course.pk}, {"plan": plan.pk}):
        client.post(reverse("certificate_rule:add"), rule_data(template, **fields))

    assert not CertificateRule.objects.exists()


def test_rule_must_say_the_hours_that_its_template_prints(client, sign_in, tree, course):
    course.federation = tree.county
    course.save()
    template = make_template(tree.county, body="共 {学时} 学时")
    sign_in(tree.county)
    response = client.post(reverse("certificate_rule:add"), rule_data(template, page=course.pk))
    assert "要写学时" in response.content.decode()

    client.post(reverse("certificate_rule:add"), rule_data(template, page=course.pk, hours="2.50"))
    assert CertificateRule.objects.get().hours_text == "2.5"


def test_list_shows_people_in_scope_only(client, sign_in, tree, rule):
    issue(make_committee_member(tree.village, "何在内"), rule)
    issue(make_committee_member(tree.other_village, "何在外"), rule)
    sign_in(tree.county, StaffRoleType.VIEWER)

    page = client.get(reverse("certificate:index")).content.decode()
    assert "何在内" in page
    assert "何在外" not in page


def test_number_is_found_as_it_is_printed(client, sign_in, tree, rule):
    wanted = issue(make_committee_member(tree.village, "何一"), rule)
    issue(make_committee_member(tree.village, "何二"), rule)
    sign_in(tree.county)

    query = {"q": wanted.shown_number.lower()}
    page = client.get(reverse("certificate:index"), query).content.decode()
    assert "何一" in page
    assert "何二" not in page


def test_list_takes_as_many_queries_for_many(client, sign_in, tree, rule):
    sign_in(tree.county)
    issue(make_committee_member(tree.village), rule)
    one = count_queries(client, "certificate:index")
    for _each in range(8):
        issue(make_committee_member(tree.village), rule)

    assert count_queries(client, "certificate:index") == one


@pytest.mark.parametrize("view", ["inspect", "pdf", "revoke", "reissue"])
def test_certificate_of_another_branch_does_not_exist(client, sign_in, tree, rule, view):
    foreign = issue(make_committee_member(tree.other_village), rule)
    sign_in(tree.county)

    assert client.get(reverse(f"certificate:{view}", args=[foreign.pk])).status_code == 404


def test_revoking_is_logged_with_its_reason(client, sign_in, tree, certificate):
    staff = sign_in(tree.county)
    client.post(reverse("certificate:revoke", args=[certificate.pk]), {"reason": "冒名"})

    certificate.refresh_from_db()
    assert (certificate.revoke_reason, certificate.revoked_by) == ("冒名", staff)
    entry = ModelLogEntry.objects.get(action="learning.revoke_certificate")
    assert entry.data == {"number": certificate.shown_number, "reason": "冒名"}


def test_revoking_without_a_reason_changes_nothing(client, sign_in, tree, certificate):
    sign_in(tree.county)
    response = client.post(reverse("certificate:revoke", args=[certificate.pk]), {"reason": " "})

    assert "请写明撤销原因" in response.content.decode()
    assert Certificate.objects.get().is_valid


def test_looking_alone_revokes_nothing(client, sign_in, tree, certificate):
    sign_in(tree.county, StaffRoleType.VIEWER)
    client.post(reverse("certificate:revoke", args=[certificate.pk]), {"reason": "冒名"})
    assert Certificate.objects.get().is_valid


def test_lower_federation_does_not_revoke_what_a_higher_one_issued(
    client, sign_in, tree, certificate
):
    sign_in(tree.town)
    address = reverse("certificate:revoke", args=[certificate.pk])

    assert client.post(address, {"reason": "冒名"}).status_code == 404
    assert Certificate.objects.get().is_valid
    page = client.get(reverse("certificate:inspect", args=[certificate.pk])).content.decode()
    assert address not in page


def test_reissuing_leads_to_the_new_one_and_is_logged(client, sign_in, tree, certificate):
    sign_in(tree.county)
    response = client.post(reverse("certificate:reissue", args=[certificate.pk]))

    new = Certificate.objects.get(replaced_at=None)
    assert response.url == reverse("certificate:inspect", args=[new.pk])
    entry = ModelLogEntry.objects.get(action="learning.reissue_certificate")
    assert entry.data["number"] == new.shown_number


def test_missing_character_is_told(client, sign_in, tree, rule):
    certificate = issue(make_committee_member(tree.village, "陈𪚥"), rule)
    sign_in(tree.county)

    page = client.get(reverse("certificate:inspect", args=[certificate.pk])).content.decode()
    assert "字库里没有“𪚥”" in page


def batch(client, **fields):
    data = {"rule": "", "federation": "", "since": "", "until": ""} | fields
    return client.post(reverse("certificate_batch"), data)


def test_batch_packs_the_valid_ones_in_scope(client, sign_in, tree, rule):
    inside = issue(make_committee_member(tree.village, "何/在内"), rule)
    issue(make_committee_member(tree.other_village), rule)
    revoked = issue(make_committee_member(tree.village), rule)
    Certificate.objects.filter(pk=revoked.pk).update(revoked_at=revoked.issued_at)
    sign_in(tree.county, StaffRoleType.VIEWER)
    batch(client)
    run_waiting_jobs(handlers=HANDLERS)

    job = Job.objects.get()
    assert job.state == JobState.DONE
    with job.output.open("rb") as file, ZipFile(file) as archive:
        (name,) = archive.namelist()
        assert archive.read(name).startswith(b"%PDF")
    assert name == f"{inside.unit}/何_在内-{inside.shown_number}.pdf"


def test_batch_asks_for_the_scope_again_when_it_runs(client, sign_in, tree, rule):
    issue(make_committee_member(tree.village), rule)
    staff = sign_in(tree.county)
    batch(client)
    staff.staff_roles.all().delete()
    run_waiting_jobs(handlers=HANDLERS)

    job = Job.objects.get()
    assert (job.state, bool(job.output)) == (JobState.FAILED, False)


def test_batch_of_nothing_is_refused(client, sign_in, tree, rule):
    issue(make_committee_member(tree.village), rule)
    sign_in(tree.county)

    assert "没有符合条件" in batch(client, federation=tree.sibling_village.pk).content.decode()
    assert "范围内的妇联" in batch(client, federation=tree.other_city.pk).content.decode()
    assert not Job.objects.exists()


def test_batch_does_not_name_other_branches_plans(client, sign_in, tree, course):
    make_rule(
        make_template(tree.other_city), plan=make_plan(tree.other_city, [course], title="机密")
    )
    sign_in(tree.county)

    assert "机密" not in client.get(reverse("certificate_batch")).content.decode()


def test_members_have_no_way_in(client, tree, certificate, member):
    client.force_login(member)

    for name in ("certificate:index", "certificate_batch", "certificate_rule:index"):
        assert client.get(reverse(name)).status_code == 302
