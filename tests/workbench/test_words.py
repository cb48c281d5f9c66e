"""Nothing the page says names a command: what the commands say is said in its words there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.patterns import regex
from reportgen.workbench.words import ON_THE_PAGE, for_page

from ..conftest import Run
from .bench import Bench, Refused, example
from .test_files import content, replaced

ROOT = Path(__file__).parents[2] / "reportgen"
OF_COMMANDS = regex(r"reportgen [a-z]|--[a-z]|(再|重新)运行|再导入|命令|-o ")
CHINESE = regex("[\u4e00-\u9fff]")
NEVER_ON_THE_PAGE = {
    "console": "the terminal",
    "collating/papers": "papers of an area, and the commands' own tables",
    "collating/roster_text.py": "a roster is made by its command",
    "collating/collecting.py": "the page gives no folder of last year",
    "collating/examining.py": "a pattern",
    "importing/sent_in.py": "filled sheets are taken in by their command",
    "model/input_codes.py": "explanations of codes, for `rules`",
    "reading/opinions_file.py": "the head of a file",
    "workbench/asked.py": "the head of a file",
    "workbench/words.py": "the table itself",
    "review/pairing.py": "of several files of one command",
}


def messages(path: Path) -> Iterator[str]:
    """The Chinese texts in a module that are no docstrings and not for the terminal alone (``how``)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        own = isinstance(node, ast.keyword) and node.arg == "how"
        own |= isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
            "how",
            "REPAIR",
            "_HOW",
        )
        if own or isinstance(node, ast.Expr):
            passed.update(ast.walk(node) if own else [node.value])  # type: ignore[attr-defined]
        if node in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            passed.update(node.values)
            parts = (each.value if isinstance(each, ast.Constant) else "某" for each in node.values)
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if CHINESE.search(text):
            yield text


def spoken() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        if not any(module.startswith(each) for each in NEVER_ON_THE_PAGE):
            yield from ((module, text) for text in messages(path))


def test_no_sentence_that_can_reach_the_page_names_a_command_there() -> None:
    told = [(module, for_page(text)) for module, text in spoken() if OF_COMMANDS.search(for_page(text))]
    assert told == []


def test_every_entry_stands_for_words_that_are_said() -> None:
    said = "\n".join(text for _, text in spoken())
    assert [words for words in ON_THE_PAGE if words not in said] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("要看它哪里不同，请用 reportgen verify。", "要看它哪里不同，请用“核对公布的”。"),
        ("请关闭它，再运行一次。", "请关闭它，再试一次。"),
        ("不认识“再运行一次”，再运行一次。", "不认识“再运行一次”，再试一次。"),
        ("请改正“。再运行一次", "请改正“。再试一次"),
        ("", ""),
    ],
)
def test_words_are_exchanged_but_where_they_are_quoted(said: str, shown: str) -> None:
    assert for_page(said) == shown


def test_a_draft_that_is_a_page_is_refused_in_the_words_of_either(run: Run, tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    page = tmp_path / bench.call("draft", id=bench.report["id"])["files"][1]
    with pytest.raises(Refused) as refused:
        bench.call("returned", id=bench.report["id"], name=page.name, content=content(page))
    told = [refused.value.said["error"], *(each["how"] for each in refused.value.said["findings"])]
    assert all("网页可以用“核对公布的”核对" in each and "reportgen" not in each for each in told)
    assert "reportgen verify" in run("pull", page, path)[1]


def test_what_stands_in_the_way_of_a_final_or_of_writing_is_said_in_the_words_of_the_page(
    tmp_path: Path,
) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.call("final", id=bench.report["id"])
    made = next(each for each in tmp_path.glob("*.docx") if "核对单" not in each.name)
    replaced(made, "三级审签", "三审三校")
    with pytest.raises(Refused) as refused:
        bench.call("final", id=bench.report["id"], despite_open=True)
    said = refused.value.said["error"]
    assert "用“收退回的稿”收进输入文件" in said
    assert said.endswith("再试一次。")


def test_what_stands_in_the_lists_is_said_in_the_words_of_the_page(tmp_path: Path) -> None:
    """Last year's figures are asked for where there are none: in the findings and in the folder."""
    path = example(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "三级审签" in text
    path.write_text(text.replace("三级审签", "{{ last.year }}三级审签", 1), encoding="utf-8")
    bench = Bench(path)
    said = [each["text"] for each in bench.report["findings"] if "上一年的数据" in each["text"]]
    said += [str(each["problem"]) for each in Bench(tmp_path).call("folder")["reports"]]
    assert len(said) == 2
    assert all("请在“上年”里选" in each for each in said)
