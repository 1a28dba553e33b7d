"""What the generated articles are made of: words of the field, and sentences to put them in."""


def _words(text: str) -> list[str]:
    return text.split()


PLACES = _words(
    "广州市越秀区 深圳市龙岗区 珠海市香洲区 汕头市澄海区 佛山市顺德区 韶关市乳源县 河源市紫金县 "
    "梅州市梅县区 惠州市博罗县 汕尾市陆丰市 东莞市石碣镇 中山市小榄镇 江门市新会区 阳江市阳东区 "
    "湛江市廉江市 茂名市高州市 肇庆市德庆县 清远市连南县 潮州市饶平县 揭阳市普宁市 云浮市罗定市"
)
BODIES = _words(
    "妇联 妇女之家 婚调委 妇女议事会 巾帼志愿服务队 家庭教育指导站 维权站 儿童之家 执委工作室 "
    "妇女儿童活动中心 司法所 民政办 派出所 人民法庭 社工站 卫生院"
)
TOPICS = _words(
    "反家庭暴力 人身安全保护令 妇女权益保障法 两癌筛查 家庭教育 最美家庭 巾帼建功 三八红旗手 "
    "南粤女声 婚姻家庭纠纷调解 移风易俗 巾帼志愿服务 女职工劳动保护 留守儿童关爱 困境妇女帮扶 "
    "生育支持政策 乡村振兴巾帼行动 粤菜师傅 南粤家政 普法宣传月 防范电信诈骗 防溺水安全 心理健康 "
    "绿色家庭 禁毒宣传 彩礼治理 老年人权益 未成年人保护 预防性骚扰 就业创业培训"
)
DEEDS = _words(
    "开展专题讲座 组织入户走访 举办分享会 设立咨询台 发放宣传手册 进行案例研讨 开设夜间课堂 "
    "建立工作台账 启动结对帮扶 召开议事会 拍摄微视频 邀请律师答疑 组织健康义诊 开展技能比武"
)
PEOPLE = _words(
    "执委 姐妹们 网格员 志愿者 村民 家长 女职工 个体户 返乡青年 老党员 社工 医务人员 法官 律师 "
    "心理咨询师 幼儿园老师"
)
SURNAMES = _words("陈 林 黄 李 梁 罗 叶 邓 丘 温 钟 赖 古 欧阳 冼 麦")
GIVEN = _words("秀英 月娥 丽珊 嘉欣 润芝 巧玲 彩霞 晓岚 玉莲 雁翎 妙珍 绮雯 惠芬 淑仪 金凤 慕容")
RESULTS = _words(
    "服务群众 化解矛盾 解决急难愁盼问题 帮助重拾信心 推动政策落地 赢得一致好评 形成长效机制 "
    "受到居民欢迎 挽回经济损失 促成家庭和解"
)
LATIN = _words("12338 APP WPS AI 4K KTV Vlog LED HPV疫苗 CPR急救 DIY手工 2025年")
SENTENCES = (
    "近日，{place}{body}围绕{topic}{deed}，{number}名{people}参加了活动。",
    "“{topic}和每个家庭都有关系。”{place}妇联执委{name}说，大家要把学到的讲给身边人听。",
    "活动现场，{people}就{topic}提出问题，{body}的工作人员逐一解答，并{deed}。",
    "{name}是{place}的一名{people}，过去一年里她走访了{number}户家庭，{result}。",
    "据介绍，今年以来{place}已累计{deed}{number}场，覆盖{people}{number}人次，{result}。",
    "针对{topic}工作中的难点，{body}与{body2}建立联动机制，每月{deed}，努力{result}。",
    "课程分为线上和线下两个部分，线上可以用{latin}参加，线下由{name}主讲{topic}。",
    "{people}可以拨打热线或者到{body}求助，工作人员会在{number}小时内联系，{result}。",
    "下一步，{place}妇联将继续以{topic}为抓手，引导{people}参与{topic2}，{result}。",
    "参加活动的{name}表示，以前对{topic}了解不多，听了讲解之后心里更有底了。",
    "会后，{name}带领{people}参观了{body}，了解{topic2}的做法，并现场体验了{latin}。",
    "一次次{deed}，让{topic}的种子在{place}生根发芽，也让{people}感受到娘家人的温暖。",
)
TITLES = (
    "{place}{body}{deed}，让{topic}走进家门",
    "{place}：{topic}进村居，{people}齐点赞",
    "{topic}怎么做？听{place}执委{name}讲一讲",
    "{number}场{topic}活动温暖{place}",
    "{name}：我在{body}做{topic}的这些年",
    "{place}妇联{deed}，推进{topic2}",
)
COLUMNS = _words("妇联动态 权益关爱 家庭家教家风 巾帼建功 健康生活 执委风采 基层治理 心灵驿站")
TAGS = _words("反家暴 家庭教育 两癌筛查 就业创业 普法 志愿服务 好家风 执委故事 健康 防骗")
