// Judges AsyncAPI documents by the official parser and its schemas: `node asyncapi.mjs <file>…`.
// Exits 1 when one has an error; warnings are printed only.
import { Parser, fromFile } from '@asyncapi/parser';

const parser = new Parser();
let failed = false;
for (const file of process.argv.slice(2)) {
  const { diagnostics } = await fromFile(parser, file).parse();
  for (const { severity, code, message, range } of diagnostics) {
    if (code === 'asyncapi-latest-version') continue;
    failed ||= severity === 0;
    console.log(`${file}:${range.start.line + 1}: ${severity === 0 ? 'error' : 'warning'}[${code}]: ${message}`);
  }
  console.log(`${file}: judged`);
}
process.exit(failed ? 1 : 0);
