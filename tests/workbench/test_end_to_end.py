"""A whole year in the page, from an empty folder to the final, held against the same by commands, byte for byte."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

from reportgen import job
from reportgen.form.model import Form
from reportgen.writing import html

from ..conftest import Run
from ..reviewer import Reviewer
from .browser import Browser, Page, serving

TEXTS = {
    "overview": """2023年，我局依法推进政府信息公开，各项工作平稳有序。
（一）主动公开情况。通过门户网站和政务新媒体主动公开信息900条。
（二）依申请公开情况。全年收到申请19件，予以公开6件，均按期答复。
（三）政府信息管理情况。发布前逐级审查，台账按月核对。
（四）政府信息公开平台建设情况。网站栏目作了一次调整。
（五）监督保障情况。组织培训2次，没有发生责任追究。""",
    "problems": """（一）存在的主要问题。政策解读的形式还比较单一,办理不够快。
（二）改进情况。今年多用图表和问答讲清政策。""",
    "other_matters": "（一）信息处理费收取情况。2023年，我局没有收取信息处理费。",
}

WRITE = """
for (const part of Object.keys(given.texts)) {
  await page.locator(`[data-part="${part}"] .tools button`).click();
  await page.keyboard.press('Control+A');
  await page.evaluate((text) => navigator.clipboard.writeText(text), given.texts[part]);
  await page.keyboard.press('Control+V');
  await saved();
  await page.keyboard.press('Escape');
  await page.waitForSelector(`[data-part="${part}"] [data-paragraph]`);
}
"""

PASTE = """
for (const [at, text] of given.blocks) {
  await field(at).click();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await saved();
}
"""

MEND = """
const mended = [];
for (;;) {
  const fix = page.locator('#findings [data-do=fix]').first();
  if (!(await fix.count())) return mended;
  const text = await fix.locator('xpath=ancestor::li').innerText();
  mended.push(text);
  const before = await page.locator('#findings').innerText();
  await fix.click();
  await page.waitForFunction((before) => document.querySelector('#findings').innerText !== before, before);
  await saved();
}
"""

DRAFT = """
await page.locator('#make-draft').click(); await page.locator('dialog button.main').click();
await page.getByRole('heading', { name: '送审稿已生成' }).waitFor();
await page.getByRole('button', { name: '知道了' }).click();
"""

DROP = """
await page.evaluate(({ name, content }) => {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  const fire = (target, type) => target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  fire(document.body, 'dragover');
  fire(document.querySelector('.drop-place'), 'drop');
}, given);
await page.waitForSelector('#pane-returned [data-change]');
await page.getByRole('button', { name: '其余全部采纳' }).click();
await page.waitForSelector('#pane-returned [data-change]', { state: 'detached' });
const opinion = page.locator('[data-opinion]', { hasText: '请与信访科核对。' });
await opinion.locator('input').fill('已核对，无误。');
await opinion.getByRole('button', { name: '不采纳' }).click();
await page.waitForFunction(() => !document.querySelector('[data-opinion] input'));
await saved();
"""

FINAL = """
await page.locator('#make-final').click(); await page.locator('dialog button.main').click();
await page.getByRole('heading', { name: '定稿已生成' }).waitFor();
"""


def blocks(form: Form) -> list[tuple[str, str]]:
    """The tables as they are copied from a workbook, with a mistake in one figure."""
    figures = dict.fromkeys(form.cells, "0")
    figures |= {
        "active_disclosure.normative_documents.in_force": "26",
        "active_disclosure.licensing": "335,873",
        "active_disclosure.penalties": "235627",
        "active_disclosure.coercion": "140",
        **{f"requests.new_received.{column}": "19" for column in ("natural", "total")},
        **{f"requests.granted.{column}": "6" for column in ("natural", "total")},
        **{f"requests.unavailable_not_held.{column}": "13" for column in ("natural", "total")},
        **{f"requests.total_processed.{column}": "19" for column in ("natural", "total")},
    }
    figures["requests.granted.natural"] = "7"
    found = []
    for table in form.tables.values():
        rows = [[figures[cell.key] for cell in row.cells] for row in table.rows.values()]
        if len(table.grid[-1]) > len(rows[0]) + 2:  # printed as one row
            rows = [[figure for row in rows for figure in row]]
        lines = ["\t".join(row) for row in rows]
        found.append((next(table.cells).key, "\r\n".join(lines) + "\r\n"))
    return found


def papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".docx", ".html")}


def test_a_year_in_the_page_gives_the_files_that_the_commands_give(
    browser: Browser, example: Path, form: Form, run: Run, tmp_path: Path
) -> None:
    published = tmp_path / "公布.html"
    published.write_text(html.render(job.start(example).document), encoding="utf-8")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()

    with serving(ours) as address:
        page = Page(browser, address)
        page.open()
        page.do(
            """await page.locator('#new-year').click();
            await page.locator('dialog input[type=checkbox]').uncheck();
            const [chooser] = await Promise.all([page.waitForEvent('filechooser'),
              page.locator('dialog').getByRole('button', { name: '选别处的文件' }).click()]);
            await chooser.setFiles(given.path);
            await page.waitForSelector('body[data-view=report] input[data-cell]');""",
            path=str(published),
        )
        last, made = sorted(ours.glob("*.toml"))
        assert run("import", published, "-o", theirs / last.name)[0] == 0
        assert (theirs / last.name).read_bytes() == last.read_bytes()
        input = theirs / made.name
        assert run("new", "--from", published, "-o", input)[0] == 0
        assert input.read_bytes() == made.read_bytes()

        page.do(PASTE + WRITE, blocks=blocks(form), texts=TEXTS)
        mended = page.do(MEND)
        assert "应为 6" in mended[0] or "改为 6" in mended[0]
        assert len(mended) == 2
        page.do(DRAFT)
        shutil.copy(made, input)  # what was typed
        assert run("build", input)[0] == 0
        assert papers(theirs) == papers(ours)

        (draft,) = [path for path in ours.glob("*.docx") if "核对单" not in path.name]
        leader = Reviewer(draft.read_bytes(), form)
        leader.write("active_disclosure.licensing", "335880")
        leader.track("比较单一", "较为单一", insert_only=False)
        leader.comment("requests.granted.natural", "请与信访科核对。")
        returned = tmp_path / "退回.docx"
        returned.write_bytes(leader.saved())
        page.do(DROP, name=returned.name, content=base64.b64encode(returned.read_bytes()).decode())
        assert run("pull", returned, input, "--write")[0] == 0
        assert input.read_bytes() == made.read_bytes()
        assert run("opinions", input, "--refuse", "1", "--reason", "已核对，无误。")[0] == 0

        page.do(DRAFT)
        assert run("build", input)[0] == 0
        assert papers(theirs) == papers(ours)

        page.do(FINAL)
        assert run("build", input, "--final")[0] == 0
        assert papers(theirs) == papers(ours)
        assert [name for name in papers(ours) if "送审稿" not in name]
        assert page.complaints == []
