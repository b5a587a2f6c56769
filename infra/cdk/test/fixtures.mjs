// Generates templates and constructs from contracts of other shapes than the shop's, to be compared as the shop is.
//
// They are the cases of the generator's own tests; what is made lies in `fixtures/`, which the compiler includes.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../../..');
const cases = join(repository, 'codegen/tests/cases/template');
const fixtures = resolve(here, '../fixtures');

rmSync(fixtures, { recursive: true, force: true });
for (const name of readdirSync(cases).sort()) {
  const spec = join(cases, name, 'spec');
  const out = join(fixtures, name);
  const command = [
    'run',
    '--quiet',
    '-p',
    'codegen',
    '--',
    '--quiet',
    '--spec',
    spec,
    '--out',
    out,
  ];
  execFileSync('cargo', command, { cwd: repository, stdio: 'pipe' });
}
