//! Tables, and operations that are bound to them.

use super::shape::listed;
use crate::diag::Diagnostic;
use crate::source::Span;

/// A table of something else than objects.
#[must_use]
pub fn item_not_object(at: Span) -> Diagnostic {
    Diagnostic::error("item-not-object", "the items of a table are objects with properties", at)
}

/// A table name that DynamoDB does not take.
#[must_use]
pub fn bad_table_name(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-table-name", format!("`{name}` is not a table name"), at)
        .help("letters, digits, `_`, `.` and `-` are allowed")
}

/// A key that is not a property.
#[must_use]
pub fn key_unknown(at: Span, name: &str, near: Option<&str>, schema: Span) -> Diagnostic {
    Diagnostic::error("unknown-attribute", format!("the items have no property `{name}`"), at)
        .also(schema, "the schema of the items")
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A property that cannot be a key.
#[must_use]
pub fn key_unfit(at: Span, name: &str, why: &str, property: Span) -> Diagnostic {
    Diagnostic::error("bad-key", format!("`{name}` cannot be a key: {why}"), at)
        .also(property, "the property")
}

/// A key that may hold the empty string.
#[must_use]
pub fn key_may_be_empty(at: Span, name: &str, property: Span) -> Diagnostic {
    let message = format!("`{name}` may be the empty string, which DynamoDB refuses as a key");
    Diagnostic::warning("key-may-be-empty", message, at)
        .also(property, "the property")
        .help("write `minLength: 1` there")
}

/// The same attribute as both keys.
#[must_use]
pub fn key_twice(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-key", format!("`{name}` is the partition key already"), at)
}

/// Two indexes of one name.
#[must_use]
pub fn index_twice(at: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("index-twice", format!("the index `{name}` occurs twice"), at)
        .also(first, "the first one")
}

/// A time to live that is no integer.
#[must_use]
pub fn ttl_not_integer(at: Span, name: &str, property: Span) -> Diagnostic {
    Diagnostic::error("bad-ttl", format!("`{name}` is not a whole number"), at)
        .also(property, "the property")
        .help("a time to live is in seconds since 1970: `type: integer`, `format: int64`")
}

/// A table that the service does not have.
#[must_use]
pub fn unknown_table(at: Span, name: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let help = match (near, known) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "put `x-dynamodb-table` on the schema of the items".to_owned(),
        (None, known) => format!("the schemas with a table are {}", listed(known)),
    };
    Diagnostic::error(
        "unknown-table",
        format!("no schema `{name}` of this service has a table"),
        at,
    )
    .help(help)
}

