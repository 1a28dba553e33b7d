"""从 Word 导入 in the admin: who may, what comes of it, and that nothing is half made."""

import re
from pathlib import Path

import docx
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from cms.domain.word_import import import_word
from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from cms.word.reading import read_word
from federations.models import StaffRoleType
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from tests.cms.word.documents import make, picture, save, set_alt
from tests.editors import make_editor
from tests.factories import make_committee_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def column(home, tree):
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(
        instance=ColumnPage(title="维权", slug="rights", federation=tree.province)
    )


@pytest.fixture
def knowledge(home):
    return home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="kb"))


@pytest.fixture
def editor(client, home, column, knowledge, tree):
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


def import_url(parent: Page) -> str:
    return reverse("word_import", args=[parent.pk])


def upload(client, parent: Page, path: Path, name="通知.docx", **fields):
    file = SimpleUploadedFile(name, path.read_bytes())
    return client.post(import_url(parent), {"file": file} | fields)


def illustrated(folder: Path) -> Path:
    document = docx.Document()
    document.add_heading("活动总结", 0)
    document.add_paragraph("三月的活动。")
    document.add_picture(picture("red"))
    set_alt(document, "姐妹们在开会")
    document.add_picture(picture("blue"))
    document.add_table(2, 2).cell(0, 0).text = "项"
    return save(document, folder)


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_document_becomes_a_draft_of_the_editor(client, editor, column, tree, tmp_path):
    response = upload(client, column, illustrated(tmp_path))

    page = ArticlePage.objects.get()
    assert response["Location"] == reverse("word_imported", args=[column.pk, page.pk])
    assert (page.title, page.live, page.owner, page.federation) == (
        "活动总结",
        False,
        editor,
        tree.town,
    )
    assert [block.block_type for block in page.body] == ["paragraph", "picture", "picture", "table"]
    assert page.get_latest_revision_as_object().body.get_prep_value() == page.body.get_prep_value()
    assert Revision.objects.get().user == editor


def test_pictures_are_the_librarys(client, editor, column, tmp_path):
    upload(client, column, illustrated(tmp_path))

    images = get_image_model().objects.order_by("pk")
    shown = [block.value["image"] for block in ArticlePage.objects.get().body if is_picture(block)]
    assert [(each.title, each.uploaded_by_user, each.collection.name) for each in images] == [
        ("活动总结 图 1", editor, "Root"),
        ("活动总结 图 2", editor, "Root"),
    ]
    assert [(each.pk, each.contextual_alt_text, each.decorative) for each in shown] == [
        (images[0].pk, "姐妹们在开会", False),
        (images[1].pk, "", False),
    ]


def is_picture(block) -> bool:
    return block.block_type == "picture"


def lines_of(response) -> list[str]:
    report = re.search(r'<div class="word-report">.*?</div>', response.content.decode(), re.DOTALL)
    return re.findall(r"<(?:h2|h3|li)>\s*(.*?)\s*</(?:h2|h3|li)>", report[0], re.DOTALL)


def test_report_says_what_was_taken_what_is_missing_and_what_was_lost(
    client, editor, column, tmp_path
):
    response = client.get(upload(client, column, illustrated(tmp_path))["Location"])

    assert lines_of(response) == [
        "《活动总结》已经是草稿",
        "带过来的",
        "正文 1 块",
        "图片 2 张",
        "表格 1 个",
        "图片存进了“图片库”",
        "发布前要补的",
        "1 张图还没有图片说明：一句话说图上是什么，或者勾选“只是装饰”。",
        "1 个表格还没有标题，也请看一下首行是不是表头。",
        "没有带过来的，或要核对的",
        "页眉、页脚、页码、字体、字号和颜色不带过来，页面有自己的样式。",
    ]
    edit = reverse("wagtailadmin_pages:edit", args=[ArticlePage.objects.get().pk])
    assert f'<a class="button" href="{edit}">打开草稿</a>' in response.content.decode()


