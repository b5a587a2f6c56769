// @generated from the contracts in spec/; edits are overwritten.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** A widget of a dashboard, given by the properties of its JSON. */
export class Widget extends cloudwatch.ConcreteWidget {
  constructor(
    private readonly type: string,
    width: number,
    height: number,
    private readonly properties: Record<string, unknown>,
  ) {
    super(width, height);
  }

  toJson(): unknown[] {
    const { type, width, height, x, y, properties } = this;
    return [{ type, width, height, x, y, properties }];
  }
}
