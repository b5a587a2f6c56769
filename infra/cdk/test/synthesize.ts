import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App } from 'aws-cdk-lib';

import { ShopStack } from '../src/shop-stack';
import { Stage } from '../src/stages';

/** A folder of packages whose binaries are empty: for templates only the names count. */
export function emptyPackages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  for (const binary of ['basket', 'ordering', 'ordering-checkout', 'product']) {
    mkdirSync(join(folder, binary));
    writeFileSync(join(folder, binary, 'bootstrap'), '');
  }
  return folder;
}

/** The shop's stack of a stage, in an app of its own. */
export function shopStack({ stackName, settings }: Stage): { app: App; stack: ShopStack } {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  const context = { 'aws:cdk:disable-asset-staging': true };
  const app = new App({ outdir, context, analyticsReporting: false });
  const system = { ...settings, packages: emptyPackages() };
  return { app, stack: new ShopStack(app, stackName, { system }) };
}
