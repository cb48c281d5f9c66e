/** What a number of the text was taken for, and the choice of the cell it stands for. */

import { byId, button, fill, h, say, show } from "./dom.js";
import { change, complain } from "./server.js";
import { report } from "./state.js";
import { fieldOf } from "./tables.js";
import { STATES } from "./text.js";
import { chooseCells } from "./typing.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {import("./types.js").Span} Span */

/** What the box by a number was opened from, to go back to. @type {HTMLElement|null} */
let from = null;

/**
 * Opens the box by a number.
 *
 * @param {HTMLElement} number
 * @param {Part} part
 * @param {number} paragraph
 * @param {Span} span
 * @param {string} words
 */
export function askAbout(number, part, paragraph, span, words) {
  const box = byId("about-number");
  from = number;
  const bind = (/** @type {string} */ cell) => bindTo(part.key, paragraph, span, cell);
  const known = span.cells.map((cell) => h("li", {}, button("去看：" + labelled(cell), () => goTo(cell))));
  const offered = span.candidates.map((cell) => h("li", {}, button(labelled(cell), () => bind(cell))));
  const close = button("关闭", closeAbout, { class: "quiet" });
  fill(box,
    h("p", {}, h("b", { class: "number " + span.state }, words), "　" + STATES[span.state]),
    span.says ? h("p", { class: "soft" }, span.says) : null,
    known.length ? h("ul", { class: "plain" }, known) : null,
    offered.length ? h("p", {}, "这个数就是：") : null,
    offered.length ? h("ul", { class: "plain" }, offered) : null,
    h("p", { class: "buttons" }, button("到表里选一格…", () => choose(words, bind)), close));
  box.hidden = false;
  stay(box, number);
  const first = /** @type {HTMLElement} */ (box.querySelector("button"));
  first.focus();
}

/** The box stays by its number, as long as that is seen. @param {HTMLElement} box @param {HTMLElement} number */
function stay(box, number) {
  const place = number.getBoundingClientRect();
  const seen = byId("paper").getBoundingClientRect();
  box.hidden = !number.isConnected || place.bottom < Math.max(0, seen.top) || place.top > Math.min(window.innerHeight, seen.bottom);
  box.style.left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - box.offsetWidth - 8)) + "px";
  const below = place.bottom + box.offsetHeight + 8 < window.innerHeight;
  box.style.top = (below ? place.bottom + 6 : Math.max(8, place.top - box.offsetHeight - 6)) + "px";
}

/** @param {string} cell */
function labelled(cell) {
  return (report.labels[cell] || cell) + "（" + (report.figures[cell] || "未填") + "）";
}

/** Closes the box and goes back to the number. */
export function closeAbout() {
  const box = byId("about-number");
  if (box.hidden) return;
  box.hidden = true;
  if (from && from.isConnected) from.focus();
}

/** The box closes by Escape, by a click elsewhere, by leaving it; it goes along when the page is scrolled. */
export function watchAbout() {
  const box = byId("about-number");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!box.hidden) closeAbout();
    else if (document.body.classList.contains("choosing")) stopChoosing();
  });
  document.addEventListener("mousedown", (event) => {
    if (!box.contains(/** @type {Node} */ (event.target))) box.hidden = true;
  });
  document.addEventListener("scroll", (event) => {
    if (!box.hidden && from && event.target instanceof Node && !box.contains(event.target)) stay(box, from);
  }, true);
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(/** @type {Node} */ (event.relatedTarget))) box.hidden = true;
  });
}

/** @param {string} cell */
function goTo(cell) {
  byId("about-number").hidden = true;
  const field = fieldOf(cell);
  if (!field) return;
  show(field);
  field.focus({ preventScroll: true });
}

/** @param {string} words @param {(cell: string) => void} bind */
function choose(words, bind) {
  byId("about-number").hidden = true;
  fill(byId("choosing"), "请点一下“" + words + "”对应的那一格，或者移到那一格按回车。", button("不选了（Esc）", stopChoosing));
  byId("choosing").hidden = false;
  chooseCells((cell) => {
    stopChoosing();
    bind(cell);
  });
  const first = /** @type {HTMLElement|null} */ (document.querySelector("input[data-cell]"));
  if (first) {
    show(first);
    first.focus({ preventScroll: true });
  }
}

function stopChoosing() {
  chooseCells(null);
  byId("choosing").hidden = true;
  if (from && from.isConnected) from.focus();
}

/** @param {string} part @param {number} paragraph @param {Span} span @param {string} cell */
async function bindTo(part, paragraph, span, cell) {
  byId("about-number").hidden = true;
  try {
    await change("bind", { part, paragraph, start: span.start, end: span.end, cell });
    say("这个数现在引用" + (report.labels[cell] || cell) + "，表改了它跟着改。");
  } catch (error) {
    complain(error);
  }
}
