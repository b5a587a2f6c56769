// @generated from the contracts in spec/; edits are overwritten.

import { CfnElement } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/**
 * Gives everything that a system consists of the logical ids of the plain template, so that a stack can be deployed
 * from either: the ids on the path below the system's groups, without the `Resource` at its end.
 */
export function keepLogicalIds(system: Construct): void {
  for (const group of system.node.children) {
    for (const construct of group.node.findAll()) {
      if (CfnElement.isCfnElement(construct)) {
        construct.overrideLogicalId(pathBelow(group, construct).join(''));
      }
    }
  }
}

function pathBelow(group: IConstruct, construct: IConstruct): string[] {
  const ids = construct.node.scopes.slice(group.node.scopes.length).map((scope) => scope.node.id);
  return ids.at(-1) === 'Resource' ? ids.slice(0, -1) : ids;
}
