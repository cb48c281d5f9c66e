"""A form of another shape than forms have: refused, with the place in the file and with no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.form.form_file import FormError, known_formats, load_form

from ..conftest import Run
from .own import own_form

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("row_height = 6\n", 'row_height = "6"\n', "tables.requests.row_height 要写成1 到 100 的数（毫米），不能是“6”"),
        ("row_height = 6\n", "row_height = nan\n", "row_height 要写成1 到 100 的数（毫米），不能是“nan”"),
        ("row_height = 6\n", "row_height = inf\n", "不能是“inf”"),
        ("row_height = 6\n", "row_height = true\n", "不能是“True”"),
        ("row_height = 6\n", "row_height = -1\n", "不能是“-1”"),
        ("row_height = 6\n", "row_height = 2021-01-01\n", "row_height 要写成"),
        ("widths = [8.5,", "widths = [0,", "tables.requests.widths 第 1 项 要写成4 到 500 的数（毫米），不能是“0”"),
        ("widths = [8.5, 16.5, 44.6, 11.6, 11, 11, 14.9, 14.9, 11, 12]", "widths = []", "widths 是空的"),
        ('heads.natural        = "自然人"', 'heads.natural = ""', "tables.requests.heads.natural 是空的"),
        ('heads.natural        = "自然人"', 'heads.natural = "|"', "heads.natural 是空的"),
        ('heads.natural        = "自然人"', 'heads.natural = 5', 'heads.natural 要写成文字 "…"，不能是“5”'),
        ('heads.natural        = "自然人"', 'heads.natural = "\\u0000"', "有看不见的控制字符"),
        ('heads.natural        = "自然人"', 'heads.natural = "\\u202e"', "有看不见的控制字符"),
        ('heads.natural        = "自然人"', 'heads.natural = "\\n"', "heads.natural 是空的"),
        ('heads.natural        = "自然人"', f'heads.natural = "{"长" * 201}"', "heads.natural 太长，最多 200 字"),
        ('heads.natural        = "自然人"', 'heads.Natural = "自然人"', "要写成小写英文字母、数字和下划线"),
        ('heads.natural        = "自然人"', 'heads."a.b" = "自然人"', "要写成小写英文字母、数字和下划线"),
        ('title  = ["{agency}"', "title = [5", 'title 第 1 项 要写成文字 "…"，不能是“5”'),
        ('title  = ["{agency}"', "title = [[]", "title 第 1 项 要写成文字"),
        ('unit   = "件"', "unit = []", "unit 要写成文字"),
        ('unit   = "件"', 'unit = "件"\nunits = "件"', "文件 里的“units”不认识，是不是“unit”"),
        ('optional = true', 'optional = "true"', "parts 第 1 项.optional 要写成 true 或 false"),
        ("count = 7", 'count = "7"', "count 要写成1 到 30 的整数"),
        ("count = 7", "count = 999999999", "count 要写成1 到 30 的整数"),
        ("rows = 22", "rows = 22.0", "rows 要写成1 到 100 的整数"),
        ('{ head = "natural", rows = 2 }', '{ head = "natural", note = "x" }', "看不懂 grid 里的这一格"),
        ('{ head = "natural", rows = 2 }', '5', "grid 第 2 项 第 1 项 要写成" ),
        ('{ head = "natural", rows = 2 }', '{ head = ["natural"], rows = 2 }', "head 要写成文字"),
        ("[[tables.requests.sums]]\n", "", "tables.requests 里的“in_each”不认识"),
        ("[roles]\n", "[roles]\nx = 1\n", "roles.x 要写成一组"),
        ("from_year = 2021", "from_year = 99999", "from_year 要写成年份"),
        ("[roles]", "x = " + "[" * 3000 + "]" * 3000 + "\n[roles]", "括号套得太深"),
        ("[roles]", "x" + ".x" * 200 + " = 1\n[roles]", "行里的点太多，超过 100 个"),
        ("[roles]", "x = " + "9" * 5000 + "\n[roles]", "读不出来：里面有一个数太长。请从"),
        ("[roles]", "#" * 300_000 + "\n[roles]", "文件太大，超过 256 KB"),
        ("[tables.active_disclosure]", "[tables.agency]", "并且不是别处用的名称，不能是“agency”"),
    ],
)  # fmt: skip
def test_a_form_of_another_shape_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = own_form(tmp_path, old, new)
    with pytest.raises(FormError) as caught:
        load_form("2021", tmp_path)
    assert str(caught.value).startswith(f"{path}：")
    assert message in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_file_in_another_encoding_is_refused_with_the_cure(tmp_path: Path) -> None:
    path = own_form(tmp_path, "unit", "unit")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(FormError, match="不是 UTF-8 编码。请在记事本里另存为"):
        load_form("2021", tmp_path)


def test_a_folder_with_more_formats_than_anybody_has_is_refused(tmp_path: Path) -> None:
    for number in range(31):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "form.toml").touch()
    with pytest.raises(FormError, match="里有 31 个格式，最多 30 个"):
        known_formats(tmp_path)


def test_a_label_that_is_nothing_but_a_number_names_nothing(tmp_path: Path, run: Run) -> None:
    own_form(tmp_path, 'rows.granted           = "（一）予以公开"', 'rows.granted = "（一）"')
    assert run("check", EXAMPLE, "--templates", tmp_path)[0] in (0, 1)
