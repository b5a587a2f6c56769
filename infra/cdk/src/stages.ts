import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'toml';

import { fromParameters, Settings } from '../../../generated/cdk';
import { inRepository } from './repository';

/** A stage: what its stack is called, and how it differs from others. */
export interface Stage {
  readonly stackName: string;
  /** The parameters by the names of the plain template, as the stage's file has them. */
  readonly parameters: Record<string, unknown>;
  readonly settings: Partial<Settings>;
}

/** The stages of `infra/stages/*.toml`. */
export function readStages(folder = inRepository('infra', 'stages')): Stage[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.toml'));
  return files.sort().map((name) => readStage(join(folder, name)));
}

function readStage(file: string): Stage {
  try {
    const { stack, parameters = {} } = parse(readFileSync(file, 'utf8'));
    if (typeof stack !== 'string') {
      throw new Error('`stack` must name the stack, for example stack = "shop-dev"');
    }
    if (typeof parameters !== 'object' || Array.isArray(parameters)) {
      throw new Error('`parameters` must be a table: [parameters]');
    }
    const values = { ...parameters } as Record<string, unknown>;
    return { stackName: stack, parameters: values, settings: fromParameters(values) };
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
