"""Questions of every type as an editor writes them, for the tests that all types must pass.

`RIGHT` is the question, `OTHER` differs from it in the key alone, `FULL` are posted values that
earn everything, `WRONG` are answers that are right under neither key.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from quizzes.question_types.base import Authoring, Part
from quizzes.question_types.registry import get_type

OPTIONS = ("维护国家统一", "促进合作", "加快发展", "以上都对")
ITEMS = ("报警 110", "拨打 12338", "保存证据", "申请人身安全保护令")


@dataclass(frozen=True)
class Sample:
    type: str
    authoring: Authoring
    # The same question with another key.
    other: Authoring
    full: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def question_type(self):
        return get_type(self.type)

    @property
    def spec(self):
        return self.question_type.parse(self.authoring)

    @property
    def other_spec(self):
        return self.question_type.parse(self.other)

    def read(self, values):
        return self.question_type.read_response(values, self.spec)

    def best_marks(self, response) -> dict[int, Fraction]:
        """Full marks by the people whom the answer needs."""
        return dict.fromkeys(self.question_type.parts_to_mark(self.spec, response), Fraction(1))


def _vary(authoring: Authoring, **changes) -> tuple[Authoring, Authoring]:
    return authoring, replace(authoring, **changes)


SINGLE = _vary(Authoring("下列哪项？", OPTIONS, ("B",)), answers=("C",))
MULTIPLE = _vary(Authoring("下列哪些？", OPTIONS, ("A,C",)), answers=("AB",))
PARTIAL = _vary(Authoring("下列哪些？", OPTIONS, ("ABC",), {"scoring": "partial"}), answers=("AB",))
PENALTY = _vary(Authoring("下列哪些？", OPTIONS, ("AC",), {"scoring": "penalty"}), answers=("AB",))
JUDGE = _vary(Authoring("妇女能顶半边天。", (), ("对",)), answers=("错",))
BLANK = _vary(
    Authoring("____是（ ）的。", (), ("法律|||法", "平等")), answers=("制度", "神圣|||庄严")
)
FREE_BLANK = _vary(
    Authoring(
        "____和____", (), ("WTO|||世贸", "UN"), {"any_order": "yes", "case_sensitive": "yes"}
    ),
    answers=("WHO", "IMF"),
)
MATCHING = _vary(
    Authoring("连一连", ("110 => 报警", "12338 => 维权热线", "120 => 急救", "=> 火警")),
    options=("110 => 急救", "12338 => 火警", "120 => 报警", "=> 维权热线"),
)
SORTING = _vary(
    Authoring("归类", ("推搡 => 身体暴力", "辱骂 => 精神暴力", "[图片:3] => 身体暴力")),
    options=("推搡 => 精神暴力", "辱骂 => 身体暴力", "[图片:3] => 精神暴力"),
)
ORDERING = _vary(Authoring("排先后", ITEMS), options=ITEMS[::-1])
EXACT_ORDERING = _vary(
    Authoring("排先后", ITEMS[:2], (), {"scoring": "exact"}), options=ITEMS[:2][::-1]
)
NUMERIC = _vary(Authoring("圆周率约是几？", (), ("3.14±0.01",)), answers=("3.2",))
UNIT = _vary(
    Authoring("多少平方米？", (), ("1,200~1,300",), {"unit": "平方米|㎡"}), answers=("5±10%",)
)
SHORT = _vary(
    Authoring("怎么接访？", (), ("先听她说完，", "再问安全。"), {"rubric": "先听|4\n问安全|6"}),
    answers=("另一个参考答案",),
    settings={"rubric": "另一个要点|10"},
)
MODEL_ONLY = _vary(
    Authoring("说说你的做法。", (), ("倾听",), {"max_length": "20"}), answers=("记录",)
)


def _case(which: int, settings=None) -> Authoring:
    parts = (
        ("single", SINGLE),
        ("judge", JUDGE),
        ("blank", BLANK),
        ("matching", MATCHING),
        ("ordering", ORDERING),
        ("numeric", NUMERIC),
        ("short", SHORT),
    )
    listed = tuple(Part(key, pair[which]) for key, pair in parts)
    return Authoring("阿芳的故事：\n她来到妇女之家。", (), (), settings or {}, listed)


CASE_FULL = (
    *("0:b", "1:a", "2:法", "2:平等"),
    *("3:b", "3:d", "3:a"),
    *("4:b", "4:c", "4:a", "4:d", "5:3.14", "6:先听"),
)
SMALL_CASE = tuple(
    Authoring("短材料", parts=(Part("multiple", each[0]), Part("blank", each[1])))
    for each in zip(PARTIAL, BLANK, strict=True)
)

SAMPLES = {
    "single": Sample("single", *SINGLE, ("b",), ("a",)),
    "multiple": Sample("multiple", *MULTIPLE, ("c", "a"), ("d",)),
    "multiple-partial": Sample("multiple", *PARTIAL, ("c", "b", "a"), ("d",)),
    "multiple-penalty": Sample("multiple", *PENALTY, ("c", "a"), ("d",)),
    "judge": Sample("judge", *JUDGE, ("a",), ()),
    "blank": Sample("blank", *BLANK, (" 法 ", "平等。"), ("不知道", "")),
    "blank-any-order": Sample("blank", *FREE_BLANK, ("UN", "世贸"), ("un", "wto")),
    "matching": Sample("matching", *MATCHING, ("b", "d", "a"), ("c", "b", "")),
    "matching-shared": Sample("matching", *SORTING, ("b", "a", "b"), ("", "", "")),
    "ordering": Sample("ordering", *ORDERING, ("b", "c", "a", "d"), ("c", "d", "b", "a")),
    "ordering-exact": Sample("ordering", *EXACT_ORDERING, ("a", "b"), ("", "b")),
    "numeric": Sample("numeric", *NUMERIC, ("３。１４５",), ("4",)),
    "numeric-unit": Sample("numeric", *UNIT, ("1250 ㎡",), ("一百",)),
    "short": Sample("short", *SHORT, (" 先听她说完。\r\n再问。 ",), ("不知道",)),
    "short-model": Sample("short", *MODEL_ONLY, ("倾听",), ("不知道",)),
    "case": Sample("case", _case(0), _case(1), CASE_FULL, ("0:a", "2:不知道", "5:4")),
    "case-points": Sample(
        "case",
        _case(0, {"points": "1,1,2,2,2,1,6"}),
        _case(1, {"points": "1,1,2,2,2,1,6"}),
        CASE_FULL,
        ("0:a", "2:不知道", "5:4"),
    ),
    "case-small": Sample("case", *SMALL_CASE, ("0:a", "0:b", "0:c", "1:法", "1:平等"), ("0:d",)),
}
