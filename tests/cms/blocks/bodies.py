"""A body in which every kind of block stands, as editors' pages keep it."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.models import LessonMedia


def make_image(title: str = "现场", size=(640, 480), **fields):
    file = get_test_image_file(filename=f"{title}.png", size=size)
    return get_image_model().objects.create(title=title, file=file, **fields)


def make_document(title: str = "申请书样本", name: str = "form.docx", content: bytes = b"x" * 2048):
    document = get_document_model()(title=title)
    document.file.save(name, ContentFile(content), save=False)
    document.save()
    return document


def picture(image, alt="姐妹们在榕树下开会", **fields) -> dict:
    chosen = {"image": image.pk, "alt_text": alt, "decorative": not alt}
    return {"image": chosen, "caption": ""} | fields


def full_body(*, image, film: LessonMedia, sound: LessonMedia, document, quiz) -> list[dict]:
    """Stored form of one block of each kind."""
    values = {
        "heading": "遇到家暴怎么办",
        "subheading": "第一时间",
        "paragraph": "<p>先保证安全，<b>打 110</b>。</p><ul><li>离开危险的地方</li><li>"
        "带上证件</li></ul><p>再慢慢想办法。</p>",
        "questions": {
            "items": [
                {"question": "申请保护令要交钱吗？", "answer": "<p>不交费。</p>"},
                {"question": "没有伤也能申请吗？", "answer": "<p>可以，受威胁也可以申请。</p>"},
            ]
        },
        "steps": {
            "items": [
                {"title": "先报警", "text": "<p>说清地点和谁在场。</p>"},
                {"title": "留证据", "text": "<p>拍照，保存病历和报警回执。</p>"},
            ]
        },
        "quotation": {"text": "家暴不是家务事。", "source": "一位老执委"},
        "table": {
            "data": [
                ["事项", "找谁", "电话", "什么时候"],
                ["家庭暴力", "派出所、妇联", "110、12338", "随时"],
                ["赡养", "司法所", "12348", "工作日"],
            ],
            "table_caption": "遇到事情找谁",
            "table_header_choice": "both",
            "first_row_is_table_header": True,
            "first_col_is_header": True,
        },
        "picture": picture(image, caption="议事会现场"),
        "gallery": {"pictures": [picture(image, caption=f"第 {n} 张") for n in (1, 2, 3)]},
        "video": {
            "recording": film.pk,
            "caption": "保护令怎么申请",
            "transcript": "<p>大家好。</p>",
        },
        "audio": {"recording": sound.pk, "caption": "", "transcript": ""},
        "law_article": {
            "law": "反家庭暴力法",
            "number": "第二十三条",
            "text": "当事人因遭受家庭暴力，向人民法院申请人身安全保护令的，人民法院应当受理。",
            "effective_on": "2016-03-01",
        },
        "download": {"document": document.pk, "title": ""},
        "link_card": {
            "title": "广东政务服务网",
            "description": "网上办事，一次办成。",
            "url": "https://www.gdzwfw.gov.cn/",
            "page": None,
        },
        "quiz": {"page": quiz.pk},
    }
    return [{"type": kind, "value": value} for kind, value in values.items()]
