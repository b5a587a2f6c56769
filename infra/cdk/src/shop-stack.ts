import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import { System, SystemProps } from '../../../generated/cdk';

/** What a {@link ShopStack} is made with. */
export interface ShopStackProps extends StackProps {
  /** The system's settings and packages. */
  readonly system: SystemProps;
}

/** The shop as the contracts have it, and nothing else. */
export class ShopStack extends Stack {
  readonly shop: System;

  constructor(scope: Construct, id: string, { system, ...props }: ShopStackProps) {
    super(scope, id, {
      description: 'The shop: products, baskets and orders.',
      terminationProtection: system.deletionProtection,
      ...props,
    });
    this.shop = new System(this, 'Shop', system);
  }
}
