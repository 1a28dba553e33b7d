"""A small library whose every text is known here, and queries with what they ought to find.

What is relevant is decided on the raw texts with Python's `in`, never with the tokenizer.
"""

import unicodedata
from dataclasses import dataclass

from wagtail.models import Page

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from tests.pages import make_course, make_lesson

ARTICLES = [
    (
        "人身安全保护令怎么申请",
        "带上身份证和报警记录，到基层人民法院办理，七十二小时内有结果。",
    ),
    (
        "两癌筛查免费名额开放",
        "三十五到六十四周岁的农村妇女可以预约，检查当天不要吃早饭。",
    ),
    ("南粤女声合唱团招募", "热爱唱歌的姐妹都可以报名，每周三晚上在文化馆排练。"),
    ("三八红旗手事迹报告会", "陈秀英讲述返乡种荔枝的十年，台下掌声不断。"),
    ("打疫苗前要知道的事", "HPV疫苗分二价、四价和九价，接种点可以在小程序里查到。"),
    ("维权热线全年无休", "拨打１２３３８，律师和社工会听你说。遇到危险先打110。"),
    ("用ＡＰＰ学反诈", "下载国家反诈中心App，陌生来电会提醒。"),
    ("㙍头村的妇女之家", "㙍头村在河边，老支书冼𣒍娥把祠堂偏厅腾出来，挂上了牌子。"),
    ("移风易俗看得见", "高额彩礼降下来，红白事不攀比，村规民约写得明明白白。"),
    ("彩礼能不能要回来", "双方没有办理结婚登记，或者登记后没有共同生活，可以请求返还。"),
    ("最美家庭的一天", "婆媳一起做早饭，孩子自己收拾书包，爸爸洗碗。"),
    ("暑期防溺水八不要", "不私自下水，不擅自结伴游泳，家长要看好孩子。"),
    ("骑手妈妈的育儿经", "她在电动车上放了一本绘本，等单的时候就读两页。"),
    ("粤菜师傅培训班开课", "学会做盐焗鸡和客家酿豆腐，结业后推荐上岗。"),
    ("婚调委调解手记", "夫妻俩吵了三年，调解员上门七次，终于坐下来好好说话。"),
    ("女职工产假有多长", "产假九十八天，广东再加八十天奖励假，哺乳时间每天一小时。"),
    ("WPS做表格三步走", "执委做台账常用的表格，手机上也能填。"),
    ("电信诈骗新花样", "冒充快递客服说包裹丢了要双倍理赔，都是骗子。"),
    ("妇女议事会开到榕树下", "路灯装在哪里，垃圾桶摆在哪里，大家一起商量。"),
    ("欧阳绮雯的绣花针", "广绣传承人欧阳绮雯把课堂搬进了监狱，帮女学员重拾信心。"),
    ("离婚冷静期三十天", "申请之后三十天内，任何一方都可以撤回。"),
    ("心理热线夜里也有人接", "睡不着的时候，不妨说给我们听。"),
    ("CPR急救人人会", "胸外按压每分钟一百到一百二十次，深度五到六厘米。"),
    ("强制报告不是多管闲事", "老师和医生发现未成年人疑似受到侵害，必须立即报案。"),
]
ENTRIES = [
    (
        "妇女权益保障法要点",
        "妇女的人格尊严受到保护，不得询问女性的婚育情况。禁止性骚扰。",
    ),
    ("告诫书是什么", "公安机关对加害人给予批评教育或者出具告诫书，居委会要监督。"),
    ("家庭教育促进法要点", "父母应当陪伴孩子，尊重孩子，不得用打骂的办法。"),
    ("赡养老人的责任", "子女不履行赡养义务时，缺乏劳动能力的父母有要求子女付给赡养费的权利。"),
]
LESSONS = [
    ("面对家暴怎么取证", "报警、拍照、录音、就医，四样证据一样都不要丢。"),
    ("怎样开好妇女小组会", "开会之前先走访，把大家最关心的三件事写在纸上。"),
    ("短视频拍摄入门", "横着拍还是竖着拍？先想清楚给谁看，Vlog也要有脚本。"),
]


@dataclass(frozen=True)
class Query:
    """`means`: what is looked for in the texts, if not the query itself; all of it must occur."""

    text: str
    means: tuple[str, ...] = ()


QUERIES = [
    Query("人身安全保护令"),
    Query("两癌筛查"),
    Query("南粤女声"),
    Query("三八红旗手"),
    Query("彩礼"),
    Query("产假"),
    Query("家暴"),
    Query("妇女"),
    Query("执委"),
    Query("骑手"),
    # Unknown to any dictionary: names, rare characters, a dialect's.
    Query("陈秀英"),
    Query("欧阳绮雯"),
    Query("㙍头村"),
    Query("冼𣒍娥"),
    Query("酿豆腐"),
    Query("婚调委"),
    # Letters, digits, both, of either width.
    Query("HPV疫苗"),
    Query("hpv"),
    Query("12338"),
    Query("１２３３８"),
    Query("app"),
    Query("CPR急救"),
    # Not one string, but all of its words.
    Query("妇女的人格尊严", ("妇女", "人格尊严")),
    Query("彩礼怎么返还", ("彩礼", "返还")),
    Query("妇女性骚扰", ("妇女", "性骚扰")),
    # By sound.
    Query("rsaqbhl", ("人身安全保护令",)),
    Query("fnqy", ("妇女权益",)),
    Query("yifengyisu", ("移风易俗",)),
    Query("Jia Bao", ("家暴",)),
    Query("fangnishui", ("防溺水",)),
]


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def build(home) -> dict[int, str]:
    """The raw text of each page, by id."""
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    column = index.add_child(instance=ColumnPage(title="权益关爱", slug="rights"))
    shelf = home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="knowledge"))
    category = KnowledgeCategory.objects.create(name="法律", slug="law")
    course = make_course(home, title="云课堂")
    texts = {}
    for number, (title, text) in enumerate(ARTICLES):
        page = ArticlePage(title=title, slug=f"article-{number}", body=as_body(text))
        texts[column.add_child(instance=page).pk] = title + text
    for number, (title, text) in enumerate(ENTRIES):
        page = KnowledgePage(
            title=title, slug=f"entry-{number}", body=as_body(text), category=category
        )
        texts[shelf.add_child(instance=page).pk] = title + text
    for title, text in LESSONS:
        texts[make_lesson(course, title=title, body=f"<p>{text}</p>").pk] = title + text
    return texts


def as_body(text: str) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{text}</p>")]


def relevant(query: Query, texts: dict[int, str]) -> set[int]:
    means = [plain(part) for part in query.means or (query.text,)]
    return {pk for pk, text in texts.items() if all(part in plain(text) for part in means)}


def recall(found: list[int], wanted: set[int], first: int = 10) -> float:
    return len(wanted & set(found[:first])) / min(first, len(wanted))


def titles(ids) -> list[str]:
    return list(Page.objects.filter(pk__in=ids).values_list("title", flat=True))
