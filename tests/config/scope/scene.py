"""Five places with the same things at each, marked so that a leak can be seen in any answer.

The viewer stands at 甲. 乙 lies below it, 丙 is a sibling, 丁 the level above, 戊 another branch.
What belongs to one place is marked 密甲…, 密乙…; of people, drafts, questions, plans no mark of
another branch or of above may ever be shown to her. Names of units are marked by themselves.
"""

from dataclasses import dataclass, field
from datetime import date

from allauth.mfa.models import Authenticator
from django.utils import timezone

from cms.domain.reviews.rounds import current_state
from cms.models import ArticlePage
from config.groups import set_up_groups
from config.review_setup import set_up_reviews
from courses.models import LessonPage
from federations.domain.jobs import ask_for_job
from federations.domain.tree import add_federation
from federations.models import (
    Appointment,
    CorrectionRequest,
    Federation,
    Level,
    Position,
    StaffRole,
)
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from learning.models import (
    AssessmentScheme,
    CertificateRule,
    CertificateTemplate,
    Plan,
    PlanItem,
    Span,
)
from members.models import Device, Member
from quizzes.models import (
    Attempt,
    Correction,
    Question,
    QuestionBank,
    QuestionReport,
    QuizOverride,
    QuizPage,
)
from tests.columns import make_column
from tests.factories import Tree, make_member, make_staff, make_village
from tests.federations.claiming import make_a_claim
from tests.pages import make_course, make_lesson, make_quiz_page
from tests.picks import make_pick
from tests.quizzes.bank import fix_questions, make_question
from tests.quizzes.sitting import sit

OWN, CHILD, SIBLING, PARENT, OTHER = "甲乙丙丁戊"
FOREIGN = (SIBLING, PARENT, OTHER)


@dataclass
class Scene:
    """`things` holds per place what belongs to it; `shared` what belongs to nobody's federation."""

    places: dict[str, Federation]
    things: dict[str, list] = field(default_factory=dict)
    shared: list = field(default_factory=list)

    def of(self, model) -> list[tuple[str, object]]:
        """One thing of each kind of the model and every place; what is shared has the place ""."""
        found = [
            (place, each)
            for place, things in [*self.things.items(), ("", self.shared)]
            for each in {type(each): each for each in reversed(things)}.values()
            if isinstance(each, model)
        ]
        return found


def make_scene(home, academy, tree: Tree) -> Scene:
    """Sections first, then the groups and the workflow, which are for them, then the things."""
    sibling = add_federation(parent=tree.city, name="蕉岭县", level=Level.COUNTY, code="441427")
    places = {
        OWN: tree.county,
        CHILD: make_village(tree.town, "密乙村委会", "441403101009"),
        SIBLING: sibling,
        PARENT: tree.city,
        OTHER: tree.other_county,
    }
    scene = Scene(places)
    sections = Sections(home, academy)
    set_up_groups(root_page=home)
    set_up_reviews(root_page=home)
    for place, federation in places.items():
        scene.things[place] = [federation, *make_things(place, federation, sections)]
    scene.shared += [home, academy, sections.column, sections.course, sections.quiz]
    return scene


class Sections:
    """Where pages lie: the same for all federations, and of nobody's."""

    def __init__(self, home, academy):
        self.column = make_column(home, title="共同栏目")
        self.knowledge = home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="kb"))
        self.category = KnowledgeCategory.objects.create(name="共同分类")
        self.course = make_course(academy, title="共同课程")
        self.quiz = make_quiz_page(academy, title="共同测验")
        self.academy = academy


def make_things(place: str, federation: Federation, sections: Sections) -> list:
    member = make_member(f"密{place}执委")
    appointment = Appointment.objects.create(
        member=member, federation=federation, position=Position.MEMBER, starts_on=date(2024, 1, 1)
    )
    staff = make_staff(federation, name=f"密{place}干事")
    role = StaffRole.objects.get(member=staff)
    bank = QuestionBank.objects.create(name=f"密{place}题库", federation=federation)
    question = make_question(bank, stem=f"密{place}这道题应该选哪一个？")
    attempt = sit_quiz(member, question, place, sections)
    return [
        member,
        appointment,
        staff,
        role,
        bank,
        question,
        question.current,
        attempt,
        *make_pages(place, federation, staff, sections),
        *make_learning(place, federation, member, sections),
        make_pick(federation, title=f"密{place}去处", is_on=False),
        QuizOverride.objects.create(
            quiz=attempt.quiz, member=member, extra_minutes=5, reason=f"密{place}停电"
        ),
        QuestionReport.objects.create(
            member=member, version=question.current, text=f"密{place}有错", made_at=timezone.now()
        ),
        Correction.objects.create(
            version=question.current, is_void=True, reason=f"密{place}题目有误", created_by=staff
        ),
        *make_ways_in(place, member),
        CorrectionRequest.objects.create(
            member=member,
            federation=federation,
            thing="name",
            text=f"密{place}更正",
            asked_at=timezone.now(),
        ),
        ask_for_job(kind="nothing", title=f"密{place}任务", owner=staff),
        make_a_claim(federation, f"密{place}认领", ord(place)),
    ]


def make_ways_in(place: str, member: Member) -> list:
    now = timezone.now()
    device = Device.objects.create(
        member=member,
        session_key=f"session-{member.pk}",
        name=f"密{place}手机",
        signed_in_at=now,
        last_seen_at=now,
    )
    key = {"name": f"密{place}密钥", "credential": {}}
    passkey = Authenticator.objects.create(user=member, type="webauthn", data=key)
    return [device, passkey]


def sit_quiz(member: Member, question: Question, place: str, sections: Sections) -> Attempt:
    quiz = make_quiz_page(sections.academy, title=f"公开的测验{place}", federation=None)
    fix_questions(quiz, [question])
    return sit(member, quiz, [["B"]])


def make_pages(place: str, federation: Federation, author: Member, sections: Sections) -> list:
    """Drafts: nobody outside the federation's scope knows that there are any. One is in review."""
    drafts = [
        (sections.column, ArticlePage, {}),
        (sections.knowledge, KnowledgePage, {"category": sections.category}),
        (sections.course, LessonPage, {}),
        (sections.academy, QuizPage, {}),
    ]
    pages = []
    for number, (parent, model, fields) in enumerate(drafts):
        page = parent.add_child(
            instance=model(
                title=f"密{place}草稿{number}",
                slug=f"draft-{ord(place)}-{number}",
                federation=federation,
                live=False,
                **fields,
            )
        )
        page.save_revision(user=author)
        pages.append(page)
    pages[0].get_workflow().start(pages[0], author)
    return [*pages, current_state(pages[0])]


def make_learning(place: str, federation: Federation, member: Member, sections: Sections) -> list:
    now = timezone.now()
    plan = Plan.objects.create(
        title=f"密{place}学习任务", federation=federation, reach="own", opens_at=now
    )
    lesson = make_lesson(sections.course)
    PlanItem.objects.create(plan=plan, page=lesson)
    template = CertificateTemplate.objects.create(
        federation=federation, title=f"密{place}证书", issuer=f"密{place}妇联"
    )
    rule = CertificateRule.objects.create(template=template, plan=plan, starts_on=date(2024, 1, 1))
    scheme = AssessmentScheme.objects.create(
        federation=federation,
        title=f"密{place}考核",
        span=Span.MONTH,
        level=Level.VILLAGE,
        indicators=[{"measure": "joined", "weight": 100, "target": 1000}],
        # Who is assessed knows of it, from above too; this one assesses nobody any more.
        is_running=False,
    )
    return [plan, template, rule, scheme]
