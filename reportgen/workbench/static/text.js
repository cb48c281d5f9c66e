/** The text by parts as it will print, every number underlined by what it was taken for. */

import { askAbout } from "./bind.js";
import { button, fill, h, hasFocus } from "./dom.js";
import { startEditing } from "./editor.js";
import { report, watch } from "./state.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {import("./types.js").Paragraph} Paragraph */
/** @typedef {import("./types.js").Span} Span */

/** What a number was taken for, in a word. @type {Object<string, string>} */
export const STATES = {
  agrees: "与表一致", differs: "与表不一致", unread: "没有核对", bound: "引用表里的数",
};

/** @type {Map<string, {box: HTMLElement, drawn: string}>} The paragraphs of each part, and what is drawn there. */
const boxes = new Map();

/** What a line does not begin with, and what it does not end with. */
const CLOSING = /^[，。、；：？！）》〉”’】〕%％]+/;
const OPENING = /[（《〈“‘【〔]$/;

/** Draws one part. @param {Part} part @returns {HTMLElement} */
export function drawPart(part) {
  const box = h("div", { class: "paragraphs" });
  boxes.set(part.key, { box, drawn: "" });
  box.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("button.number") || !partOf(part.key).editable) return;
    if (!String(window.getSelection())) edit(part.key, placeAt(box, event));
  });
  box.addEventListener("keydown", walk);
  const name = part.heading || part.name;
  const tools = h("div", { class: "tools" },
    part.editable && button("改文字", () => edit(part.key, null), { "aria-label": "改文字：" + name }));
  const section = h("section", { class: "part", "data-part": part.key, "aria-label": name },
    h("div", { class: "part-head" }, part.heading ? h("h2", {}, part.heading) : h("h2", { class: "unprinted" }, part.name), tools),
    box);
  drawParagraphs(part);
  return section;
}

/** @param {string} key @returns {Part} */
function partOf(key) {
  return /** @type {Part} */ (report.parts.find((part) => part.key === key));
}

/** @param {string} key @param {{paragraph: number, offset: number}|null} place  where the caret is wanted */
function edit(key, place) {
  const { box } = /** @type {{box: HTMLElement}} */ (boxes.get(key));
  if (box.getAttribute("data-editing") !== null) return;
  box.setAttribute("data-editing", "");
  startEditing(box, () => partOf(key), place, () => {
    box.removeAttribute("data-editing");
    boxes.set(key, { box, drawn: "" });
    drawParagraphs(partOf(key));
  });
}

