/** What is typed into the fields of the tables: every keystroke is sent, one change after another. */

import { byId, fill, say } from "./dom.js";
import { paste } from "./paste.js";
import { change, complain, mark, Refusal } from "./server.js";
import { report, watch } from "./state.js";
import { fieldOf, help } from "./tables.js";
import { move } from "./walking.js";

/** @type {Map<string, string>} What is typed and not yet sent, by cell. */
const unsent = new Map();

/** @type {Map<string, string>} Why what stands in a field is no figure: it is not in the file. */
const unreadable = new Map();

/** The figure the file had when what was typed last had come into it, by cell: until then, the field shows what was typed. */
const settledAs = new Map();

/** @type {Map<string, string>} What was typed last and answered, by cell: of that is what is typed on, whatever the file has by now. */
const answered = new Map();

/** Each visit of a field is one step of undo. */
let visit = 0;

/** @type {((cell: string) => void)|null} Who waits for a cell to be chosen. */
let choosing = null;

/**
 * The cells that are clicked, or left with Enter, are now for `choose`, not for typing; null: no more.
 *
 * @param {((cell: string) => void)|null} choose
 */
export function chooseCells(choose) {
  choosing = choose;
  document.body.classList.toggle("choosing", choose !== null);
}

/** Whether the field holds something that the file does not have yet. @param {string} cell */
export function isAhead(cell) {
  const input = fieldOf(cell);
  return unreadable.has(cell) || (input !== null && input.hasAttribute("data-unsaved"));
}

/** Whether the field shows what somebody types, not the file. @param {string} cell */
export function isTyped(cell) {
  return isAhead(cell) || (settledAs.has(cell) && settledAs.get(cell) === (report.figures[cell] || ""));
}

/** What stands in these fields and could not be read has made way for something else. @param {string[]} cells */
export function overwritten(cells) {
  for (const cell of cells) {
    readable(cell);
    leave(cell);
  }
}

/** What could not be read is given up: the fields show the file again. */
export function giveUp() {
  overwritten(Array.from(unreadable.keys()));
}

/** Forgets what was typed into the report before. */
export function clearTyping() {
  unsent.clear();
  unreadable.clear();
  settledAs.clear();
  answered.clear();
}

/** Hears what is done in a field. @param {HTMLInputElement} input @param {string} cell */
export function listen(input, cell) {
  let before = "";
  let composing = false;
  let comes = false;
  input.addEventListener("focus", () => {
    visit++;
    before = input.value;
    input.select();
    help(cell);
    const why = unreadable.get(cell);
    if (why) say(why, "problem");
  });
  input.addEventListener("blur", () => {
    leave(cell);
    fill(byId("help"));
  });
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => {
    composing = false;
    typed(cell, input.value);
  });
  input.addEventListener("input", () => { if (!composing) typed(cell, input.value); });
  input.addEventListener("paste", (event) => paste(event, cell));
  // Chromium 69 takes the selection away again when the button is let go.
  input.addEventListener("mousedown", () => { comes = input !== document.activeElement; });
  input.addEventListener("mouseup", (event) => {
    if (comes && input.selectionStart === 0 && input.selectionEnd === input.value.length) event.preventDefault();
  });
  input.addEventListener("click", () => { if (choosing) choosing(cell); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || composing) return;
    if (event.key === "Enter" && choosing) {
      choosing(cell);
      event.preventDefault();
    } else if (event.key === "Escape" && !choosing) {
      if (input.value !== before) typed(cell, before);
      input.value = before;
      input.select();
    } else if (move(event, input, cell)) event.preventDefault();
  });
}

/** What stands in a field goes into the file. @param {string} cell @param {string} text */
export async function typed(cell, text) {
  const input = /** @type {HTMLInputElement} */ (fieldOf(cell));
  const waits = unsent.has(cell);
  if (!isTyped(cell)) answered.delete(cell);
  unsent.set(cell, text);
  input.setAttribute("data-unsaved", "");
  if (waits) return;
  const step = "figures " + visit;
  let sent = text;
  try {
    await change("figures", () => {
      sent = /** @type {string} */ (unsent.get(cell));
      unsent.delete(cell);
      const was = answered.has(cell) ? { [cell]: answered.get(cell) } : undefined;
      return { cells: { [cell]: sent }, was, step };
    });
    answered.set(cell, sent);
    readable(cell);
  } catch (error) {
    if (error instanceof Refusal) unread(cell, error);
    else complain(error);
  }
  if (unsent.has(cell)) return;
  input.removeAttribute("data-unsaved");
  settledAs.set(cell, report.figures[cell] || "");
  if (input !== document.activeElement) leave(cell);
}

/** What could not be written while the file could not be read is written when it can be. */
export function watchTyping() {
  watch(["syntax"], () => {
    if (report.syntax) return;
    for (const cell of Array.from(unreadable.keys())) {
      const input = fieldOf(cell);
      if (input) typed(cell, input.value);
    }
  });
}

/** @param {string} cell */
function readable(cell) {
  if (!unreadable.delete(cell)) return;
  const input = fieldOf(cell);
  if (input) input.removeAttribute("data-unreadable");
  say("");
  mark();
}

/** @param {string} cell @param {Refusal} error */
function unread(cell, error) {
  const why = (error.answer.cells || {})[cell] || error.message;
  unreadable.set(cell, why);
  const input = fieldOf(cell);
  if (input) input.setAttribute("data-unreadable", "");
  mark();
  say(why + "（这一格还没有保存）", "problem");
}

/** The field is left: it shows the figure as the file has it. @param {string} cell */
export function leave(cell) {
  const input = fieldOf(cell);
  if (!input || isAhead(cell)) return;
  settledAs.delete(cell);
  answered.delete(cell);
  const isComputed = (report.computed || []).indexOf(cell) >= 0;
  input.value = isComputed ? "" : report.figures[cell] || "";
}
