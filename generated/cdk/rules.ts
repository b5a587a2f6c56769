// @generated from the contracts in spec/; edits are overwritten.

import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import { Buses } from './buses';
import { Functions } from './functions';
import { into } from './into';
import { refusePlainHttp, takeFromRules } from './queue-policy';
import { Queues } from './queues';

/** What {@link Rules} is made with. */
export interface RulesProps {
  /** The event buses. */
  readonly buses: Buses;
  /** The queues. */
  readonly queues: Queues;
  /** The functions. */
  readonly functions: Functions;
}

/** The rules of event buses, and the event source mappings and permissions of functions. */
export class Rules extends Construct {
  /** Declared at `spec/ordering/asyncapi.yaml#/operations/placeOrder`. */
  readonly orderQueueRule: events.Rule;

  /** Declared at `spec/product/asyncapi.yaml#/operations/recordSales`. */
  readonly salesQueueRule: events.Rule;

  /** Declared at `spec/ordering/asyncapi.yaml#/operations/placeOrder`. */
  readonly orderingCheckoutFunctionPoller: lambda.EventSourceMapping;

  /** Declared at `spec/product/asyncapi.yaml#/operations/recordSales`. */
  readonly productSalesFunctionPoller: lambda.EventSourceMapping;

  constructor(scope: Construct, id: string, { buses, queues, functions }: RulesProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.orderQueueRule = new events.Rule(this, 'OrderQueueRule', {
      ruleName: `${stackName}-OrderQueueRule`,
      description: 'Turns a checkout into an order.',
      eventBus: buses.swnEventBus,
      eventPattern: { detailType: ['CheckoutBasket'], source: ['com.swn.basket.checkoutbasket'] },
      targets: [
        into(queues.orderQueue, {
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.orderRuleDeadLetterQueue,
        }),
      ],
    });
    this.salesQueueRule = new events.Rule(this, 'SalesQueueRule', {
      ruleName: `${stackName}-SalesQueueRule`,
      description: 'Records what an order sold, product by product.',
      eventBus: buses.swnEventBus,
      eventPattern: { detailType: ['OrderPlaced'], source: ['com.swn.ordering.orderplaced'] },
      targets: [
        into(queues.salesQueue, {
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.salesRuleDeadLetterQueue,
        }),
      ],
    });
    takeFromRules(queues.orderRuleDeadLetterQueue, [this.orderQueueRule]);
    refusePlainHttp(queues.orderRuleDeadLetterQueue);
    takeFromRules(queues.orderQueue, [this.orderQueueRule]);
    refusePlainHttp(queues.orderQueue);
    refusePlainHttp(queues.orderDeadLetterQueue);
    takeFromRules(queues.salesRuleDeadLetterQueue, [this.salesQueueRule]);
    refusePlainHttp(queues.salesRuleDeadLetterQueue);
    takeFromRules(queues.salesQueue, [this.salesQueueRule]);
    refusePlainHttp(queues.salesQueue);
    refusePlainHttp(queues.salesDeadLetterQueue);
    this.orderingCheckoutFunctionPoller = new lambda.EventSourceMapping(
      this,
      'OrderingCheckoutFunctionPoller',
      {
        target: functions.orderingCheckoutFunction,
        eventSourceArn: queues.orderQueue.queueArn,
        batchSize: 10,
        maxConcurrency: 4,
        reportBatchItemFailures: true,
      },
    );
    this.productSalesFunctionPoller = new lambda.EventSourceMapping(
      this,
      'ProductSalesFunctionPoller',
      {
        target: functions.productSalesFunction,
        eventSourceArn: queues.salesQueue.queueArn,
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(1),
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      },
    );
  }
}
