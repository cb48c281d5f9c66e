/** What the whole page does by keyboard. */

import { byId, h, say } from "./dom.js";
import { tell } from "./dialog.js";
import { goOn } from "./findings.js";
import { report, watch } from "./state.js";
import { step } from "./undo.js";

/** @type {[string, string][]} */
const KEYS = [
  ["Enter、↓", "到下面一格"],
  ["Shift + Enter、↑", "到上面一格"],
  ["Tab、→", "到下一格"],
  ["Shift + Tab、←", "到上一格"],
  ["Esc", "这一格恢复原样；写文字时写完"],
  ["Ctrl + V", "粘贴：从 Excel、WPS 复制的整张表、一块、一行都可以"],
  ["Ctrl + Z、Ctrl + Y", "撤销、重做，次数不限"],
  ["文字里的 ←、→", "到前一个、后一个数；回车看它是什么"],
  ["F8、Shift + F8", "到下一个、上一个问题"],
  ["Ctrl + S", "不用按：改了就保存"],
  ["F1", "这张表"],
];

/** Says what the keys do. */
function tellKeys() {
  tell("怎么用键盘", h("table", { class: "list" }, h("tbody", {},
    KEYS.map(([key, what]) => h("tr", {}, h("th", { scope: "row" }, key), h("td", {}, what))))),
  h("p", { class: "soft" }, "改了马上写进输入文件，不用保存。从 Word 退回的稿、已经公布的网页，拖到页面上就行。"));
}

/** Hears the keys and the buttons of the top line. */
export function watchKeys() {
  byId("undo").addEventListener("click", () => step("undo"));
  byId("redo").addEventListener("click", () => step("redo"));
  byId("keys").addEventListener("click", tellKeys);
  watch(["can_undo", "can_redo"], () => {
    able("undo", report.can_undo);
    able("redo", report.can_redo);
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !report.id || document.querySelector("dialog[open]")) return;
    const act = wanted(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** A button stays where the keyboard is; it only says that it can do nothing. @param {string} id @param {boolean} is */
function able(id, is) {
  byId(id).setAttribute("aria-disabled", String(!is));
}

/** @param {KeyboardEvent} event @returns {(() => void)|null} */
function wanted(event) {
  if (event.key === "F8") return () => goOn(event.shiftKey ? -1 : 1);
  if (event.key === "F1") return tellKeys;
  if (!event.ctrlKey && !event.metaKey) return null;
  // A reason that is being written has an undo of its own.
  const { target } = event;
  if (target instanceof Element && target.matches("textarea, input:not([data-cell]):not([data-field])")) return null;
  switch (event.key.toLowerCase()) {
    case "z":
      return () => step(event.shiftKey ? "redo" : "undo");
    case "y":
      return () => step("redo");
    case "s":
      return () => say("已经保存：改了就在文件里。");
    default:
      return null;
  }
}