/** Where in the printed text was clicked. @param {HTMLElement} box @param {MouseEvent} event */
function placeAt(box, event) {
  const range = document.caretRangeFromPoint(event.clientX, event.clientY);
  if (!range) return null;
  const paragraphs = Array.from(box.children);
  const paragraph = paragraphs.findIndex((element) => element.contains(range.startContainer));
  if (paragraph < 0) return null;
  const before = document.createRange();
  before.setStart(paragraphs[paragraph], 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { paragraph, offset: String(before).length };
}

/** @param {Part} part */
function drawParagraphs(part) {
  const known = boxes.get(part.key);
  if (!known || known.box.hasAttribute("data-editing")) return;
  const drawn = JSON.stringify([part.paragraphs, found(part.key)]);
  if (drawn === known.drawn) return;
  known.drawn = drawn;
  const { box } = known;
  const focused = hasFocus(box) ? numbers(box).indexOf(/** @type {HTMLElement} */ (document.activeElement)) : -1;
  fill(box, ...part.paragraphs.map((paragraph, index) => drawParagraph(part, paragraph, index)));
  if (!part.paragraphs.length) box.append(h("p", { class: "nothing" }, part.editable ? "还没有文字，按这里写。" : "没有文字。"));
  const all = numbers(box);
  if (all.length) all[Math.max(0, Math.min(focused, all.length - 1))].tabIndex = 0;
  if (all[focused]) all[focused].focus();
}

/** Tab comes to the numbers of a part once; the arrows go from one to the next. @param {KeyboardEvent} event */
function walk(event) {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const all = numbers(/** @type {Element} */ (event.currentTarget));
  const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
  if (!by || at < 0 || !all[at + by]) return;
  all[at].tabIndex = -1;
  all[at + by].tabIndex = 0;
  all[at + by].focus();
  event.preventDefault();
}

/** @param {Element} box */
const numbers = (box) => /** @type {HTMLElement[]} */ (Array.from(box.querySelectorAll("button.number")));

/** The passages of a part that findings are about. @param {string} key */
function found(key) {
  return (report.findings || [])
    .filter((finding) => finding.part === key && finding.paragraph !== null)
    .map(({ paragraph, start, end, severity }) => ({ paragraph, start: start || 0, end: end || 0, severity }));
}

/** @param {Part} part @param {Paragraph} paragraph @param {number} index */
function drawParagraph(part, paragraph, index) {
  const marks = found(part.key).filter((mark) => mark.paragraph === index && mark.end > mark.start);
  const spans = paragraph.spans;
  const edges = new Set([0, paragraph.leads, paragraph.text.length]);
  for (const { start, end } of [...marks, ...spans]) edges.add(start).add(end);
  const cuts = Array.from(edges).sort((one, other) => one - other);
  const element = h("p", { class: "level" + paragraph.level + (paragraph.kind === "heading" ? " whole" : ""), "data-paragraph": index });
  /** @type {HTMLElement|null} */
  let number = null;
  cuts.slice(1).forEach((end, i) => {
    const start = cuts[i];
    const mark = marks.find((one) => one.start <= start && end <= one.end);
    const span = spans.find((one) => one.start <= start && end <= one.end);
    const words = paragraph.text.slice(start, end);
    const lead = end <= paragraph.leads ? "lead " : "";
    const piece = h("span", { class: lead + (mark ? "found " + mark.severity : "") }, words);
    if (!span) return element.append(piece);
    if (!number || span.start === start) {
      number = drawNumber(part, paragraph, index, span);
      element.append(number);
    }
    return number.append(piece);
  });
  numbers(element).forEach(keepTogether);
  return element;
}

/** A number is one piece to the browser: it would break the line before the comma after it. @param {HTMLElement} number */
function keepTogether(number) {
  const [before, after] = [number.previousSibling, number.nextSibling];
  const opens = before && OPENING.exec(String(before.textContent));
  const closes = after && CLOSING.exec(String(after.textContent));
  if (!opens && !closes) return;
  const together = h("span", { class: "together" });
  number.replaceWith(together);
  if (before && opens) together.append(cutOff(before, opens.index, opens.index + 1));
  together.append(number);
  if (after && closes) together.append(cutOff(after, 0, closes[0].length));
}

/** Cuts some characters out of a piece of the text; they are a piece like it. @param {Node} piece @param {number} start
 * @param {number} end */
function cutOff(piece, start, end) {
  const words = String(piece.textContent);
  const cut = piece.cloneNode(false);
  cut.textContent = words.slice(start, end);
  piece.textContent = words.slice(0, start) + words.slice(end);
  return cut;
}

/** @param {Part} part @param {Paragraph} paragraph @param {number} index @param {Span} span */
function drawNumber(part, paragraph, index, span) {
  const words = paragraph.text.slice(span.start, span.end);
  const number = button("", () => askAbout(number, part, index, span, words), {
    class: "number " + span.state, title: span.says, "data-start": span.start, tabindex: "-1",
    "aria-label": words + "，" + STATES[span.state], "aria-haspopup": "dialog",
  });
  return number;
}

/** The element of a paragraph, and of the number at `start` where there is one.
 * @param {string} part @param {number|null} paragraph @param {number|null} start @returns {HTMLElement|null} */
export function passage(part, paragraph, start) {
  const section = /** @type {HTMLElement|null} */ (document.querySelector('[data-part="' + part + '"]'));
  if (!section || paragraph === null) return section;
  const element = /** @type {HTMLElement|null} */ (section.querySelector('[data-paragraph="' + paragraph + '"]'));
  const at = element && start !== null && element.querySelector('[data-start="' + start + '"]');
  return /** @type {HTMLElement} */ (at || element || section);
}

/** Forgets the parts of the report before. */
export function clearText() {
  boxes.clear();
}

/** Every change of the text is seen in it. */
export function watchText() {
  watch(["parts", "findings"], () => { for (const part of report.parts || []) if (!part.table) drawParagraphs(part); });
}
