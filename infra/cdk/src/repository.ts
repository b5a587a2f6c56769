import { join, resolve } from 'node:path';

/** The root of the repository, from where this file lies once it is compiled. */
const ROOT = resolve(__dirname, '../../../../../..');

/** A path within the repository. */
export function inRepository(...path: string[]): string {
  return join(ROOT, ...path);
}
