"""Reports of many bodies, made: figures that keep the sums of published ones, sentences that nobody published.

A whole multiple of one published report plus one of another satisfies every sum of the form, as the sums are linear.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.document import compose
from reportgen.model.expressions import parse
from reportgen.model.findings import Figure
from reportgen.model.names import names
from reportgen.model.report import Report, printed
from reportgen.reading.proving import contradictions
from reportgen.writing import html, word
from reportgen.writing.input_text import input_text
from reportgen.writing.sheet import workbook

from ..conftest import PUBLISHED_NAMES, figures_of, published

AREA = "某市甲区"
YEAR = 2025
_WHO = [
    "我局",
    "本机关",
    "各科室",
    "办公室",
    "全体干部",
    "业务科",
    "信息科",
    "分管领导",
    "值班人员",
    "窗口人员",
]
_WHEN = ["年初", "年中", "全年", "平时", "每月", "每季度", "节前", "遇有变动时", "收到来信以后", "开会以前"]
_HOW = ["逐项", "认真", "及时", "反复", "按目录", "会同有关科室", "对照清单", "分门别类", "照章", "主动"]
_DID = [
    "整理",
    "核对",
    "更新",
    "公布",
    "登记",
    "答复",
    "补充",
    "检查",
    "讲解",
    "归档",
    "回访",
    "汇总",
    "校对",
    "转办",
]
_WHAT = [
    "办事指南",
    "机构职责",
    "收费标准",
    "抽查结果",
    "便民电话",
    "资金去向",
    "工程进度",
    "学习材料",
    "来信来访",
    "会议纪要",
    "栏目目录",
    "培训记录",
    "采购公告",
    "招考信息",
    "安全提示",
    "统计数字",
    "政策问答",
    "权责清单",
]
_WHY = [
    "方便群众查阅",
    "让群众看得懂",
    "免得跑第二趟",
    "做到一次说清",
    "接受社会监督",
    "不留死角",
    "随时可以查到",
    "有据可查",
]


@cache
def _bases() -> tuple[Mapping[str, Figure], ...]:
    """The figures of the published reports whose sums hold."""
    form = load_form("2021")
    found = (figures_of(published(name), form) for name in PUBLISHED_NAMES)
    return tuple(
        each for each in found if not [*contradictions({k: printed(v) for k, v in each.items()}, form)]
    )


def figures_within_the_sums(chance: random.Random, form: Form) -> dict[str, Figure]:
    """Figures like published ones that satisfy every sum."""
    one, other = chance.sample(_bases(), 2)
    a, b = chance.randint(1, 9), chance.randint(0, 4)
    rare = {cell.key for cell in form.playing("regulations")}  # few bodies may issue them
    return {
        key: 0
        if key in rare
        else (Decimal(one[key]) * a + Decimal(other[key]) * b).normalize() + 0
        if cell.decimal
        else int(one[key]) * a + int(other[key]) * b
        for key, cell in form.cells.items()
    }


def sentence(chance: random.Random) -> str:
    """A sentence nobody published."""
    who, when, how, why = (chance.choice(words) for words in (_WHO, _WHEN, _HOW, _WHY))
    did, what = chance.sample(_DID, 2), chance.sample(_WHAT, 2)
    return f"{when}{who}{how}{did[0]}{what[0]}，{did[1]}{what[1]}，{why}。"


def texts(chance: random.Random, form: Form, sentences: int = 60) -> dict[str, str]:
    """The text of each part, under the headings that the form wants."""
    found = {}
    for part in form.parts:
        if not part.text or part.signature or not part.heading:
            continue
        aspects = [aspect[0] for aspect in part.aspects] or [""]
        lines = []
        for number, aspect in enumerate(aspects):
            if aspect:
                lines.append(f"（{'一二三四五六七八九十'[number]}）{aspect}")
            each = max(3, sentences // len(aspects) if len(aspects) > 1 else 6)
            told = [sentence(chance) for _ in range(each)]
            lines += ["".join(told[i : i + 4]) for i in range(0, each, 4)]
        found[part.text] = "\n".join(lines)
    if form.roles["problems"]:
        found[form.roles["problems"][0]] = (
            "存在的问题：一是栏目更新不够及时，二是业务培训开展得少。\n"
            "改进措施：一是定人定时更新栏目，二是每季度培训一次。" + sentence(chance)
        )
    if form.roles["fee"]:
        found[form.roles["fee"][0]] = "本年度没有收取信息处理费，没有其他需要报告的事项。"
    return found


def made_report(
    name: str,
    seed: int,
    year: int = YEAR,
    *,
    changed: Mapping[str, Figure] | None = None,
    text: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Report:
    """A report of a body; ``changed`` are figures that are otherwise than the sums want, or None for a blank."""
    form = form or load_form("2021")
    chance = random.Random(seed)
    figures = {**figures_within_the_sums(chance, form), **(changed or {})}
    written = text or texts(chance, form)
    known = names(form)
    return Report(
        form=form,
        path=Path(f"{name}.toml"),
        year=year,
        agency={"name": name},
        figures=figures,
        narrative={key: parse(each, range(1, each.count("\n") + 2), known) for key, each in written.items()},
    )


def as_page(report: Report) -> bytes:
    return html.render(compose(report)).encode()


def as_word(report: Report) -> bytes:
    return word.render(compose(report))


def as_workbook(report: Report) -> bytes:
    return workbook(report.form, report)


def as_input(report: Report) -> bytes:
    document = compose(report)
    written = {key: printed(figure) for key, figure in report.figures.items()}
    return input_text(report.form, report.year, report.agency, written, document.content.texts).encode()
