"""What the commands say, in the words of the page: it has buttons where the terminal has commands and options."""

from __future__ import annotations

import re

from ..patterns import regex

ON_THE_PAGE = {
    "reportgen verify": "“核对公布的”",
    "reportgen pull": "“收退回的稿”",
    "先用 reportgen import --year 年份 把它导入成输入文件，再用那个文件": "写明年份",
    "先用 reportgen import 把它导入成输入文件，写上机关名称，再用那个文件": "写明机关的全称",
    "reportgen new --from": "“新的一年”",
    "直接用它：reportgen check": "请把它放在这个文件夹里，从“全部报告”里打开：",
    "两个输入文件用 reportgen diff 比较": "请选公布的网页、Word、PDF",
    "reportgen diff": "Word 或 WPS 的“比较”",
    "用 reportgen templates --copy 复制一份": "找维护的人复制一份",
    "全部规则见 reportgen rules": "规则的编号写在每个问题的“为什么查这个”后面",
    "；全部数据名见 reportgen names": "，或者把这个数点一下，选表里的一格",
    "用 --year 写明年份，例如 --year 2024": "写明年份",
    "；或者用 --year 写明年份": "；或者在这里写明年份",
    "，--year 写的是": "，填的是 ",
    "不用写 --year": "不用填年份",
    "，或者用 --year 写明年份": "",
    "--previous 给的就是": "上一年的文件就是",
    "在命令后面加 --previous 文件，或者在工作台的“上年”里选": "在“上年”里选",
    "（--plain-draft）": "",
    "做一份名单（--make-roster）": "让维护的人做一份名单",
    "用 -o 换一个文件夹": "把输入文件放到别的文件夹里再打开",
    "请用 -o 换一个文件名，或者先": "请先",
    "另一个 reportgen 命令": "另一个程序",
    "再运行一次": "再试一次",
    "再导入": "再读入",
}
"""Words of messages, and what the page says instead of them; of two that begin alike the longer one is meant."""

_SAID = regex(" ?(" + "|".join(map(re.escape, sorted(ON_THE_PAGE, key=len, reverse=True))) + ") ?|“[^“”]*”")
"""Words for the page, or words that are quoted, which stay as they are."""


def for_page(text: str) -> str:
    """A message of the program as the page says it; what it quotes is the report's or a file's."""
    return _SAID.sub(lambda found: ON_THE_PAGE[found[1]] if found[1] else found[0], text)
