import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { readStages } from '../src/stages';
import { scratch } from './scratch';

/** Reads a folder that holds one file of stage settings. */
function read(text: string) {
  const folder = scratch('stages-');
  writeFileSync(join(folder, 'test.toml'), text);
  return readStages(folder);
}

test('flags are read as the plain template takes them', () => {
  const text = 'stack = "shop"\n[parameters]\nDeletionProtection = "true"\nThrottleRate = 5\n';
  assert.deepEqual(read(text)[0]?.settings, { deletionProtection: true, throttleRate: 5 });
});

test('a fault in a file of settings is told with the file and what there is', () => {
  assert.throws(() => read('[parameters]\n'), /test\.toml: `stack` must name the stack/);
  assert.throws(() => read('stack = "a"\nparameters = 1\n'), /test\.toml: `parameters` must be/);
  assert.throws(
    () => read('stack = "a"\n[parameters]\nLogLevl = "INFO"\n'),
    /test\.toml: there is no parameter LogLevl; there are StageName, LogLevel/,
  );
  assert.throws(() => read('stack = \n'), /test\.toml: /);
});
