"""Passwords that Chinese users choose again and again, by their shape. Pure."""

import re

from members.passwords.breached import as_listed

# What stands beside digits and signs of any kind: woaini520!, Guangdong@123.
WORDS = """
woaini aini wodeai woaiwojia wojia woaizhongguo woaimama woaibaba woaibaobao woaixuexi wodemima
mima wobuzhidao laopo laogong laoshi baobao baobei baby xiaobao niuniu qiqi mama baba mamababa
babamama jiejie meimei didi gege nainai yeye waipo tiantian kaixin xingfu pingan jiankang facai
gongxifacai shengrikuaile xinnian kuaile nihao zhongguo zhonghua china beijing shanghai
guangdong guangdongsheng guangzhou shenzhen zhuhai shantou foshan shaoguan zhanjiang zhaoqing
jiangmen maoming huizhou meizhou shanwei heyuan yangjiang qingyuan dongguan zhongshan chaozhou
jieyang yunfu zhiwei xuetang zhiweixuetang fulian funv guangdongfulian mumian mumianhua xuexi
password passwd passw pass admin administrator root user test guest welcome login letmein qwerty
qwertyuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm qwer qweasd qazwsx qweasdzxc abc abcd abcde
abcdef abcdefg iloveyou love loveyou hello dragon monkey
"""
BASES = frozenset(WORDS.split())
COMMON_SURNAMES = """
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang
xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei
su lv lu ding ren yao zhong tan fan jin shi liao jia xia fu fang zou xiong bai meng qin qiu hou
yin xue yan lei long duan hao kong shao mao chang wan gu lai kang ou mo guan kuang
"""
# The longer first: zhang before zha.
SURNAMES = "|".join(sorted(COMMON_SURNAMES.split(), key=len, reverse=True))
# ü is typed v.
SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iong|iang|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un"
    "|uo|ve|a|e|i|o|u|v)"
)
NAME = re.compile(f"(?:{SURNAMES})(?:{SYLLABLE}){{1,2}}")
# A day, with or without the century or the day, or what is lucky, dear or the next key.
DAY = "(?:(?:19|20)?[0-9]{2})(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?)?"
LUCKY = "(?:520|521|1314|5201314|168|1688|123|1234|12345|123456|1234567|12345678|123456789)"
SAME = r"(?:([0-9])\1{2,})"
TAIL = re.compile(f"(?:{DAY}|{LUCKY}|{SAME})")
# As in aaaaaaaa11.
FEWEST_KINDS = 4


def is_common_shape(password: str) -> bool:
    """A usual word with digits, a name with a birthday, or hardly any different characters."""
    plain = as_listed(password)
    letters = "".join(re.findall("[a-z]", plain))
    digits = "".join(re.findall("[0-9]", plain))
    return (
        len(set(plain)) < FEWEST_KINDS
        or (letters in BASES and plain.isascii())
        or bool(NAME.fullmatch(letters) and TAIL.fullmatch(digits))
    )
