// A browser that does what it is told: node driver.js MODULES [BROWSER]; without one it is Chromium 69 (see old.js).
// Reads one JSON object a line, {code, with}: the body of an async function that has `page` (playwright's), `context`,
// `browser`, `axe` (the source of axe-core) and `given` (what came with it); answers one line, {value} or {error}. What the page
// itself complains of is kept in `complaints`.
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const [modules, executablePath] = process.argv.slice(2);
const args = require("../chromium.json");

const axe = () => fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

(async () => {
  const browser = executablePath
    ? await require(path.join(modules, "playwright-core")).chromium.launch({ executablePath, args })
    : await require("./old.js").launch(modules, args);
  const state = { browser, axe, complaints: [] };
  state.open = async (options) => {
    if (state.context) await state.context.close();
    const permissions = ["clipboard-read", "clipboard-write"];
    state.context = await browser.newContext({ permissions, ...options });
    state.page = await state.context.newPage();
    state.page.setDefaultTimeout(30000);
    state.complaints = [];
    state.page.on("console", (message) => {
      // An answer of 4xx is no fault of the page: it says so to the clerk.
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) state.complaints.push(message.text());
    });
    state.page.on("pageerror", (error) => state.complaints.push(String(error)));
  };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { code, given } = JSON.parse(line);
    let answer;
    try {
      const { page, context, complaints, open } = state;
      const run = new AsyncFunction("page", "context", "browser", "axe", "complaints", "open", "given", code);
      const value = await run(page, context, browser, axe, complaints, open, given);
      answer = { value: value === undefined ? null : value };
    } catch (error) {
      answer = { error: String(error && error.stack ? error.stack : error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
  await browser.close();
})();