def test_draft_opens_in_the_editor(client, editor, column, tmp_path):
    upload(client, column, illustrated(tmp_path))

    edit = reverse("wagtailadmin_pages:edit", args=[ArticlePage.objects.get().pk])
    assert client.get(edit).status_code == 200


def test_report_of_another_page_leads_to_the_page(client, editor, column, tmp_path):
    page = column.add_child(instance=ArticlePage(title="别的", slug="other"))

    response = client.get(reverse("word_imported", args=[column.pk, page.pk]))

    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_knowledge_entry_is_asked_for_its_category(client, home, knowledge, tree, tmp_path):
    client.force_login(make_editor(home, tree.town))
    category = KnowledgeCategory.objects.create(name="权益", slug="rights")
    path = make(tmp_path, ("Title", "保护令"), "怎么申请。")

    assert errors(upload(client, knowledge, path)) == {"category": ["必需字段"]}
    upload(client, knowledge, path, category=category.pk)

    assert KnowledgePage.objects.get().category == category


def test_unreadable_document_is_told_beside_the_field(client, editor, column, tmp_path):
    response = upload(client, column, make(tmp_path, "字。"), name="通知.doc")

    assert [message[:24] for message in errors(response)["file"]] == [
        "这是旧版 Word 或 WPS 格式（.doc）。"[:24]
    ]
    assert not ArticlePage.objects.exists()


def test_large_file_is_refused(client, editor, column):
    file = SimpleUploadedFile("a.docx", bytes(10 * 1024**2 + 1))

    response = client.post(import_url(column), {"file": file})

    assert errors(response) == {
        "file": ["文件超过 10 MB。请在 Word 里压缩图片（图片格式—压缩图片），再来导入。"]
    }


def stored_files() -> list[str]:
    folder = Path(default_storage.location)
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_nothing_is_half_made(editor, knowledge, tmp_path):
    """A page that cannot be saved takes its pictures with it."""
    document = read_word(illustrated(tmp_path), "a.docx")
    page = KnowledgePage()

    with pytest.raises(IntegrityError):
        import_word(document=document, page=page, parent=knowledge, user=editor)

    assert (KnowledgePage.objects.count(), get_image_model().objects.count()) == (0, 0)
    assert stored_files() == []


@pytest.mark.parametrize(
    ("place", "role", "status"),
    [
        ("town", StaffRoleType.EDITOR, 200),
        ("village", StaffRoleType.EDITOR, 200),
        ("province", StaffRoleType.REVIEWER, 200),
        ("town", StaffRoleType.MANAGER, 302),
        ("town", StaffRoleType.VIEWER, 302),
    ],
)
def test_editors_may_import_into_a_column(client, home, column, tree, place, role, status):
    client.force_login(make_editor(home, getattr(tree, place), role))

    assert client.get(import_url(column)).status_code == status


def test_ended_role_imports_nothing(client, editor, column, tmp_path):
    editor.staff_roles.update(ends_on="2025-12-31")

    assert upload(client, column, make(tmp_path, "字。")).status_code == 302
    assert not ArticlePage.objects.exists()


def test_member_and_visitor_stay_outside(client, column, tree, tmp_path):
    path = make(tmp_path, "字。")
    assert upload(client, column, path).status_code == 302
    client.force_login(make_committee_member(tree.village))
    assert upload(client, column, path).status_code == 302

    assert not ArticlePage.objects.exists()


def test_sections_of_other_pages_take_no_documents(client, editor, column):
    assert client.get(import_url(column.get_parent())).status_code == 302


def test_button_stands_above_the_columns_list(client, editor, column, tree):
    explorer = client.get(reverse("wagtailadmin_explore", args=[column.pk])).content.decode()
    above = client.get(reverse("wagtailadmin_explore", args=[column.get_parent().pk]))

    assert explorer.count(f'href="{import_url(column)}"') == 1
    assert "从 Word 导入" not in above.content.decode()
