// Generates templates and constructs from contracts of other shapes than the shop's, to be compared as the shop is.
//
// They are the examples and the cases of the generator's own tests; what is made lies in `fixtures/`, which the
// compiler includes.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../../..');
const fixtures = resolve(here, '../fixtures');

/** The folders of contracts: those that hold a `spec`. */
const contracts = ['examples', 'codegen/tests/cases/template']
  .map((folder) => join(repository, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((folder) => existsSync(join(folder, 'spec')))
  .sort();

rmSync(fixtures, { recursive: true, force: true });
for (const folder of contracts) {
  const paths = ['--spec', join(folder, 'spec'), '--out', join(fixtures, basename(folder))];
  const command = ['run', '--quiet', '-p', 'codegen', '--', '--quiet', ...paths];
  execFileSync('cargo', command, { cwd: repository, stdio: 'pipe' });
}
