//! Every operation is part of a workflow, where there are workflows.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{ABSENT, Example, Group, Rule};
use crate::model::{OperationReference, Step};

pub(super) static RULE: Rule = Rule {
    code: "operation-in-workflow",
    level: Some(Level::Info),
    group: Group::Structure,
    what: "an operation is in no workflow",
    why: "Operations outside all workflows are not load-tested, and `diff` cannot say which workflows their changes break.",
    example: Some(Example {
        at: "workflows#",
        bad: "\
arazzo: 1.0.1
info: {title: Things, version: 1.0.0}
sourceDescriptions: [{name: things, url: ../shop/openapi.yaml, type: openapi}]
workflows:
  - workflowId: look
    steps:
      - stepId: list
        operationId: listThings",
        good: ABSENT,
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    let workflows = view.system().workflow_list();
    let steps = || workflows.iter().flat_map(|workflow| &workflow.steps);
    if workflows.is_empty() {
        return;
    }
    for (at, service) in view.system().services.iter().enumerate() {
        for (operation, one) in service.operations.iter().enumerate() {
            let reference = OperationReference { service: at, operation };
            if steps().flat_map(Step::operations).all(|called| called != reference) {
                found.add(
                    one.origin.span,
                    format!("no workflow calls `{}`", one.id.wire),
                    "add it to a workflow in `workflows/`, or ignore this finding in the policy",
                );
            }
        }
    }
}
