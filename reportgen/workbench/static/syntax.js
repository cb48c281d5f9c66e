/** A file that cannot be read: its lines with what is wrong with each, and the one right form where there is one. */

import { byId, button, fill, h, say } from "./dom.js";
import { change, complain } from "./server.js";
import { report, watch } from "./state.js";

/** @typedef {import("./types.js").FaultyLine} FaultyLine */

/** Shows the faults in the place of the report while there are any. */
export function watchSyntax() {
  watch(["syntax"], draw);
}

function draw() {
  const box = byId("syntax");
  const { syntax } = report;
  box.hidden = !syntax;
  document.body.classList.toggle("broken", Boolean(syntax));
  if (!syntax) return;
  const mendable = syntax.lines.filter((line) => line.corrected !== null);
  const rest = syntax.lines.length - mendable.length;
  fill(box,
    h("h1", { tabindex: "-1" }, "这个文件有 " + syntax.lines.length + " 处写法不对，改好才能看到报告"),
    syntax.can_mend && mendable.length > 0
      ? h("p", { class: "buttons" }, button("改好能确定的 " + mendable.length + " 处", () => mend(mendable), { class: "main", id: "mend-syntax" }))
      : null,
    h("ol", { class: "plain" }, syntax.lines.map(drawLine)),
    rest > 0 ? h("p", {}, "没有“改为”的 " + rest + " 处要看过才知道该怎么写：在这里改，或者用记事本打开文件改好保存，这里会自己换成新的内容。") : null);
  const heading = box.querySelector("h1");
  if (heading) heading.focus();
}

/** @param {FaultyLine} line */
function drawLine(line) {
  return h("li", { class: "change" },
    h("p", {}, h("b", {}, "第 " + line.line + " 行"), "　" + line.why),
    line.text ? h("p", {}, h("code", {}, line.text)) : null,
    line.corrected !== null ? h("p", {}, "改为：", h("code", { class: "corrected" }, line.corrected)) : null,
    line.corrected === null && line.how ? h("p", { class: "soft" }, line.how) : null,
    line.corrected === null && line.line ? byHand(line) : null);
}

/** A line that is to be written by hand. @param {FaultyLine} line */
function byHand(line) {
  const field = /** @type {HTMLInputElement} */ (
    h("input", { type: "text", value: line.text, "aria-label": "第 " + line.line + " 行改为", spellcheck: "false", class: "line" })
  );
  return h("form", { class: "buttons", submit: (/** @type {Event} */ event) => {
    event.preventDefault();
    change("set_line", { line: line.line, was: line.text, text: field.value }).catch(complain);
  } }, field, h("button", { type: "submit" }, "改这一行"));
}

/** @param {FaultyLine[]} lines */
async function mend(lines) {
  try {
    await change("mend_syntax", { lines: lines.map((line) => line.at) });
    say("改好了，可以撤销。");
  } catch (error) {
    complain(error);
  }
}
