/** Drafts, the final and what else is made of the report: buttons that say what they did. */

import { byId, button, fill, h } from "./dom.js";
import { lines, openDialog, tell } from "./dialog.js";
import { focusFirst } from "./findings.js";
import { openPane } from "./panes.js";
import { ask, complain, Refusal, refused, settled } from "./server.js";
import { report, take } from "./state.js";

/** Opens the folder of a file in the office's file manager, or says where it is. @param {string} id */
async function showFolder(id) {
  try {
    await ask("show_folder", { id });
  } catch (error) {
    if (error instanceof Refusal) tell("请自己打开这个文件夹", h("p", { class: "lines" }, error.message));
    else complain(error);
  }
}

/** @param {string} label @param {boolean} [on] */
function option(label, on) {
  const field = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", checked: on }));
  return { field, line: h("label", { class: "option" }, field, " " + label) };
}

/** The two kinds of further files. */
function extras() {
  const pdf = option("同时做 PDF（需要装有 LibreOffice）");
  const fragment = option("同时做网页粘贴稿（贴进网站后台的）");
  return { pdf: pdf.field, fragment: fragment.field, box: h("div", { class: "options" }, pdf.line, fragment.line) };
}

/** What a paper that is made now will lack. */
const lacking = () => {
  const left = refused();
  return left && h("p", { class: "problem" }, left + "：写得不对，没有进文件，稿子里也没有。请先改好标红的地方。");
};

/** Asks what to make, and makes a draft. */
function makeDraft() {
  const more = extras();
  const go = button("生成", () => run(dialog, "draft", { pdf: more.pdf.checked, fragment: more.fragment.checked }), { class: "main" });
  const errors = report.summary ? report.summary.error : 0;
  const dialog = openDialog("生成送审稿",
    h("p", {}, "做成下一稿：Word 和网页各一份，连同核对单，放在输入文件旁边。内容没有变的，不另出一稿。"),
    errors > 0 && h("p", { class: "problem" }, "现在还有 " + errors + " 个错误，会写在稿子和核对单上。"),
    lacking(),
    more.box,
    h("p", { class: "buttons" }, go, button("取消", () => dialog.close())));
  go.focus();
}

/** Asks what to make, and makes the final. */
function makeFinal() {
  const more = extras();
  const go = button("生成定稿", () => run(dialog, "final", {
    despite_open: false, pdf: more.pdf.checked, fragment: more.fragment.checked,
  }), { class: "main" });
  const dialog = openDialog("生成定稿",
    h("p", {}, "送审稿已经同意的，生成没有水印和批注的定稿。还有错误、未填的数或者没有收回的修改时，程序不出定稿。"),
    lacking(),
    more.box,
    h("p", { class: "buttons" }, go, button("取消", () => dialog.close())));
  go.focus();
}

/**
 * @param {{box: HTMLElement, close: () => void}} dialog
 * @param {"draft"|"final"} name
 * @param {{pdf: boolean, fragment: boolean, despite_open?: boolean}} wish
 */
async function run(dialog, name, wish) {
  const buttons = /** @type {HTMLElement} */ (dialog.box.querySelector(".buttons"));
  fill(buttons, h("span", { class: "soft", role: "status" }, "正在生成…"));
  const { id } = report;
  try {
    await settled();
    const answer = await ask(name, Object.assign({ id }, wish));
    const now = await ask("report", { id });
    if (report.id === id) take(now);
    dialog.close();
    if (answer.refused && answer.refused.length) declined(answer.refused, wish);
    else made(name === "draft" ? "送审稿已生成" : "定稿已生成", answer);
  } catch (error) {
    dialog.close();
    if (error instanceof Refusal) tell("没有生成", h("p", { class: "lines" }, error.message));
    else complain(error);
  }
}

/** @param {string[]} why @param {{pdf: boolean, fragment: boolean}} wish */
function declined(why, wish) {
  // Errors are mended; changes that were not taken may be left, which the check sheet says.
  const anyway = report.summary.error === 0 && button("照样定稿", () => run(dialog, "final", Object.assign({}, wish, { despite_open: true })));
  const back = button("先不出", () => {
    dialog.close();
    if (report.summary.error) focusFirst();
  }, { class: "main" });
  // The reasons speak of the errors beside the report.
  if (report.summary.error) openPane("findings");
  const dialog = openDialog("还不能出定稿", lines(why, "lines"), h("p", { class: "buttons" }, back, anyway));
  back.focus();
}

/** @param {string} title @param {{files: string[], said: string[], folder: string}} answer */
export function made(title, answer) {
  tell(title, lines(answer.said || [], "plain lines"),
    answer.files && answer.files.length > 0 && h("p", {}, "文件："),
    answer.files && lines(answer.files, "files"),
    h("p", {}, button("打开文件夹", () => showFolder(answer.folder))));
}

/** The buttons of the top line. */
export function watchPapers() {
  byId("make-draft").addEventListener("click", makeDraft);
  byId("make-final").addEventListener("click", makeFinal);
  byId("show-folder").addEventListener("click", () => showFolder(report.id));
}
