//! An operation that takes input says what it answers to wrong input.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: "operation-4xx-response",
    level: Some(Level::Warning),
    group: Group::Errors,
    what: "an operation with input has no response for invalid requests: `400`, `422`, `4XX` or `default`",
    why: "Generated code answers requests that violate the contract with `400`, whether it is declared or not. Clients need to know the response that they get then.",
    example: Some(Example {
        at: "openapi#/paths/~1things~1{id}/get/responses",
        bad: "\
'200':
  description: The thing.
  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}",
        good: "\
'200':
  description: The thing.
  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
'400': {$ref: '#/components/responses/Refused'}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for operation in view.operations() {
        let has_body = operation.node().get("requestBody").is_some();
        let parameters = view.parameters_of(operation);
        let responses = operation.node().entry("responses");
        let takes = has_body || !parameters.is_empty();
        let Some(responses) = responses.filter(|_| takes) else { continue };
        // A path is hardly invalid: what it names is there or not.
        let only_path = !has_body && parameters.iter().all(|one| one.text_at("in") == Some("path"));
        let tells = |key: &str| match Status::of(key) {
            Some(Status::Code(400 | 422) | Status::Range(4) | Status::Default) => true,
            Some(Status::Code(400..=499)) => only_path,
            _ => false,
        };
        if !responses.value.entries().iter().any(|entry| tells(&entry.key)) {
            let help = "add one:\n'400':\n  description: The request violates the contract.";
            let name = operation.name();
            let message =
                format!("{name} answers `400` to invalid requests, and does not declare it");
            found.add(responses.key_span, message, help);
        }
    }
}
