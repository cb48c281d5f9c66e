/** The same place was changed here and in the file: the clerk says which holds. */

import { button, h, say } from "./dom.js";
import { openDialog } from "./dialog.js";
import { change, complain } from "./server.js";
import { report, watch } from "./state.js";

const GONE = "（文件里已经没有这一句；用工作台里填的，就加在这一部分最后）";

/** Nobody is interrupted who typed within so many ms: the keys that follow would be lost. */
const PAUSE = 1000;

/** @type {(() => void)|null} Closes the question that is open. */
let close = null;

let typedAt = 0;
let later = 0;

/** Asks whenever there is something to be asked. */
export function watchConflict() {
  document.addEventListener("input", () => { typedAt = Date.now(); }, true);
  watch(["conflict"], () => {
    if (close) close();
    close = null;
    ask();
  });
}

/** Asks what is open as soon as nobody types. */
function ask() {
  window.clearTimeout(later);
  const conflict = report.conflict;
  if (!conflict || !conflict.items.length || close) return;
  const left = typedAt + PAUSE - Date.now();
  if (left > 0) {
    later = window.setTimeout(ask, left);
    return;
  }
  const dialog = openDialog("同一处，两边都改了",
    h("p", {}, "这个文件在别处也改过。下面的地方两边改得不一样，请选一个；没有选之前，文件里是别处改的，工作台里填的另外存着。"),
    h("table", { class: "list" },
      h("thead", {}, h("tr", {}, ["位置", "工作台里填的", "文件里的", "用哪个"].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, conflict.items.map((item) => h("tr", {}, h("th", { scope: "row" }, item.place),
        h("td", {}, printed(item.part, item.ours) || "（没有）"),
        h("td", {}, printed(item.part, item.theirs) || (item.part ? GONE : "（没有）")),
        h("td", {}, h("div", { class: "buttons" },
          button("用工作台里填的", () => resolve(item.question, "ours"), { class: "main" }),
          button("用文件里的", () => resolve(item.question, "theirs")))))))));
  dialog.box.addEventListener("cancel", (event) => event.preventDefault());
  dialog.box.addEventListener("close", () => {
    if (close !== dialog.close) return;
    close = null; // by a second Escape, which no page can prevent: it is asked again
    ask();
  });
  close = dialog.close;
}

/** Words with what they print of the tables, as far as the part prints it by now. @param {string|null} key @param {string} words */
function printed(key, words) {
  const part = (report.parts || []).find((one) => one.key === key);
  return ((part && part.pieces) || []).reduce((said, piece) => (piece.bound ? said.split(piece.source).join(piece.text) : said), words);
}

/** @param {string} question @param {"ours"|"theirs"} take */
async function resolve(question, take) {
  try {
    // Of which state of the file it is asked, the server knows.
    const { settled } = await change("resolve", { question, take, hash: undefined });
    if (!settled) say("这一处刚才又变了，请再看一看。", "problem");
    else say(take === "ours" ? "用了工作台里填的。" : "用了文件里的。");
  } catch (error) {
    complain(error);
  }
}
