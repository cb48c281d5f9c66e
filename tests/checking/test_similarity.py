"""Text copied from last year's report."""

from __future__ import annotations

from reportgen.model.findings import Finding

from ..counting import steps
from .cases import SOUND, findings, report

LAST = [
    "我局把政府信息公开作为规范执法的基础工作，对照条例逐项落实责任",
    "通过门户网站和政务新媒体发布各类信息801条，制发文件6件",
    "统一答复文书，严守答复时限，全年收到申请19件",
    "公文拟制时同步确定公开属性，发布前逐级进行保密审查",
]
NEW = [
    "围绕群众关心的落户政策编写问答二十则，制作短视频",
    "开设基层公开专区，派出所窗口都能查阅文件",
    "对六个县区开展交叉检查，当场反馈问题",
    "举办两期培训班，邀请法官讲解典型案例",
]


def copied(sentences: list[str], **limits: float) -> list[Finding]:
    this = report({"overview": "。".join(sentences) + "。"})
    return findings("Y06", this, report({"overview": "。".join(LAST) + "。"}, year=2021), **limits)


def test_a_part_that_is_last_years_is_found_with_its_share_and_its_sentences() -> None:
    (finding,) = copied(LAST)
    assert "100%" in finding.message
    assert LAST[0][:10] in finding.message
    assert finding.line == 1


def test_changing_the_figures_does_not_make_a_sentence_new() -> None:
    changed = [
        sentence.replace("801", "945").replace("19件", "23件").replace("6件", "8件") for sentence in LAST
    ]
    (finding,) = copied(changed)
    assert "100%" in finding.message
    assert "只改了数字" in finding.message


def test_changing_one_clause_of_a_long_sentence_does_not_make_it_new() -> None:
    long = "，".join(LAST)
    this = report({"overview": long.replace("逐级进行保密审查", "审查") + "。"})
    found = findings("Y06", this, report({"overview": long + "。"}, year=2021), similarity=50)
    assert found


def test_new_sentences_are_not_accused_and_the_limit_is_the_clerks() -> None:
    assert copied(NEW) == []
    half = NEW[:2] + LAST[:2]
    assert copied(half, similarity=30)
    assert copied(half, similarity=80) == []


def test_the_preface_and_customary_words_may_stay() -> None:
    words = {
        "preface": SOUND["preface"],
        "other_matters": "本年度没有收取信息处理费，没有其他需要报告的事项。" * 5,
    }
    assert findings("Y06", report(words), report(words, year=2021)) == []


def test_problems_repeated_word_for_word_are_named() -> None:
    last = report(
        {"problems": "工作中还有一些问题：一是政策解读的形式比较单一；二是部分信息发布不够及时。"}, year=2021
    )
    this = report({"problems": "还存在以下不足：一是部分信息发布不够及时，二是网站检索功能有待完善。"})
    (finding,) = findings("Y07", this, last)
    assert "部分信息发布不够及时" in finding.message
    assert "1 个问题" in finding.message


def test_new_problems_and_old_measures_are_no_repeated_problems() -> None:
    last = report({"problems": "一是政策解读的形式比较单一。下一步，加强业务培训，提高工作水平。"}, year=2021)
    this = report({"problems": "一是基层公开的深度不够。下一步，加强业务培训，提高工作水平。"})
    assert findings("Y07", this, last) == []


def test_comparing_long_texts_takes_work_in_proportion_to_their_length() -> None:
    def text(word: str, times: int) -> dict[str, str]:
        lines = (f"（{i}）{chr(0x4E00 + i)}{word}事项，" + "，".join(LAST) + "。" for i in range(times))
        return {"overview": "\n".join(lines)}

    def work(times: int) -> int:
        this, last = report(text("新", times)), report(text("旧", times), year=2021)
        return steps(lambda: findings("Y06", this, last))

    assert work(800) < 10 * work(80)
