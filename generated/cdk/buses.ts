// @generated from the contracts in spec/; edits are overwritten.

import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** The event buses. */
export class Buses extends Construct {
  /** Declared at `spec/basket/asyncapi.yaml#/operations/publishCheckout`. */
  readonly swnEventBus: events.EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.swnEventBus = new events.EventBus(this, 'SwnEventBus', {
      eventBusName: `${stackName}-SwnEventBus`,
    });
  }
}
