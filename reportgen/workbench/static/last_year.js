/** Last year beside this year: what changed most as bars, and last year's text. */

import { byId, button, fill, h, show } from "./dom.js";
import { report, watch } from "./state.js";
import { fieldOf } from "./tables.js";

/** @typedef {import("./types.js").Changed} Changed */

const MOST = 12;

/** Draws the pane. @param {HTMLElement} pane */
export function watchLastYear(pane) {
  watch(["changed_most", "last_texts", "last_year", "last", "year"], () => draw(pane));
  // Whoever works at a part sees last year's beside it.
  byId("report").addEventListener("focusin", (event) => {
    const section = /** @type {Element} */ (event.target).closest("[data-part]");
    const text = section && pane.querySelector('[data-last-part="' + section.getAttribute("data-part") + '"]');
    if (!(text instanceof HTMLDetailsElement) || pane.hidden) return;
    for (const other of Array.from(pane.querySelectorAll("details"))) other.open = other === text;
    text.scrollIntoView();
  });
}

/** @param {HTMLElement} pane */
function draw(pane) {
  if (!report.last_year) {
    fill(pane, h("p", {}, "没有找到上一年的输入文件。把上一年的输入文件放在同一个文件夹里，这里就显示上年的数和文字。"),
      h("p", {}, "只有上一年公布的报告（网页、Word、PDF）的，请按“全部报告”，用“读成输入文件”读进来，再打开这一份。"));
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
      h("div", {}, texts[part.key].map((paragraph) => h("p", {}, paragraph))))));
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
  if (!field) return;
  show(field);
  field.focus({ preventScroll: true });
}
