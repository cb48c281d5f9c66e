/** The page and the Word layout as they will be, drawn again as one types. */

import { fill, h } from "./dom.js";
import { report, watch } from "./state.js";

/** Typing goes on for so long, in ms, before it is drawn again. */
const PAUSE = 600;

/** A sheet of paper, 210 mm and a little of the desk, in CSS pixels. */
const SHEET = 840;

/** A sheet is seen in its whole width; a page is as wide as the pane. @param {HTMLIFrameElement} frame */
function fit(frame) {
  const page = frame.contentDocument;
  if (!page || !frame.hasAttribute("data-sheet")) return;
  page.documentElement.style.setProperty("zoom", String(Math.min(1, frame.clientWidth / SHEET)));
}

/**
 * A preview in a pane; it is made only while the pane is seen.
 *
 * @param {HTMLElement} pane
 * @param {"page"|"word"} kind
 * @param {string} title
 * @returns {() => void} to be called when the pane comes into view
 */
export function previewIn(pane, kind, title) {
  /** @type {HTMLIFrameElement|null} */
  let shown = null;
  let drawn = "";
  let timer = 0;

  function draw() {
    if (pane.hidden || !report.id || report.id + report.hash === drawn) return;
    drawn = report.id + report.hash;
    // No scripts run in it; of the same origin only so that it can stay where it was scrolled to.
    const next = /** @type {HTMLIFrameElement} */ (
      h("iframe", { sandbox: "allow-same-origin", title, class: "preview coming", tabindex: "0", "data-sheet": kind === "word" })
    );
    next.addEventListener("load", () => {
      fit(next);
      const before = shown && shown.contentWindow;
      if (before && next.contentWindow) next.contentWindow.scrollTo(before.scrollX, before.scrollY);
      next.classList.remove("coming");
      if (shown) shown.remove();
      shown = next;
    });
    next.src = "/preview/" + encodeURIComponent(report.id) + "/" + kind + "?" + encodeURIComponent(report.hash);
    pane.append(next);
  }

  window.addEventListener("resize", () => { if (shown && !pane.hidden) fit(shown); });
  watch(["hash"], () => {
    clearTimeout(timer);
    timer = window.setTimeout(draw, PAUSE);
  });
  watch(["id"], () => {
    fill(pane);
    shown = null;
    drawn = "";
  });
  return draw;
}
