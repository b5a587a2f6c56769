// @generated from the contracts in spec/; edits are overwritten.

import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** The event buses. */
export class Buses extends Construct {
  /** Declared at `spec/billing/asyncapi.yaml#/operations/chargeParcel`. */
  readonly parcelsBus: events.EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.parcelsBus = new events.EventBus(this, 'ParcelsBus', {
      eventBusName: `${stackName}-Parcels`,
    });
  }
}
