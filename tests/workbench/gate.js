// Parses modules as a browser of 2019 would: node gate.js MODULES FILE...
// Prints one line for each module that is no ES2019.
const fs = require("fs");
const path = require("path");

const [modules, ...files] = process.argv.slice(2);
const acorn = require(path.join(modules, "acorn"));

for (const file of files) {
  try {
    acorn.parse(fs.readFileSync(file, "utf8"), { ecmaVersion: 2019, sourceType: "module" });
  } catch (error) {
    console.log(`${path.basename(file)}: ${error.message}`);
  }
}
