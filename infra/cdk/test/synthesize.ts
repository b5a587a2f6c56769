import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { App } from 'aws-cdk-lib';

import { inRepository } from '../src/repository';
import { ShopStack } from '../src/shop-stack';
import { Stage } from '../src/stages';
import { scratch } from './scratch';
import { JsonObject, readTemplate, Template } from './template';

/** The plain template of the shop. */
export const PLAIN = inRepository('generated', 'infra', 'template.yaml');

/** A folder of packages whose binaries are empty: for templates only the names count. */
export function emptyPackages(template = readTemplate(PLAIN)): string {
  const folder = scratch('packages-');
  for (const { Type, Metadata } of Object.values(template.Resources)) {
    if (Type === 'AWS::Lambda::Function') {
      const binary = String((Metadata as JsonObject)['Binary']);
      mkdirSync(join(folder, binary));
      writeFileSync(join(folder, binary, 'bootstrap'), '');
    }
  }
  return folder;
}

/** An app that leaves nothing behind in this folder and copies no packages. */
export function testApp(): App {
  const outdir = scratch('cdk-out-');
  const context = { 'aws:cdk:disable-asset-staging': true };
  return new App({ outdir, context, analyticsReporting: false });
}

/** The shop's stack of a stage, in an app of its own. */
export function shopStack({ stackName, settings }: Stage): { app: App; stack: ShopStack } {
  const app = testApp();
  const system = { ...settings, packages: emptyPackages() };
  return { app, stack: new ShopStack(app, stackName, { system }) };
}

/** The template of a stack. */
export function synthesized(app: App, stackName: string): Template {
  return app.synth().getStackByName(stackName).template as Template;
}
