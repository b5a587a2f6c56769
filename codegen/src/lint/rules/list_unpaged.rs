//! Lists are answered a page at a time.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::lists;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::Method;

pub(super) static RULE: Rule = Rule {
    code: "list-unpaged",
    level: Some(Level::Warning),
    group: Group::Limits,
    what: "an operation returns an unlimited list without paging",
    why: "This works until the list exceeds the response limit of 6 MB for a function. Then every client has to change.",
    example: Some(Example {
        at: "openapi#/paths/~1things/get",
        bad: "\
operationId: listThings
summary: List the things
description: All of them.
tags: [thing]
responses:
  '200':
    description: The things.
    content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}",
        good: "\
operationId: listThings
summary: List the things
description: All things, a page at a time.
tags: [thing]
parameters:
  - {name: limit, in: query, description: How many at most., schema: {type: integer, minimum: 1, maximum: 100}}
  - {name: next, in: query, description: The `next` of the page before., schema: {type: string, maxLength: 200}}
responses:
  '200':
    description: A page of things.
    content: {application/json: {schema: {$ref: '#/components/schemas/ThingPage'}}}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for service in &view.system().services {
        for operation in
            service.operations.iter().filter(|operation| operation.method == Method::Get)
        {
            let is_paged = operation.parameters.iter().any(lists::is_paging);
            let list = lists::list_of(service, operation).filter(|list| list.max_items.is_none());
            if list.is_some() && !is_paged {
                let message = format!("`{}` returns all items at once", operation.id.wire);
                found.add(
                    operation.origin.span,
                    message,
                    "add paging: the parameters `limit` and `next`, and `next` in the response",
                );
            }
        }
    }
}
