/** The official tables as they are printed, each figure a field. Drawn once; then only what changed is marked. */

import { byId, fill, h } from "./dom.js";
import { report, watch } from "./state.js";
import { clearTyping, isAhead, isTyped, leave, listen, typed } from "./typing.js";

/** @typedef {import("./types.js").Table} Table */
/** @typedef {import("./types.js").Finding} Finding */
/** @typedef {{row: number, column: number, columns: number}} Place  where a field stands in its table, from 0 */

/** @type {Map<string, HTMLInputElement>} The field of each cell. */
const fields = new Map();

/** @type {Map<string, {last: HTMLElement, should: HTMLButtonElement, other: HTMLElement}>} What stands below each field. */
const notes = new Map();

/** @type {Map<string, Place & {table: string}>} */
const places = new Map();

/** The field of a cell. @param {string} cell */
export function fieldOf(cell) {
  return fields.get(cell) || null;
}

/** Where a cell's field stands in its table. @param {string} cell */
export function placeOf(cell) {
  return places.get(cell) || null;
}

/** All fields of one table, by their places. @param {string} table */
export function fieldsIn(table) {
  return Array.from(places).filter(([, place]) => place.table === table);
}

/** Draws one table. @param {Table} table @returns {HTMLElement} */
export function drawTable(table) {
  const body = h("tbody");
  /** @type {Set<string>} Places taken by cells that span, as HTML places them. */
  const taken = new Set();
  table.rows.forEach(({ cells }, row) => {
    const line = h("tr");
    const isLabelled = cells.length > 2 && cells.some((cell) => cell.cell !== null);
    let column = 0;
    for (const cell of cells) {
      while (taken.has(row + " " + column)) column++;
      for (let i = 0; i < cell.rowspan; i++)
        for (let j = 0; j < cell.colspan; j++) taken.add(row + i + " " + (column + j));
      const spans = { colspan: cell.colspan > 1 && cell.colspan, rowspan: cell.rowspan > 1 && cell.rowspan };
      if (cell.cell) {
        places.set(cell.cell, { row, column, columns: cell.colspan, table: table.key });
        line.append(h("td", Object.assign({ class: "figure", mousedown: focusField }, spans), ...drawField(cell.cell), cell.unit ? h("span", { class: "unit" }, cell.unit) : null));
      } else {
        line.append(h(cell.head ? "th" : "td", Object.assign({ class: cell.kind === "row" && isLabelled ? "label" : cell.kind }, spans), cell.text));
      }
    }
    body.append(line);
  });
  const columns = table.widths.map((width) => {
    const column = h("col");
    column.style.width = width + "%";
    return column;
  });
  const drawn = h("table", { "data-table": table.key }, h("colgroup", {}, columns), body);
  drawn.setAttribute("aria-label", table.name + "　" + table.heading);
  const wide = table.widths.length > 4 ? "frame wide" : "frame";
  return h("div", { class: wide, tabindex: "-1" }, drawn);
}

