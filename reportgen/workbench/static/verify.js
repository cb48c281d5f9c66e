/** A published file is held against the report: what differs is listed beside it and marked at its figures. */

import { byId, button, fill, h, say, visit } from "./dom.js";
import { lines, tell } from "./dialog.js";
import { choose, content } from "./files.js";
import { openPane } from "./panes.js";
import { cut } from "./returned.js";
import { ask, complain, Refusal, settled } from "./server.js";
import { report, watch } from "./state.js";
import { fieldOf, noteCells } from "./tables.js";
import { passage } from "./text.js";

/** @typedef {import("./types.js").Difference} Difference */

/** @type {{file: File, same: boolean, said: string[], differences: Difference[]}|null} What was found last, in the report that is open. */
let found = null;

/** Lets the clerk choose the file. */
export function chooseVerified() {
  choose("", verify);
}

/** Reads the file and says what differs. @param {File} file */
export async function verify(file) {
  const { id } = report;
  try {
    const given = await content(file);
    if (!given) return;
    say("正在核对…");
    await settled();
    const { same, said, differences } = await ask("verify", Object.assign({ id }, given));
    if (report.id !== id) return;
    found = { file, same, said, differences };
    say("");
    openPane("published");
    draw();
    byId("published-title").focus();
  } catch (error) {
    say("");
    if (error instanceof Refusal) tell("没有核对成", h("p", { class: "lines" }, error.message));
    else complain(error);
  }
}

/** Whether a figure is by now what the file says. @param {Difference} one */
const isGone = (one) => one.cell !== null && (report.figures[one.cell] || "未填") === one.new;

function draw() {
  const pane = byId("pane-published");
  const all = found ? found.differences : [];
  const left = all.filter((one) => !isGone(one));
  noteCells(new Map(left.filter((one) => one.cell !== null).map((one) => [String(one.cell), "公布 " + one.new])));
  if (!found) {
    fill(pane,
      h("p", {}, "公布以后，把网站上的网页另存下来，或者用印发的 Word、PDF，和这一份逐个数、逐句话核对。不同的地方列在这里，也标在格子上。"),
      h("p", { class: "buttons" }, button("选公布的文件…", chooseVerified, { class: "main" })),
      h("p", { class: "soft" }, "也可以把文件拖到页面上。"));
    return;
  }
  const { file, same, said } = found;
  fill(pane,
    h("h2", { id: "published-title", tabindex: "-1" }, same ? "完全一致" : all.length ? "有 " + all.length + " 处不同" : "没有读全，请看下面"),
    h("p", { class: "soft" }, file.name),
    lines(said, "plain lines"),
    h("p", { class: "buttons" },
      button("再核对一次", () => verify(file)),
      button("选别的文件…", chooseVerified),
      all.length > 0 && button("不再标出", stop)),
    h("ol", { class: "plain" }, all.map(drawDifference)));
}

function stop() {
  found = null;
  draw();
  byId("tab-published").focus();
}

/** @param {Difference} one */
function drawDifference(one) {
  const [before, ours, theirs, after] = cut(one.old, one.new);
  /** @param {string} whole @param {string} other */
  const words = (whole, other) => !whole ? "（没有）" : one.cell !== null || !other ? whole : [before, h("mark", {}, other), after];
  const gone = isGone(one);
  const place = placeOf(one);
  return h("li", { class: gone ? "change done" : "change", "data-difference": one.cell || one.part || "" },
    h("p", {}, h("b", {}, one.place), gone ? h("span", { class: "soft" }, "　现在一致了") : null),
    h("dl", { class: "pair" }, h("dt", {}, "这里"), h("dd", {}, words(one.old, ours)), h("dt", {}, "公布的"), h("dd", {}, words(one.new, theirs))),
    place && h("p", { class: "buttons" }, button("去看", () => go(one), { "data-do": "go", "aria-label": "去看：" + one.place })));
}

/** Where a difference is in the report. @param {Difference} one @returns {HTMLElement|null} */
function placeOf(one) {
  if (one.cell !== null) return fieldOf(one.cell);
  const part = (report.parts || []).find((each) => each.key === one.part);
  if (!part) return null;
  const paragraph = one.old ? part.paragraphs.findIndex((each) => each.text.indexOf(one.old) >= 0) : -1;
  return passage(part.key, paragraph < 0 ? null : paragraph, null);
}

/** @param {Difference} one */
function go(one) {
  const place = placeOf(one);
  if (place) visit(place);
}

/** The marks go when a figure is put right, and with the report. */
export function watchVerified() {
  let of = "";
  watch(["id", "figures", "parts", "tables"], () => {
    if (report.id !== of) found = null;
    of = report.id;
    draw();
  });
}
