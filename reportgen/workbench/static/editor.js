/** A part's text while it is written: plain lines, a number that is bound to its cell one piece that cannot be cut. */

import { button, fill, h } from "./dom.js";
import { change, complain, mark, settled } from "./server.js";
import { report, watch } from "./state.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {import("./types.js").Piece} Piece */

/** A pause after which more typing is another step of undo, in ms. */
const PAUSE = 1500;

/** @type {{draw: () => void, again: () => void}|null} The text being written. */
let open = null;

let step = 0;

/**
 * Lets the text of a part be written where it stands.
 *
 * @param {HTMLElement} box  what the paragraphs stand in
 * @param {() => Part} current  the part as the file has it
 * @param {{paragraph: number, offset: number}|null} place  where the caret is wanted; null: at the end
 * @param {() => void} done  called when the clerk has left it
 */
export function startEditing(box, current, place, done) {
  const part = current();
  const text = h("div", {
    class: "writing", contenteditable: "plaintext-only", role: "textbox", "aria-multiline": "true",
    "aria-label": part.heading || part.name, spellcheck: "false",
  });
  let source = part.source;
  // What is typed is a change of this: what the file had when it was drawn, or what was sent last and answered.
  let known = part.source;
  let unsent = false;
  let typedAt = 0;
  draw(text, part);
  fill(box, text, h("p", { class: "hint" }, "一行一段；带底色的数引用表格，表改了它跟着改。写完按 Esc 或点别处。"));
  text.focus();
  setCaret(text, place ? offsetOf(part, place) : String(text.textContent).replace(/\s+$/, "").length);

  let composing = false;
  const typed = async () => {
    source = written(text);
    if (Date.now() - typedAt > PAUSE) step++;
    typedAt = Date.now();
    if (unsent) return;
    unsent = true;
    const mine = "text " + step;
    let sent = source;
    let before = known;
    try {
      await change("text", () => {
        unsent = false;
        sent = source;
        before = known;
        return { part: part.key, source, was: known, step: mine };
      });
      if (known === before) known = sent; // else it was drawn anew
      if (!unsent) self.draw();
      text.removeAttribute("data-unreadable");
    } catch (error) {
      text.setAttribute("data-unreadable", "");
      complain(error);
    }
    mark();
  };
  const self = {
    draw() {
      if (text.hasAttribute("data-unreadable")) return;
      const now = current();
      if (unsent || composing || now.source === source || trimmed(now.source) === trimmed(source)) return;
      const at = caret(text);
      source = known = now.source;
      draw(text, now);
      setCaret(text, at);
    },
    again() {
      if (text.hasAttribute("data-unreadable")) typed();
    },
  };
  text.addEventListener("compositionstart", () => { composing = true; });
  text.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  text.addEventListener("input", () => { if (!composing) typed(); });
  text.addEventListener("paste", (event) => {
    event.preventDefault();
    const pasted = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    insert(pasted.replace(/\r\n?/g, "\n"));
    typed();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    text.blur();
  });
  const leave = () => {
    if (open === self) open = null;
    done();
    mark();
  };
  text.addEventListener("blur", async () => {
    await settled();
    // What could not be written stays until it is mended or given up.
    if (text.hasAttribute("data-unreadable")) {
      if (!box.querySelector("button")) box.append(button("不要这次改的", leave));
    } else if (text !== document.activeElement) leave();
  });
  open = self;
}

/** The text being written follows what else changes it: undo, another program. */
export function watchEditor() {
  watch(["parts"], () => { if (open && report.parts) open.draw(); });
  watch(["syntax"], () => { if (open && !report.syntax) open.again(); });
}

/** Line ends and blanks at the ends make no difference to what is printed. @param {string} source */
const trimmed = (source) => source.replace(/\r\n?/g, "\n").trim();

/** @param {HTMLElement} text @param {Part} part */
function draw(text, part) {
  const pieces = part.pieces || [{ source: part.source, text: part.source, bound: false, says: "" }];
  fill(text, ...pieces.map((piece) => (piece.bound ? chip(piece) : document.createTextNode(piece.source))));
}

/** @param {Piece} piece */
function chip(piece) {
  return h("span", { class: "chip", contenteditable: "false", "data-source": piece.source, title: piece.says }, piece.text);
}

/** The source of what stands there; a browser may make blocks of lines. @param {Node} node @returns {string} */
function written(node) {
  return Array.from(node.childNodes, (child) => {
    if (child instanceof HTMLBRElement) return "\n";
    if (child instanceof HTMLDivElement) return (child.previousSibling ? "\n" : "") + written(child).replace(/\n$/, "");
    if (child instanceof HTMLElement) return child.getAttribute("data-source") || written(child);
    return child.textContent || "";
  }).join("");
}

/** Puts words in the place of what is selected, the caret behind them. @param {string} words */
function insert(words) {
  const selection = window.getSelection();
  if (!selection || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  range.deleteContents();
  range.insertNode(document.createTextNode(words));
  range.collapse(false);
}

/** Where a place in the printed text is in the writing. @param {Part} part
 * @param {{paragraph: number, offset: number}} place */
function offsetOf(part, place) {
  const lines = (part.pieces || [{ text: part.source, bound: false, source: part.source }])
    .map((piece) => (piece.bound ? piece.text : piece.source)).join("").split("\n");
  let before = 0;
  let paragraph = -1;
  for (const line of lines) {
    if (line.trim()) paragraph++;
    if (line.trim() && paragraph === place.paragraph) {
      const indent = line.length - line.replace(/^\s+/, "").length;
      return before + Math.min(line.length, indent + place.offset);
    }
    before += line.length + 1;
  }
  return before - 1;
}

/** The characters before the caret. @param {HTMLElement} text */
function caret(text) {
  const selection = window.getSelection();
  if (!selection || !selection.rangeCount || !text.contains(selection.focusNode)) return 0;
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(/** @type {Node} */ (selection.focusNode), selection.focusOffset);
  return String(range).length;
}

/** @param {HTMLElement} text @param {number} offset */
function setCaret(text, offset) {
  const selection = window.getSelection();
  if (!selection) return;
  let left = offset;
  const range = document.createRange();
  range.selectNodeContents(text);
  range.collapse(false);
  for (const child of Array.from(text.childNodes)) {
    const length = (child.textContent || "").length;
    if (left > length || (left === length && child instanceof HTMLElement)) {
      left -= length;
      continue;
    }
    if (child instanceof HTMLElement) range.setStartAfter(child);
    else range.setStart(child, left);
    range.collapse(true);
    break;
  }
  selection.removeAllRanges();
  selection.addRange(range);
}