/** A click beside the field of a cell is one into it. @param {MouseEvent} event */
function focusField(event) {
  const { target } = event;
  const field = target instanceof HTMLTableCellElement && target.querySelector("input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.click();
}

/** @param {string} cell @returns {HTMLElement[]} */
function drawField(cell) {
  const input = /** @type {HTMLInputElement} */ (
    h("input", {
      "data-cell": cell, type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false",
      "aria-label": report.labels[cell] || cell, "aria-describedby": "help",
    })
  );
  fields.set(cell, input);
  listen(input, cell);
  const last = h("span", { class: "last" });
  const should = /** @type {HTMLButtonElement} */ (
    h("button", { type: "button", class: "should", tabindex: "-1", hidden: true, click: () => accept(cell) })
  );
  const other = h("span", { class: "other" });
  notes.set(cell, { last, should, other });
  return [input, last, should, other];
}

/** Takes what a cell should be. @param {string} cell */
function accept(cell) {
  const right = report.wrong[cell] || report.expected[cell];
  const input = fields.get(cell);
  if (!right || !input) return;
  input.value = right;
  typed(cell, right);
  leave(cell);
  input.focus();
}

/** Forgets the fields of the report before. */
export function clearTables() {
  fields.clear();
  notes.clear();
  places.clear();
  clearTyping();
}

/** Writes the figures the server has into the fields, but not over what is being typed. */
function drawFigures() {
  const computed = new Set(report.computed || []);
  for (const [cell, input] of fields) {
    const figure = report.figures[cell] || "";
    const isComputed = computed.has(cell);
    const shown = isComputed ? "" : figure;
    if (input.value !== shown && !(input === document.activeElement ? isTyped(cell) : isAhead(cell))) {
      input.value = shown;
      if (input === document.activeElement) input.select();
    }
    const should = (report.wrong || {})[cell] || "";
    const expected = (report.expected || {})[cell] || "";
    const instead = isComputed ? figure || expected : expected || "未填";
    if (input.placeholder !== instead) input.placeholder = instead;
    drawMarks(cell, input, should, expected);
  }
}

/** The field with the focus, which keeps what is typed as it is typed, shows the file again. */
export function refreshFocused() {
  const input = document.activeElement;
  const cell = input && input.getAttribute("data-cell");
  if (!cell) return;
  leave(cell);
  /** @type {HTMLInputElement} */ (input).select();
}

/** What another file says of these cells stands below their fields; below all others, nothing. @param {Map<string, string>} said */
export function noteCells(said) {
  for (const [cell, { other }] of notes) {
    const words = said.get(cell) || "";
    if (other.textContent === words) continue;
    other.textContent = words;
    /** @type {HTMLElement} */ (other.parentElement).toggleAttribute("data-other", words !== "");
  }
}

/** @param {string} cell @param {HTMLInputElement} input @param {string} right @param {string} expected */
function drawMarks(cell, input, right, expected) {
  const { last, should } = /** @type {{last: HTMLElement, should: HTMLButtonElement}} */ (notes.get(cell));
  const figure = report.figures[cell] || "";
  const other = right || (figure && expected !== figure ? expected : "");
  const state = right ? "wrong" : other ? "differs" : figure ? "" : "empty";
  if (input.className !== state) {
    input.className = state;
    /** @type {HTMLElement} */ (input.parentElement).setAttribute("data-state", state);
  }
  if (should.hidden !== !other) should.hidden = !other;
  // Which cell of a sum is wrong is sure of some only; of a total is sure what its parts add up to.
  const words = right ? "应为 " + right : other ? "相加 " + other : "";
  if (should.textContent !== words) should.textContent = words;
  if (other) should.title = "按一下，改为 " + other;
  const lastFigure = (report.last || {})[cell];
  const lastWords = lastFigure === undefined ? "" : "上年 " + (lastFigure || "未填");
  if (last.textContent !== lastWords) last.textContent = lastWords;
}

/** The cells a finding is about; where one of them is surely the wrong one, that one. @param {Finding} finding */
function sure(finding) {
  const wrong = finding.cells.filter((cell) => (report.wrong || {})[cell] !== undefined);
  return wrong.length ? wrong : finding.cells;
}

/** Marks the cells that findings are about. */
function drawFound() {
  /** @type {Map<string, string>} */
  const worst = new Map();
  for (const severity of ["note", "warning", "error"])
    for (const finding of report.findings || [])
      if (finding.severity === severity) for (const cell of sure(finding)) worst.set(cell, severity);
  for (const [cell, input] of fields) {
    const box = /** @type {HTMLElement} */ (input.parentElement);
    const name = "figure " + (worst.get(cell) || "");
    if (box.className === name) continue;
    box.className = name;
    input.setAttribute("aria-invalid", String(worst.get(cell) === "error"));
  }
}

/** Every change of the figures is seen in the tables. */
export function watchTables() {
  watch(["figures", "computed", "expected", "wrong", "last", "tables"], drawFigures);
  watch(["findings", "tables"], drawFound);
}

/** What the field with the focus is, in one line. @param {string} cell */
export function help(cell) {
  const parts = [h("b", {}, (report.help || {})[cell] || report.labels[cell] || cell)];
  const last = (report.last || {})[cell];
  if (last !== undefined) parts.push(h("span", {}, "上年 " + (last || "未填")));
  const note = notes.get(cell);
  if (note && note.other.textContent) parts.push(h("span", {}, note.other.textContent));
  for (const sum of report.sums || [])
    if (sum.holds === false && sum.left.concat(sum.right).indexOf(cell) >= 0) parts.push(h("span", { class: "problem" }, sum.text));
  fill(byId("help"), ...parts);
}
