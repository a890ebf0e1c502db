// node ajv.cjs MODULES SCHEMA FOLDER: what a schema check of a corpus costs in one node process.
// Reads, parses and validates every *.json below FOLDER with ajv, all errors reported.
const fs = require('fs');
const path = require('path');
const [modules, schemaPath, folder] = process.argv.slice(2);
const Ajv = require(path.join(modules, 'ajv')).default;
const addFormats = require(path.join(modules, 'ajv-formats')).default;

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schemaPath, 'utf8')));

let files = 0;
let errors = 0;
let damaged = 0;
for (const status of fs.readdirSync(folder).sort()) {
  for (const name of fs.readdirSync(path.join(folder, status)).sort()) {
    if (!name.endsWith('.json')) continue;
    ++files;
    try {
      const spec = JSON.parse(fs.readFileSync(path.join(folder, status, name), 'utf8'));
      if (!validate(spec)) errors += validate.errors.length;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      ++damaged;
    }
  }
}
console.log(`${files} files, ${errors} violations, ${damaged} damaged`);
