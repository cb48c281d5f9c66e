"""What is said of an input file and of templates while they are read: one code for each kind, explained as a rule is.

These are no rules: they cannot be switched off, set to another severity or excused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .findings import Severity

GROUP = "读入输入文件（不能关掉）"


class Code(NamedTuple):
    """A kind of finding of the reader."""

    code: str
    title: str
    severity: Severity
    source: str
    text: str
    """In the clerk's words, with a wrong and a right example."""


_ALL = (
    Code(
        "I01",
        "文件不能用",
        Severity.ERROR,
        "输入文件是文本文件；Word 和网页各有用处",
        "文件不存在、读不出来、是空的、编码认不出来，或者不是这个命令要的那种文件。\n\n"
        "错：把 Word 文件“年报.docx”当作输入文件\n"
        "对：用输入文件“本局-2025.toml”",
    ),
    Code(
        "I02",
        "写法不对",
        Severity.ERROR,
        "TOML 1.0、JSON（RFC 8259）的写法",
        "一行的写法不对，读不出来：用了中文的等号、引号、方括号，少了引号或括号，同一项写了两次。能看出正确写法的，写出改好的样子。\n\n"
        "错：granted ＝ 【6，0，0，0，0，0，6】\n"
        "对：granted = [6, 0, 0, 0, 0, 0, 6]",
    ),
    Code(
        "I03",
        "不认识或缺少的名称",
        Severity.ERROR,
        "名称由所用的格式规定，照新建的输入文件里的写",
        "名称打错了，程序不认识；或者缺少年份、机关名称、豁免的理由等必须写的项。\n\n"
        "错：grant = [6, 0, 0, 0, 0, 0, 6]\n"
        "对：granted = [6, 0, 0, 0, 0, 0, 6]",
    ),
    Code(
        "I04",
        "内容不合要求",
        Severity.ERROR,
        "各表的行和列、单位由所用的格式规定",
        "名称对，写的内容不对：数的个数和表头不同，该写数的写了文字，该写文字的写了数，年份不是四位数字，里面有看不见的控制字符，太长。\n\n"
        "错：granted = [6, 0, 0]\n"
        "对：granted = [6, 0, 0, 0, 0, 0, 6]",
    ),
    Code(
        "I05",
        "文字里引用数据写错了",
        Severity.ERROR,
        "引用的写法见使用说明第二部分",
        "文字里的 {{ }}、{% %} 写得不对：名称不认识，没有写完，引用了上一年的数而没有上一年的文件。\n\n"
        "错：收到申请{{ 本年收到申请.总计 }}件\n"
        "对：收到申请{{ 本年新收.总计 }}件",
    ),
    Code(
        "I06",
        "读入时的说明",
        Severity.NOTE,
        "意思确定的写法照读，并且说明",
        "写法和要求不同，但意思确定，已经照读；或者没有写总计，由程序相加。请看一眼读得对不对，不用改。\n\n"
        "错：行政处罚写成“1,234”（意思确定，按 1234 读入）\n"
        "对：行政处罚写 1234",
    ),
    Code(
        "I07",
        "模板不能用",
        Severity.ERROR,
        "模板文件夹是用 reportgen templates --copy 复制出来的",
        "模板文件夹（--templates）里缺少文件，或者文件里的写法不对，写明是哪个文件、哪一处。\n\n"
        '错：row_height = "6"\n'
        "对：row_height = 6",
    ),
    Code(
        "I08",
        "模板里少了检查",
        Severity.WARNING,
        "自己的模板可以改样式和名称；检查以本程序所带的同名格式为准",
        "自己的模板文件夹里，格式比本程序所带的同名格式少了数据、勾稽关系，或者少了认文字的说法，少了的就没有检查。"
        "不是有意的，请从原来的模板再复制一份。\n\n"
        "错：form.toml 里删去了一行 [[tables.requests.sums]]\n"
        "对：改 widths、row_height、各项名称，其余不动",
    ),
    Code(
        "I09",
        "认不出是什么数",
        Severity.ERROR,
        "表格各格均须填写数字，没有的填 0",
        "收齐各单位的报告时，交来的报告里该写数的格子写了别的，或者几格的数连在一起，分不清。"
        "不猜，这一格当作没有填，请交报告的单位写清楚。\n\n"
        "错：本年新收一格写“约20件”\n"
        "对：本年新收一格写 20",
    ),
)

CODES: Mapping[str, Code] = {each.code: each for each in _ALL}
