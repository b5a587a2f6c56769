// @generated from the contracts in spec/; edits are overwritten.

import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import { Settings } from './settings';

/** An alarm that goes off when a metric is above a limit, and tells the topic of the settings, then and when it is over. */
export function alarm(
  scope: Construct,
  id: string,
  settings: Settings,
  props: Omit<cloudwatch.AlarmProps, 'alarmName' | 'comparisonOperator' | 'treatMissingData'>,
): cloudwatch.Alarm {
  const made = new cloudwatch.Alarm(scope, id, {
    ...props,
    alarmName: `${Stack.of(scope).stackName}-${id}`,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  if (settings.alarmTopicArn !== '') {
    const topic = { bind: () => ({ alarmActionArn: settings.alarmTopicArn }) };
    made.addAlarmAction(topic);
    made.addOkAction(topic);
  }
  return made;
}
