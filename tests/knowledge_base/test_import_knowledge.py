"""manage.py import_knowledge: repeatable, never over an editor's head."""

import json
import shutil
from io import StringIO
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry, Revision

from cms.models import RecordKind, ReviewRecord
from cms.passages import read_passages
from knowledge_base.models import KnowledgeCategory, KnowledgePage, SourceState

LAW = """# 某法

2015年12月27日 某会议通过

<!-- INFO END -->

## 第一章 总则

第一条 {first}

第二条 本法自2016年3月1日起施行。
"""
ROW = {"law": "某法", "file": "某法.md", "chapter": "第一章 总则"}


@pytest.fixture
def folder(tmp_path):
    write_law(tmp_path)
    return tmp_path


def write_law(folder, first="甲。"):
    (folder / "某法.md").write_text(LAW.format(first=first), encoding="utf-8")


def write_rows(folder, first="甲。"):
    texts = {"第一条": first, "第二条": "本法自2016年3月1日起施行。"}
    rows = [ROW | {"article": number, "text": text} for number, text in texts.items()]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    return folder / "articles.jsonl"


def run(path, *options):
    """(what the command said, its problems)"""
    out, errors = StringIO(), StringIO()
    try:
        call_command("import_knowledge", str(path), *options, stdout=out, stderr=errors)
    except CommandError as error:
        return out.getvalue().strip(), [*errors.getvalue().splitlines(), str(error)]
    return out.getvalue().strip(), []


def said(added=0, updated=0, unchanged=0, refused=0):
    return f"新增 {added}，更新 {updated}，不变 {unchanged}，未导入 {refused}。"


def the_page():
    return KnowledgePage.objects.get()


def describe(page):
    return {
        "title": page.title,
        "slug": page.slug,
        "body": page.body.get_prep_value(),
        "sources": [(each.name, each.issued_on) for each in page.sources.all()],
        "effective_on": page.effective_on,
    }


def edit_first_article(page, text):
    body = page.body.get_prep_value()
    body[1]["value"]["text"] = text
    page.body = json.dumps(body)
    page.save_revision().publish()


def test_law_is_a_live_page_with_an_anchor_for_each_article(index, folder):
    assert run(folder) == (said(added=1), [])
    page = the_page()

    assert (page.live, page.slug, page.category.name) == (True, "mou-fa", "法律法规")
    assert [each.anchor for each in read_passages(page.body.get_prep_value())] == ["s1", "a1", "a2"]


def test_publishing_is_recorded(index, folder):
    run(folder)

    actions = PageLogEntry.objects.filter(page=the_page().pk).values_list("action", flat=True)
    assert sorted(actions) == ["wagtail.create", "wagtail.edit", "wagtail.publish"]


def test_publishing_without_reviews_is_on_record(index, folder):
    run(folder)

    [record] = ReviewRecord.objects.all()
    page = KnowledgePage.objects.get()
    assert (record.kind, record.person_name) == (RecordKind.DIRECT, "")
    assert (record.page_id, record.revision_id) == (page.pk, page.live_revision_id)


def test_second_run_changes_nothing(index, folder):
    run(folder)
    before = describe(the_page()), Revision.objects.count()

    assert run(folder) == (said(unchanged=1), [])
    assert (describe(the_page()), Revision.objects.count()) == before


def test_changed_text_makes_one_revision(index, folder):
    run(folder)
    revisions = Revision.objects.count()
    write_law(folder, first="新的甲。")

    assert run(folder) == (said(updated=1), [])
    assert Revision.objects.count() == revisions + 1
    assert the_page().body[1].value["text"] == "新的甲。"


def test_history_is_written_once_however_often_the_text_changes(index, folder):
    run(folder)
    write_law(folder, first="新的甲。")
    run(folder)

    assert [each.name for each in the_page().sources.all()] == ["某会议通过"]


def test_what_an_editor_changed_is_not_overwritten(index, folder):
    run(folder)
    page = the_page()
    edit_first_article(page, "编辑改的。")
    write_law(folder, first="新的甲。")
    result, problems = run(folder)

    assert result == said(refused=1)
    assert problems[0].startswith(f"某法.md：编辑在上次导入以后改过这一条（编号 {page.pk}）")
    assert the_page().body[1].value["text"] == "编辑改的。"


def test_source_that_an_editor_marked_is_not_overwritten(index, folder):
    run(folder)
    page = the_page()
    (source,) = page.sources.all()
    source.state = SourceState.REVISED
    page.sources = [source]
    page.save_revision().publish()
    write_law(folder, first="新的甲。")

    assert run(folder)[0] == said(refused=1)


def test_unpublished_draft_is_not_published_by_the_way(index, folder):
    run(folder)
    page = the_page()
    page.summary = "还没写完"
    page.save_revision()
    write_law(folder, first="新的甲。")

    assert run(folder)[0] == said(refused=1)


def test_editors_filing_is_kept(index, folder, category):
    run(folder)
    page = the_page()
    page.category, page.summary = category, "编辑写的摘要"
    page.save_revision().publish()
    write_law(folder, first="新的甲。")

    assert run(folder)[0] == said(updated=1)
    assert (the_page().category, the_page().summary) == (category, "编辑写的摘要")


