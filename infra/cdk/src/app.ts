import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

import { acknowledge, findings } from './findings';
import { inRepository } from './repository';
import { ShopStack } from './shop-stack';
import { readStages } from './stages';

const app = new App();
// Where the packaged functions lie; `-c packages=<folder>` says otherwise.
const packages = String(app.node.tryGetContext('packages') ?? inRepository('target', 'lambda'));
for (const { stackName, settings } of readStages()) {
  const { shop } = new ShopStack(app, stackName, { system: { ...settings, packages } });
  acknowledge(findings(shop, settings));
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
