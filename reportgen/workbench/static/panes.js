/** What stands beside the report: findings, last year, previews, the file that came back; one is seen at a time. */

import { byId } from "./dom.js";

/** @type {Object<string, () => void>} What a pane does when it comes into view. */
const comes = {};

const tabs = () => /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('[role="tab"]')));

/** Lets a pane hear that it comes into view. @param {string} name @param {() => void} act */
export function whenSeen(name, act) {
  comes[name] = act;
}

/** Brings a pane into view. @param {string} name */
export function openPane(name) {
  for (const tab of tabs()) {
    const chosen = tab.id === "tab-" + name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(String(tab.getAttribute("aria-controls"))).hidden = !chosen;
  }
  document.body.setAttribute("data-pane", name);
  if (comes[name]) comes[name]();
}

/** The tabs by mouse and by arrows. */
export function watchPanes() {
  for (const tab of tabs()) {
    tab.addEventListener("click", () => openPane(tab.id.slice(4)));
    tab.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!by) return;
      const all = tabs();
      const next = all[(all.indexOf(tab) + by + all.length) % all.length];
      next.focus();
      openPane(next.id.slice(4));
      event.preventDefault();
    });
  }
}
