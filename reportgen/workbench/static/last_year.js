/** Last year beside this year: what changed most as bars, and last year's text. */

import { byId, button, fill, h, say, visit } from "./dom.js";
import { lines, tell } from "./dialog.js";
import { choose, content } from "./files.js";
import { openPane } from "./panes.js";
import { ask, complain, Refusal, settled } from "./server.js";
import { report, take, watch } from "./state.js";
import { fieldOf } from "./tables.js";

/** @typedef {import("./types.js").Changed} Changed */

const MOST = 12;

/** Draws the pane. @param {HTMLElement} pane */
export function watchLastYear(pane) {
  watch(["changed_most", "last_texts", "last_year", "last_file", "last", "year"], () => draw(pane));
  // Whoever works at a part sees last year's beside it.
  byId("report").addEventListener("focusin", (event) => {
    const section = /** @type {Element} */ (event.target).closest("[data-part]");
    const text = section && pane.querySelector('[data-last-part="' + section.getAttribute("data-part") + '"]');
    if (!(text instanceof HTMLDetailsElement) || pane.hidden) return;
    for (const other of Array.from(pane.querySelectorAll("details"))) other.open = other === text;
    text.scrollIntoView();
  });
}

/** Reads last year's report, of whatever kind, and lays it beside this one. @param {File} file */
export async function takeLastYear(file) {
  const { id } = report;
  try {
    const given = await content(file);
    if (!given) return;
    say("正在读上一年的报告…");
    await settled();
    const answer = await ask("last_year", Object.assign({ id }, given));
    say("");
    if (report.id !== id) return;
    take(answer.report);
    openPane("last");
    tell("上一年的报告读进来了", lines(answer.said, "plain lines"));
  } catch (error) {
    say("");
    if (error instanceof Refusal) tell("上一年的报告没有读进来", h("p", { class: "lines" }, error.message));
    else complain(error);
  }
}

/** @param {HTMLElement} pane */
function drawNone(pane) {
  const last = report.year ? report.year - 1 + "年" : "上一年";
  fill(pane,
    h("p", {}, "还没有" + last + "的报告可以对照。选一份" + last + "的报告，输入文件或者公布的网页、Word、PDF、Excel 都可以，上年的数和文字就显示在旁边，变化大的、结转不对的也查得出来。"),
    h("p", { class: "buttons" }, button("选上一年的报告…", () => choose("", takeLastYear), { class: "main", id: "choose-last" })),
    h("p", { class: "soft" }, "也可以把文件拖到页面上。它存成输入文件，放在这一份旁边，下次打开还在。"));
}

/** @param {HTMLElement} pane */
function draw(pane) {
  if (!report.last_year) {
    drawNone(pane);
    return;
  }
  const most = (report.changed_most || []).slice(0, MOST);
  const texts = report.last_texts || {};
  const parts = (report.parts || []).filter((part) => (texts[part.key] || []).length);
  fill(pane,
    h("h3", {}, "变化最大的数"),
    most.length ? h("ol", { class: "plain bars" }, most.map(drawBars)) : h("p", { class: "soft" }, "还没有与上年不同的数。"),
    parts.length > 0 && h("h3", {}, report.last_year + "年的文字"),
    ...parts.map((part) => h("details", { class: "last-text", "data-last-part": part.key },
      h("summary", {}, part.heading || part.name),
      h("div", {}, texts[part.key].map((paragraph) => h("p", {}, paragraph))))),
    h("p", { class: "soft" }, "上年的数和文字来自 " + report.last_file + "。要换一份的，先把这个文件改名或者移走。"));
  const first = pane.querySelector("details");
  if (first) first.open = true;
}

/** @param {string} figure */
const size = (figure) => Math.abs(Number(figure.replace(/,/g, ""))) || 0;

/** @param {Changed} changed */
function drawBars(changed) {
  const longest = Math.max(size(changed.last), size(changed.now), 1);
  const difference = Number(changed.difference);
  const words = difference > 0 ? "增加 " + changed.difference : "减少 " + String(changed.difference).replace("-", "");
  return h("li", {},
    button(changed.label, () => go(changed.cell), { class: "link" }),
    h("span", { class: "difference" }, words),
    bar(String(report.last_year), changed.last, longest, "then"),
    bar(String(report.year), changed.now, longest, "now"));
}

/** @param {string} year @param {string} figure @param {number} longest @param {string} kind */
function bar(year, figure, longest, kind) {
  const length = h("span", { class: "bar " + kind });
  length.style.width = (100 * size(figure)) / longest + "%";
  return h("div", { class: "bar-line" }, h("span", { class: "bar-year" }, year), h("span", { class: "bar-room" }, length),
    h("span", { class: "bar-figure" }, figure || "未填"));
}

/** @param {string} cell */
function go(cell) {
  const field = fieldOf(cell);
  if (field) visit(field);
}
