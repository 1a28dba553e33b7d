"""10,000 certificates as one ZIP, and issuing them: `python benchmarks/certificates.py [COUNT]`.

Goal: 10 minutes, 500 MB. `peak_mb` is the job's process, `press_mb` the press beside it.
"""

import resource
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right

FAMILY = "陈李张王黄林刘吴梁郑何罗谢欧冯曾邓叶苏潘"
GIVEN = "桂英秀兰玉梅金凤丽华美玲春燕晓红惠珍雪琴海霞婉仪嘉欣思敏佩珊𣒍㙍"


def prepare() -> dict:
    from datetime import date  # noqa: PLC0415 Django must be set up first
    from itertools import islice, product  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415
    from wagtail.models import Page  # noqa: PLC0415

    from benchmarks.people import superuser  # noqa: PLC0415
    from federations.domain.tree import add_federation  # noqa: PLC0415
    from federations.models import Appointment, Level  # noqa: PLC0415
    from learning.models import CertificateRule, CertificateTemplate, Progress  # noqa: PLC0415
    from members.models import Member  # noqa: PLC0415

    now = timezone.now()
    province = add_federation(parent=None, name="广东省", level=Level.PROVINCE, code="44")
    villages = [
        add_federation(parent=province, name=f"輋𣒍{n}村委会", level=Level.VILLAGE, code=f"44{n}")
        for n in range(100)
    ]
    names = ("".join(each) for each in product(FAMILY, GIVEN, GIVEN))
    members = [Member(name=name) for name in islice(names, asked_count())]
    Member.objects.bulk_create(members, batch_size=1000)
    superuser()
    members = list(Member.objects.filter(is_superuser=False))
    Appointment.objects.bulk_create(
        [
            Appointment(
                member=member,
                federation=villages[number % len(villages)],
                position="执委",
                starts_on=date(2024, 1, 1),
            )
            for number, member in enumerate(members)
        ],
        batch_size=1000,
    )
    page = Page.get_first_root_node()
    template = CertificateTemplate.objects.create(
        title="基准", federation=province, issuer="广东省妇女联合会"
    )
    CertificateRule.objects.create(template=template, page=page, starts_on=date(2024, 1, 1))
    Progress.objects.bulk_create(
        [
            Progress(member=m, page=page, started_at=now, completed_at=now, updated_at=now)
            for m in members
        ],
        batch_size=1000,
    )


def issue() -> dict:
    from django.utils import timezone  # noqa: PLC0415

    from learning.domain.certificates import issue_certificates, mark_candidates  # noqa: PLC0415
    from learning.domain.outcomes import fold_outcomes  # noqa: PLC0415

    now = timezone.now()
    mark_candidates(now=now)
    return {"issued": fold_outcomes(followers=[issue_certificates], now=now)}


def print_all() -> dict:
    from benchmarks.people import superuser  # noqa: PLC0415
    from federations.domain.jobs import ask_for_job, run_waiting_jobs  # noqa: PLC0415
    from learning.certificate_scope import BatchChoice  # noqa: PLC0415
    from learning.jobs import HANDLERS  # noqa: PLC0415

    owner = superuser()
    params = BatchChoice().to_params()
    job = ask_for_job(kind="certificate_batch", title="基准", owner=owner, params=params)
    run_waiting_jobs(handlers=HANDLERS)
    job.refresh_from_db()
    return {
        "state": job.state,
        "printed": job.result["lines"][0][1],
        "zip_mb": round(job.output.size / 1e6, 1),
        "press_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    STEPS = {"prepare": prepare, "issue": issue, "print": print_all}
    run_steps(__file__, STEPS, "prepare", count="10000")