/// An index that the table does not have.
#[must_use]
pub fn unknown_index(at: Span, name: &str, near: Option<&str>, table: Span) -> Diagnostic {
    Diagnostic::error("unknown-index", format!("the table has no index `{name}`"), at)
        .also(table, "the table")
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A key of `x-dynamodb` that means nothing for the action.
#[must_use]
pub fn key_of_other_action(at: Span, key: &str, action: &str, actions: &[&str]) -> Diagnostic {
    let message = format!("`{key}` means nothing for the action `{action}`");
    Diagnostic::error("bad-binding", message, at).help(format!("it belongs to {}", listed(actions)))
}

/// A bound operation without the answer that the action gives.
#[must_use]
pub fn needs_response(at: Span, action: &str, status: &str, why: &str) -> Diagnostic {
    let message = format!("the action `{action}` needs the response `{status}`: {why}");
    Diagnostic::error("binding-response", message, at).help(
        "declare it under `responses`, or implement the operation by hand without `x-dynamodb`",
    )
}

/// A response that a bound operation cannot give.
#[must_use]
pub fn response_of_other_type(at: Span, action: &str, expected: &str, binding: Span) -> Diagnostic {
    let message = format!("the action `{action}` answers with {expected}");
    Diagnostic::error("binding-response", message, at).also(binding, "the action stands here")
}

/// A bound operation whose body is not the item.
#[must_use]
pub fn body_not_item(at: Span, action: &str, item: &str) -> Diagnostic {
    let message = format!("the action `{action}` stores the request body, which must be `{item}`");
    Diagnostic::error("binding-body", message, at)
}

/// A bound operation with a body that nothing is done with.
#[must_use]
pub fn body_unused(at: Span, action: &str) -> Diagnostic {
    Diagnostic::error("binding-body", format!("the action `{action}` takes no request body"), at)
}

/// A key without a parameter to take it from.
#[must_use]
pub fn no_key_parameter(at: Span, action: &str, key: &str, place: &str) -> Diagnostic {
    let message =
        format!("the action `{action}` takes the key `{key}` from {place}, and there is none");
    Diagnostic::error("binding-key", message, at).help(format!("name a parameter `{key}`"))
}

/// A key that is neither taken from the path nor made.
#[must_use]
pub fn key_not_in_body(at: Span, action: &str, key: &str, property: Span, why: &str) -> Diagnostic {
    let message = format!("the action `{action}` takes the key `{key}` from the body, and {why}");
    Diagnostic::error("binding-key", message, at).also(property, "the property")
}

/// A parameter that a binding names and the operation does not have.
#[must_use]
pub fn unknown_parameter(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("binding-parameter", format!("there is no query parameter `{name}`"), at)
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A parameter that is not what a page needs.
#[must_use]
pub fn bad_page_parameter(at: Span, name: &str, expected: &str, parameter: Span) -> Diagnostic {
    Diagnostic::error("binding-parameter", format!("`{name}` must be {expected}"), at)
        .also(parameter, "the parameter")
}

/// A page whose end cannot be told.
#[must_use]
pub fn no_next_field(at: Span, name: &str, response: Span) -> Diagnostic {
    let message = format!("the response has no property `{name}` that would ask for the next page");
    Diagnostic::error("binding-response", message, at)
        .also(response, "the response")
        .help(format!("add it to the response:\n{name}:\n  type: string"))
}

/// A condition that is not one, or that cannot be generated.
#[must_use]
pub fn bad_condition(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("bad-condition", format!("the condition cannot be used: {why}"), at)
        .help("for example `attribute_not_exists(closedAt)`, or `attribute_exists(id) AND reserved <= stock`")
}

/// A condition without the answer for when it fails, or the reverse.
#[must_use]
pub fn condition_alone(at: Span, found: &str, missing: &str) -> Diagnostic {
    Diagnostic::error("bad-condition", format!("`{found}` needs `{missing}`"), at).help(
        if missing == "onConditionFailed" {
            "for example `onConditionFailed: '409'`"
        } else {
            "for example `condition: attribute_exists(id)`"
        },
    )
}

/// An answer for a failed condition that the operation does not declare.
#[must_use]
pub fn undeclared_status(at: Span, found: &str, declared: &[String]) -> Diagnostic {
    Diagnostic::error(
        "undeclared-status",
        format!("the operation declares no response `{found}`"),
        at,
    )
    .help(format!("it declares {}", listed(declared)))
}

/// A `Location` header that nothing can be put into.
#[must_use]
pub fn no_location(at: Span, table: &str, binding: Span) -> Diagnostic {
    let message =
        format!("no operation reads one `{table}`, so there is nothing for `Location` to name");
    Diagnostic::error("no-location", message, at)
        .also(binding, "the body of this operation is generated")
        .help("bind an operation with `action: get`, or take the header away")
}

/// A header that a generated body cannot fill.
#[must_use]
pub fn header_unfilled(at: Span, name: &str) -> Diagnostic {
    let message = format!("a bound operation cannot know what the header `{name}` holds");
    Diagnostic::error("binding-response", message, at)
        .help("make it optional, or implement the operation by hand without `x-dynamodb`")
}

/// A strongly consistent read of an index.
#[must_use]
pub fn consistent_index(at: Span) -> Diagnostic {
    Diagnostic::error("bad-binding", "a read through an index is never strongly consistent", at)
        .help("take `consistent` away, or query the table by its own key")
}

/// A property of a page that a generated body cannot know.
#[must_use]
pub fn page_field_unknown(at: Span, name: &str, binding: Span) -> Diagnostic {
    let message = format!("a generated page holds items and a `next`, and cannot know `{name}`");
    Diagnostic::error("binding-response", message, at)
        .also(binding, "the body of this operation is generated")
        .help("take it out of `required`, or implement the operation by hand without `x-dynamodb`")
}
