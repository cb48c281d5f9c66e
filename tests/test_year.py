"""The clerk's January, by commands alone: draft, corrections in Word, next draft with its changes, final, verified."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from reportgen.form.model import Form
from reportgen.model.content import Content
from reportgen.model.provenance import Provenance
from reportgen.reading.word_file import read_word

from .conftest import Run
from .reviewer import Reviewer
from .writing.office import ACCEPT, REJECT, saved_by_libreoffice
from .writing.ooxml import W, problems

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
NAME = "莆田市公安局2022年政府信息公开工作年度报告"


def corrected(data: bytes, form: Form) -> bytes:
    """What the leader does to the first draft."""
    leader = Reviewer(data, form)
    leader.write("active_disclosure.licensing", "335880")
    leader.replace("现行有效26件", "现行有效27件")
    leader.write("active_disclosure.normative_documents.in_force", "27")
    leader.track("三级审签", "三审三校")
    leader.comment("requests.granted.natural", "请与信访科核对。")
    return leader.saved()


def tracked(data: bytes) -> list[tuple[str, str]]:
    """The stretches of text that are tracked as deleted and inserted, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return [
        (etree.QName(change).localname, "".join(change.itertext()))
        for change in root.iter(f"{W}ins", f"{W}del")
        if len(change)
    ]


def said(data: bytes, folder: Path, form: Form) -> Content:
    path = folder / "said.docx"
    path.write_bytes(data)
    return read_word(path, form).content


def test_from_the_first_draft_to_the_verified_final(run: Run, form: Form, tmp_path: Path) -> None:
    input, out, office = tmp_path / "本局-2022.toml", tmp_path / "稿", tmp_path / "office"
    office.mkdir()
    input.write_bytes(EXAMPLE.read_bytes())
    first, second = (out / f"{NAME}（送审稿{number}）.docx" for number in (1, 2))
    changes = out / f"{NAME}（送审稿2）修订对照.docx"

    assert run("build", input, "-o", out)[0] == 0
    made = Provenance(first.read_bytes()).content
    assert made is not None

    returned = saved_by_libreoffice(corrected(first.read_bytes(), form), office)
    first.write_bytes(returned)  # the leader saved it in its place
    assert run("pull", first, input, "--write")[0] == 0

    status, text = run("build", input, "-o", out)
    assert status == 0
    assert "送审稿2已生成。" in text
    assert "其中数据和文字的改动都已收进输入文件" in text
    assert first.read_bytes() == returned

    expected = [
        ("del", "26"),
        ("ins", "27"),
        ("del", "级"),  # 三级审签 → 三审三校
        ("del", "签"),
        ("ins", "三校"),
        ("del", "26"),
        ("ins", "27"),
        ("del", "335873"),
        ("ins", "335880"),
    ]
    data = changes.read_bytes()
    assert tracked(data) == expected
    assert sorted(tracked(saved_by_libreoffice(data, office))) == sorted(expected)
    assert problems(data) == []
    accepted, rejected = (saved_by_libreoffice(data, office, command) for command in (ACCEPT, REJECT))
    assert tracked(accepted) == tracked(rejected) == []
    assert said(accepted, office, form) == Provenance(second.read_bytes()).content
    assert said(rejected, office, form) == made

    status, text = run("build", input, "-o", out)
    assert "内容和上一次相同，仍是送审稿2。" in text
    status, text = run("build", input, "-o", out, "--final")
    assert status == 0, text
    for suffix in (".docx", ".html"):
        status, text = run("verify", out / f"{NAME}{suffix}", input)
        assert (status, "完全一致。" in text) == (0, True)
    published = saved_by_libreoffice((out / f"{NAME}.docx").read_bytes(), office)
    (tmp_path / "published.docx").write_bytes(published)
    status, text = run("verify", tmp_path / "published.docx", input)
    assert (status, "完全一致。" in text) == (0, True)
