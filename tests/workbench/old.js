// Chromium 69, the oldest browser of offices: `launch` gives what playwright's does, of its interface only what the tests of
// the page use. Playwright itself needs a browser of 2020 or later; this stands on the puppeteer of 2018. The browser comes
// packed in npm's chrome-aws-lambda and is unpacked beside its package once.
const fs = require("fs");
const path = require("path");
const zlib = require("zlib");

const PATIENCE = 30000;

/** The path of the browser. */
const unpacked = (modules) => {
  const folder = path.join(modules, "chrome-aws-lambda", "bin");
  const browser = path.join(folder, "chromium");
  if (!fs.existsSync(browser)) {
    const packed = fs.readdirSync(folder).find((name) => name.endsWith(".br"));
    const mine = browser + process.pid;
    fs.writeFileSync(mine, zlib.brotliDecompressSync(fs.readFileSync(path.join(folder, packed))), { mode: 0o755 });
    fs.renameSync(mine, browser);
  }
  return browser;
};

// The following five run in the page.

/** The elements that the steps of a locator lead to. */
const find = (steps) => {
  const words = (element) => (element.innerText || element.textContent || "").replace(/\s+/g, " ").trim();
  const named = (element) => element.getAttribute("aria-label") || words(element);
  const matches = (text, wanted, exact) => (exact ? text === wanted : text.toLowerCase().includes(wanted.toLowerCase()));
  const ROLES = { button: "button", heading: "h1,h2,h3,h4" };
  const within = (roots, css) => Array.from(new Set([].concat(...roots.map((root) => Array.from(root.querySelectorAll(css))))));
  const walk = (roots, all) => all.reduce((now, step) => {
    if (step.xpath) {
      return now.map((root) => document.evaluate(step.xpath, root, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue)
        .filter(Boolean);
    }
    if (step.css) return within(now, step.css);
    if (step.role) return within(now, ROLES[step.role]).filter((one) => matches(named(one), step.name, step.exact));
    if (step.text) {
      const all = within(now, "*").filter((one) => matches(words(one), step.text, step.exact));
      return all.filter((one) => !all.some((other) => other !== one && one.contains(other)));
    }
    if (step.hasText) return now.filter((one) => matches(words(one), step.hasText, false));
    if (step.has) return now.filter((one) => walk([one], step.has).length);
    return now.slice(step.nth).slice(0, 1);
  }, roots);
  return walk([document], steps);
};

/** Whether an element is to be seen. */
const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";

/** Where an element can be clicked: nothing lies over it. */
const place = (element, position) => {
  if (element.disabled || !element.getClientRects().length) return null;
  element.scrollIntoView({ block: "center" });
  const box = element.getClientRects()[0];
  const at = position ? { x: box.left + position.x, y: box.top + position.y } : { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const hit = document.elementFromPoint(at.x, at.y);
  return hit && (element.contains(hit) || hit.contains(element)) ? at : null;
};

const fillIn = (element, text) => {
  element.focus();
  element.select();
  if (text) document.execCommand("insertText", false, text);
  else document.execCommand("delete");
};

/** Lets the tests put something on the clipboard, which needs a permission that this browser cannot be given. */
const clipboard = () => {
  navigator.clipboard.writeText = async (text) => {
    const put = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    };
    document.addEventListener("copy", put, { once: true });
    document.execCommand("copy");
  };
};

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks until the answer is true. */
const until = async (what, ask, timeout) => {
  for (const end = Date.now() + (timeout || PATIENCE); ;) {
    if (await ask()) return;
    if (Date.now() > end) throw new Error("waited in vain for " + what);
    await wait(20);
  }
};

class Locator {
  /** `frame()` gives puppeteer's frame or page. */
  constructor(page, frame, steps) {
    Object.assign(this, { page, frame, steps });
  }

  then_(...steps) {
    return new Locator(this.page, this.frame, this.steps.concat(steps));
  }

  locator(css, { hasText, has } = {}) {
    const way = css.startsWith("xpath=") ? { xpath: css.slice(6) } : { css };
    return this.then_(way, ...(hasText ? [{ hasText }] : []), ...(has ? [{ has: has.steps }] : []));
  }

  getByRole(role, { name, exact } = {}) {
    return this.then_({ role, name: name || "", exact });
  }

  getByText(text, { exact } = {}) {
    return this.then_({ text, exact });
  }

  nth(index) {
    return this.then_({ nth: index });
  }

  first() {
    return this.nth(0);
  }

  last() {
    return this.nth(-1);
  }

  /** Runs a function on all elements, or `made` of them. */
  async evaluateAll(run, given) {
    const source = `(steps, given) => (${run})((${find})(steps), given)`;
    const code = `(${source})(${JSON.stringify(this.steps)}, ${JSON.stringify(given)})`;
    for (const end = Date.now() + PATIENCE; ;) {
      try {
        return await (await this.frame()).evaluate(code);
      } catch (error) {
        // Another page is coming, or another frame in the place of this one.
        if (Date.now() > end || !/context|detached|of null|No node/.test(error.message)) throw error;
        await wait(20);
      }
    }
  }

  /** Runs a function on the one element, once there is one. */
  async evaluate(run, given) {
    await this.waitFor({ state: "attached" });
    return this.evaluateAll(`(all, given) => (${run})(all[0], given)`, given);
  }

  async all() {
    return Array.from({ length: await this.count() }, (_, index) => this.nth(index));
  }

  count() {
    return this.evaluateAll((all) => all.length);
  }

  isVisible() {
    return this.evaluateAll(`(all) => all.length > 0 && (${seen})(all[0])`);
  }

  waitFor({ state = "visible", timeout } = {}) {
    const is = {
      attached: async () => (await this.count()) > 0,
      detached: async () => (await this.count()) === 0,
      visible: () => this.isVisible(),
      hidden: async () => !(await this.isVisible()),
    };
    return until(`${JSON.stringify(this.steps)} to be ${state}`, is[state], timeout);
  }

  innerText() {
    return this.evaluate((element) => element.innerText);
  }

  textContent() {
    return this.evaluate((element) => element.textContent);
  }

  inputValue() {
    return this.evaluate((element) => element.value);
  }

  getAttribute(name) {
    return this.evaluate((element, name) => element.getAttribute(name), name);
  }

  allInnerTexts() {
    return this.evaluateAll((all) => all.map((one) => one.innerText));
  }

  async click({ position } = {}) {
    let at = null;
    const ask = async () => (at = await this.evaluateAll(`(all, position) => all.length ? (${place})(all[0], position) : null`, position));
    await until(`a click on ${JSON.stringify(this.steps)}`, ask);
    await this.page.mouse.click(at.x, at.y);
  }

  async focus() {
    await this.waitFor();
    await this.evaluate((element) => element.focus());
  }

  async fill(text) {
    await this.waitFor();
    await this.evaluate(fillIn, text);
  }

  async uncheck() {
    if (await this.evaluate((element) => element.checked)) await this.click();
  }

  async press(keys) {
    await this.focus();
    await this.page.keyboard.press(keys);
  }

  async dispatchEvent(type, given) {
    await this.evaluate(
      (element, [type, given]) => element.dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), given)),
      [type, given || {}],
    );
  }
}

