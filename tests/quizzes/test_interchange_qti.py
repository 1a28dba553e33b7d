"""QTI packages of other systems, 2.1 and 3.0."""

# ruff: noqa: E501 a question stands in one line, as files have it

import zipfile

import pytest

from quizzes.interchange import qti
from quizzes.interchange.entries import Problem, UnreadableFile

CHOICE_3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="a">
<qti-response-declaration identifier="RESPONSE" cardinality="{0}" base-type="identifier">
<qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><div>
  <p>哪个
  对？</p>
  <qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
    <qti-prompt>选一个。</qti-prompt>
    <qti-simple-choice identifier="A">甲</qti-simple-choice>
    <qti-simple-choice identifier="B"><p>乙</p></qti-simple-choice>
  </qti-choice-interaction></div></qti-item-body></qti-assessment-item>"""
ITEM_2 = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a">
<responseDeclaration identifier="R" cardinality="single" baseType="{base}">
<correctResponse>{values}</correctResponse></responseDeclaration>
<itemBody><p>题干</p>{body}</itemBody>{rest}</assessmentItem>"""
MATCH = """<matchInteraction responseIdentifier="R"><simpleMatchSet>
<simpleAssociableChoice identifier="a">甲</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>
<simpleAssociableChoice identifier="b">一</simpleAssociableChoice>
<simpleAssociableChoice identifier="c">二</simpleAssociableChoice>
</simpleMatchSet></matchInteraction>"""
ORDER = """<orderInteraction responseIdentifier="R"><simpleChoice identifier="a">甲</simpleChoice>
<simpleChoice identifier="b">乙</simpleChoice></orderInteraction>"""
ENTRY = '<p>是<textEntryInteraction responseIdentifier="R"/>。</p>'
EQUAL = (
    '<responseProcessing><equal toleranceMode="absolute" tolerance="0.1 0.1"/></responseProcessing>'
)


def value(*texts):
    return "".join(f"<value>{text}</value>" for text in texts)


@pytest.fixture
def read(tmp_path):
    def read_items(*items, resource='<resource type="imsqti_item_xmlv2p1" href="{}"/>'):
        path = tmp_path / "题.zip"
        names = [f"items/{number}.xml" for number in range(len(items))]
        with zipfile.ZipFile(path, "w") as archive:
            resources = "".join(map(resource.format, names))
            archive.writestr(
                "imsmanifest.xml", f"<manifest><resources>{resources}</resources></manifest>"
            )
            for name, item in zip(names, items, strict=True):
                archive.writestr(name, item)
        return list(qti.read(path))

    return read_items


def show(entry):
    return entry.type, entry.stem, entry.options, entry.answers


def test_choice_of_version_3_is_read(read):
    [single, multiple] = read(CHOICE_3.format("single"), CHOICE_3.format("multiple"))

    assert show(single) == ("single", "哪个对？\n选一个。", ("甲", "乙"), ("B",))
    assert multiple.type == "multiple"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"base": "directedPair", "values": value("a b"), "body": MATCH}, ("matching", "题干", ("甲 => 一", "=> 二"), ())),
        ({"base": "identifier", "values": value("b", "a"), "body": ORDER}, ("ordering", "题干", ("乙", "甲"), ())),
        ({"base": "string", "values": value("北京"), "body": ENTRY}, ("blank", "题干\n是____。", (), ("北京",))),
        ({"base": "float", "values": value("3.5"), "body": ENTRY, "rest": EQUAL}, ("numeric", "题干\n是____。", (), ("3.5±0.1",))),
        ({"base": "string", "values": "", "body": '<rubricBlock view="scorer"><p>参考</p></rubricBlock><extendedTextInteraction responseIdentifier="R"/>'}, ("short", "题干", (), ("参考",))),
    ],
)  # fmt: skip
def test_other_interactions_are_read(read, fields, expected):
    [entry] = read(ITEM_2.format(**{"rest": "", **fields}))

    assert show(entry) == expected


def test_two_true_words_are_a_judgement(read):
    item = CHOICE_3.format("single").replace("甲", "正确").replace("乙", "错误")

    [entry] = read(item)

    assert (entry.type, entry.answers) == ("judge", ("B",))


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("<assessmentItem", "这道题的文件已损坏"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><assessmentItem>&b;</assessmentItem>', "这道题的文件已损坏"),
        ("<a>" * 100 + "</a>" * 100, "这道题的文件已损坏"),
        ("<other/>", "这个文件不是 QTI 试题"),
        (CHOICE_3.format("single").replace("choice-interaction", "hotspot-interaction"), "这里没有“hotspotinteraction”"),
        (CHOICE_3.format("single").replace("甲", '<img src="a.png"/>'), "题里有图片"),
    ],
)  # fmt: skip
def test_item_that_is_not_understood_is_listed(read, item, reason):
    [entry] = read(item)

    assert isinstance(entry, Problem)
    assert entry.reason.startswith(reason)


def test_missing_item_is_listed(read):
    [entry] = read(
        "<a/>", resource='<resource type="imsqti_item_xmlv3p0" href="../../etc/passwd"/>'
    )

    assert entry.reason.startswith("包里没有这道题的文件")


def test_package_with_a_broken_manifest_is_refused(tmp_path):
    path = tmp_path / "题.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest>")

    with pytest.raises(UnreadableFile, match="文件已损坏"):
        qti.read(path)
