//! An operation that reads one item says what it answers if the item does not exist.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::lists;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Method, Operation, Segment, Status};

pub(super) static RULE: Rule = Rule {
    code: "operation-404-response",
    level: Some(Level::Warning),
    group: Group::Errors,
    what: "an operation on a single resource has no `404` response",
    why: "A client that follows an outdated link gets a response that the contract does not declare.",
    example: Some(Example {
        at: "openapi#/paths/~1things~1{id}/get/responses",
        bad: "\
'200':
  description: The thing.
  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
'400': {$ref: '#/components/responses/Refused'}",
        good: "\
'200':
  description: The thing.
  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
'400': {$ref: '#/components/responses/Refused'}
'404': {$ref: '#/components/responses/Refused'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        let reads = |operation: &&Operation| {
            operation.method == Method::Get
                && matches!(operation.path.segments.last(), Some(Segment::Parameter(_)))
        };
        for operation in service.operations.iter().filter(reads) {
            let declared = operation.responses.iter().any(|response| {
                matches!(response.status, Status::Code(404) | Status::Range(4) | Status::Default)
            });
            // Where nothing fits, a list is empty.
            if !declared && lists::list_of(service, operation).is_none() {
                let message = format!(
                    "`{}` has no `404` response for a resource that does not exist",
                    operation.id.wire
                );
                found.add(
                    operation.origin.span,
                    message,
                    "add one:\n'404':\n  description: The resource does not exist.",
                );
            }
        }
    }
}
