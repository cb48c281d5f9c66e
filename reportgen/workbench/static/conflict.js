/** The same place was changed here and in the file: the clerk says which holds. */

import { button, h, say } from "./dom.js";
import { openDialog } from "./dialog.js";
import { change, complain } from "./server.js";
import { report, watch } from "./state.js";

/** @type {(() => void)|null} Closes the question that is open. */
let close = null;

/** Asks whenever there is something to be asked. */
export function watchConflict() {
  watch(["conflict"], () => {
    if (close) close();
    close = null;
    const conflict = report.conflict;
    if (!conflict || !conflict.items.length) return;
    const dialog = openDialog("同一处，两边都改了",
      h("p", {}, "这个文件刚才在别处也改过。下面的地方两边改得不一样，请选一个；没有选之前，文件里是别处改的。"),
      h("table", { class: "list" },
        h("thead", {}, h("tr", {}, ["位置", "这里改的", "别处改的", "用哪个"].map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, conflict.items.map((item) => h("tr", {}, h("th", { scope: "row" }, item.place),
          h("td", {}, item.ours || "（没有）"), h("td", {}, item.theirs || "（没有）"),
          h("td", {}, h("div", { class: "buttons" },
            button("用这里改的", () => resolve(item.index, "ours"), { class: "main" }),
            button("用别处改的", () => resolve(item.index, "theirs")))))))));
    dialog.box.addEventListener("cancel", (event) => event.preventDefault());
    close = dialog.close;
  });
}

/** @param {number} index @param {"ours"|"theirs"} take */
async function resolve(index, take) {
  try {
    // Of which state of the file it is asked, the server knows.
    await change("resolve", { index, take, hash: undefined });
    say(take === "ours" ? "用了这里改的。" : "用了别处改的。");
  } catch (error) {
    complain(error);
  }
}
