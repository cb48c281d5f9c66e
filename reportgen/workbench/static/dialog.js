/** A question in a box before the page, and the form in it. */

import { button, h } from "./dom.js";

/**
 * Opens a box; it closes by its buttons or by Escape, and the focus goes back where it was.
 *
 * @param {string} title
 * @param {...(Node|string|null|false)} content
 * @returns {{box: HTMLDialogElement, close: () => void}}
 */
export function openDialog(title, ...content) {
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  const heading = h("h2", { id: "dialog-title", tabindex: "-1" }, title);
  const box = /** @type {HTMLDialogElement} */ (h("dialog", { "aria-labelledby": "dialog-title" }, heading));
  for (const child of content) if (child) box.append(child);
  const close = () => {
    if (box.open) box.close();
  };
  box.addEventListener("close", () => {
    box.remove();
    // What was done by the button that closed it may have brought the focus elsewhere.
    if (before && before.isConnected && document.activeElement === document.body) before.focus();
  });
  document.body.append(box);
  box.showModal();
  return { box, close };
}

/**
 * A box that tells something, with the button that closes it.
 *
 * @param {string} title
 * @param {...(Node|string|null|false)} content
 */
export function tell(title, ...content) {
  const { box, close } = openDialog(title, ...content);
  const last = button("知道了", close, { class: "main" });
  box.append(h("p", { class: "buttons" }, last));
  last.focus();
}

/** Lines below each other. @param {string[]} lines @param {string} [kind] */
export function lines(lines, kind) {
  return h("ul", { class: kind || "plain" }, lines.map((line) => h("li", {}, line)));
}

/**
 * A labelled field of a form.
 *
 * @param {string} label
 * @param {HTMLElement} field
 * @param {string} [help]
 */
export function labelled(label, field, help) {
  return h("label", { class: "labelled" }, h("span", {}, label), field, help ? h("small", {}, help) : null);
}
