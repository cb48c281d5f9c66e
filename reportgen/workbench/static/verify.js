/** A published file is held against the report: dropped or chosen. */

import { h, say } from "./dom.js";
import { lines, tell } from "./dialog.js";
import { choose, content } from "./files.js";
import { ask, complain, Refusal, settled } from "./server.js";
import { report } from "./state.js";

/** Lets the clerk choose the file. */
export function chooseVerified() {
  choose("", verify);
}

/** Reads the file and says what differs. @param {File} file */
export async function verify(file) {
  try {
    const given = await content(file);
    if (!given) return;
    say("正在核对…");
    await settled();
    const { same, said, differences } = await ask("verify", Object.assign({ id: report.id }, given));
    say("");
    tell(same ? "与这里的报告一致" : "与这里的报告有不同",
      h("p", { class: "soft" }, file.name),
      lines(said, "plain lines"),
      differences.length > 0 && h("table", { class: "list" },
        h("thead", {}, h("tr", {}, h("th", {}, "位置"), h("th", {}, "这里"), h("th", {}, "那份文件"))),
        h("tbody", {}, differences.map((/** @type {{place: string, old: string, new: string}} */ one) =>
          h("tr", {}, h("th", { scope: "row" }, one.place), h("td", {}, one.old || "（没有）"), h("td", {}, one.new || "（没有）"))))));
  } catch (error) {
    if (error instanceof Refusal) tell("没有核对成", h("p", { class: "lines" }, error.message));
    else complain(error);
  }
}