def test_page_of_the_same_name_is_not_touched(index, folder, category):
    page = index.add_child(instance=KnowledgePage(title="某法", slug="x", category=category))
    result, problems = run(folder)

    assert result == said(refused=1)
    assert problems[0] == (
        f"某法.md：知识库里已有同名的条目（编号 {page.pk}），它不是导入的。"
        "请把它改名或删除，再导入。"
    )


def test_dry_run_changes_nothing(index, folder):
    assert run(folder, "--dry-run") == (f"试运行，没有改动：{said(added=1)}", [])
    assert (KnowledgePage.objects.count(), KnowledgeCategory.objects.count()) == (0, 0)


def test_operator_names_the_category(index, folder, category):
    run(folder, "--category", "rights")

    assert the_page().category == category


def test_unknown_category_is_refused_at_once(index, folder, category):
    assert run(folder, "--category", "妇权") == (
        "",
        ["没有“妇权”这个分类。已有的分类：权益保护。请先在后台新建。"],
    )


def test_one_bad_file_does_not_stop_the_others(index, folder):
    (folder / "坏.md").write_text("# 坏\n<!-- INFO END -->\n甲", encoding="utf-8")
    (folder / "码.md").write_bytes("# 法".encode("gbk"))

    assert run(folder) == (
        said(added=1, refused=2),
        [
            "坏.md：没有找到条文。每条要另起一行，写成“第一条 ……”。",
            "码.md：文字编码不是 UTF-8，请另存为 UTF-8。",
            "有 2 处没有导入，原因见上。改好以后再运行一次就行。",
        ],
    )


def test_rows_give_the_page_of_the_markdown_beside_them(index, folder):
    rows = write_rows(folder)
    run(rows)
    by_rows = describe(the_page())

    assert run(folder) == (said(unchanged=1), [])
    assert describe(the_page()) == by_rows
    assert by_rows["sources"][0][0] == "某会议通过"


def test_rows_alone_change_nothing_where_the_articles_are_the_same(index, folder, tmp_path):
    rows = write_rows(folder)
    run(folder / "某法.md")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(rows, elsewhere)

    assert run(elsewhere) == (said(unchanged=1), [])


def test_rows_alone_change_the_articles_and_keep_the_history(index, folder, tmp_path):
    rows = write_rows(folder, first="新的甲。")
    run(folder / "某法.md")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(rows, elsewhere)

    assert run(elsewhere) == (said(updated=1), [])
    assert the_page().body[1].value["text"] == "新的甲。"
    assert [each.name for each in the_page().sources.all()] == ["某会议通过"]


def test_rows_that_differ_from_the_markdown_are_not_trusted(index, folder):
    write_rows(folder, first="别的。")

    assert run(folder) == (
        said(refused=1),
        [
            "articles.jsonl：《某法》和“某法.md”对不上，没有导入：第一条。请核对原文。",
            "有 1 处没有导入，原因见上。改好以后再运行一次就行。",
        ],
    )


def test_entry_with_front_matter_is_filed_as_it_says(index, category, tmp_path):
    file = tmp_path / "条目.md"
    file.write_text(
        "---\ntitle: 条目\ncategory: 权益保护\ntags: 保护令\nexpired: yes\n---\n正文",
        encoding="utf-8",
    )
    run(file)
    page = the_page()

    assert (page.category, page.is_expired, [str(tag) for tag in page.tags.all()]) == (
        category,
        True,
        ["保护令"],
    )


def test_name_that_is_too_long_is_refused(index, tmp_path):
    text = LAW.format(first="甲。").replace("某会议通过", "会" * 301)
    (tmp_path / "某法.md").write_text(text, encoding="utf-8")

    assert run(tmp_path)[0] == said(refused=1)
    assert KnowledgePage.objects.count() == 0


def test_folder_without_texts_is_said(index, tmp_path):
    assert run(tmp_path)[1][0] == f"{tmp_path.name}：没有 .md 或 .jsonl 文件。"


def test_path_that_is_not_there_is_said(index, tmp_path):
    assert run(tmp_path / "x.md")[1] == [f"没有这个文件或文件夹：{tmp_path / 'x.md'}"]


def articles_in_pages():
    return {
        (page.title, block["value"]["number"]): block["value"]["text"]
        for page in KnowledgePage.objects.live()
        for block in page.body.get_prep_value()
        if block["type"] == "law_article"
    }


def test_every_article_of_the_collection_is_in_its_law_word_for_word(index, shared_data):
    rows = (shared_data / "laws" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    expected = {(row["law"], row["article"]): row["text"] for row in map(json.loads, rows)}
    start = perf_counter()
    result = run(shared_data / "laws")

    assert perf_counter() - start < 60
    assert result == (said(added=17), [])
    assert len(expected) == 1079
    assert articles_in_pages() == expected


def test_rows_of_the_collection_alone_give_the_same_articles(index, shared_data, tmp_path):
    shutil.copy(shared_data / "laws" / "articles.jsonl", tmp_path)
    run(tmp_path)
    by_rows = articles_in_pages()
    run(shared_data / "laws")

    assert articles_in_pages() == by_rows