/** A page: puppeteer's, with what playwright's has besides. */
const dressed = (real) => {
  const page = new Locator(null, async () => real, []);
  page.page = page;
  const keys = real.keyboard;
  const keyboard = {
    type: async (text) => {
      for (const one of text) await (/[ -~\n]/.test(one) ? keys.press(one) : keyboard.insertText(one));
    },
    insertText: (text) => real.evaluate((text) => document.execCommand("insertText", false, text), text),
    down: (key) => keys.down(key),
    up: (key) => keys.up(key),
    press: async (combination) => {
      const held = combination.split("+");
      const last = held.pop();
      for (const key of held) await keys.down(key);
      // A letter pressed with Control is a command, not a character.
      if (held.includes("Control")) {
        await keys.down(last.length === 1 ? "Key" + last.toUpperCase() : last);
        await keys.up(last.length === 1 ? "Key" + last.toUpperCase() : last);
      } else await keys.press(last);
      for (const key of held.reverse()) await keys.up(key);
    },
  };
  return Object.assign(page, {
    real,
    keyboard,
    mouse: real.mouse,
    on: (name, hear) => real.on(name, hear),
    goto: (address) => real.goto(address),
    reload: () => real.reload(),
    screenshot: (options) => real.screenshot(options),
    setViewportSize: (size) => real.setViewport(size),
    waitForTimeout: wait,
    evaluate: (run, given) => real.evaluate(run, given),
    $$eval: (css, run, given) => page.locator(css).evaluateAll(run, given),
    waitForSelector: (css, options) => page.locator(css).waitFor(options),
    waitForFunction: (run, given) => real.waitForFunction(run, { timeout: PATIENCE, polling: 20 }, given),
    setDefaultTimeout: () => {},
    frameLocator: (css) => new Locator(page, async () => {
      await real.waitForSelector(css);
      return (await real.$(css)).contentFrame();
    }, []),
    /** A file is chosen: the field that the page made for it is there. */
    waitForEvent: async (name) => {
      if (name !== "filechooser") throw new Error("no event " + name);
      await page.waitForSelector("#chosen-file", { state: "attached" });
      return { setFiles: async (file) => (await real.$("#chosen-file")).uploadFile(file) };
    },
  });
};

/** A browser as playwright's `chromium.launch` gives it. */
exports.launch = async (modules, args) => {
  // Without it no file with a Chinese name can be chosen.
  const env = Object.assign({}, process.env, { LANG: "C.UTF-8" });
  const options = { executablePath: unpacked(modules), args, env };
  const browser = await require(path.join(modules, "puppeteer-core")).launch(options);
  return {
    newContext: async ({ viewport }) => {
      const context = await browser.createIncognitoBrowserContext();
      return {
        newPage: async () => {
          const page = await context.newPage();
          await page.evaluateOnNewDocument(clipboard);
          if (viewport) await page.setViewport(viewport);
          return dressed(page);
        },
        newCDPSession: (page) => page.real.target().createCDPSession(),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
};
