//! Tables, and operations that are bound to them.

use super::shape::{listed, nearest};
use crate::diag::Diagnostic;
use crate::source::Span;

/// A parameter that a generated body would ignore.
#[must_use]
pub fn parameter_unused(
    at: Span,
    action: &str,
    place: &str,
    name: &str,
    binding: Span,
) -> Diagnostic {
    let message = format!("`{action}` does not use the {place} parameter `{name}`");
    Diagnostic::error("binding-parameter-unused", message, at)
        .also(binding, "this binding generates the operation")
        .help("remove the parameter, or remove `x-dynamodb` and implement the operation yourself")
}

/// A table of something else than objects.
#[must_use]
pub fn item_not_object(at: Span) -> Diagnostic {
    Diagnostic::error("item-not-object", "the items of a table must be objects with properties", at)
}

/// A table name that DynamoDB does not take.
#[must_use]
pub fn bad_table_name(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-table-name", format!("`{name}` is not a valid table name"), at)
        .help("use letters, digits, `_`, `.` and `-`")
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
    let message = format!("`{name}` may be an empty string, which DynamoDB refuses as a key");
    Diagnostic::warning("key-may-be-empty", message, at)
        .also(property, "the property")
        .help("set `minLength: 1` there")
}

/// A key of an existing table that others may spell otherwise.
#[must_use]
pub fn key_spelling(at: Span, name: &str, spelling: &str, table: Span) -> Diagnostic {
    let message = format!(
        "the key `{name}` is looked up {spelling}: items that others stored in another spelling are not found"
    );
    Diagnostic::warning("existing-spelling", message, at)
        .also(table, "the table exists already, and its items keep their spelling")
        .here("`upsert` and `create` store such an item twice, and ranges miss it")
        .help("compare keys as they are stored: `type: string` without `format`, with a `pattern` if you like")
}

/// An attribute of an existing table, compared with values that others may spell otherwise.
#[must_use]
pub fn compared_spelling(at: Span, name: &str, spelling: &str, table: Span) -> Diagnostic {
    let message = format!(
        "`{name}` is compared {spelling}: items that others stored in another spelling do not match"
    );
    Diagnostic::warning("existing-spelling", message, at)
        .also(table, "the table exists already, and its items keep their spelling")
        .help("compare values as they are stored: `type: string` without `format`, with a `pattern` if you like")
}

/// The same attribute as both keys.
#[must_use]
pub fn key_twice(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-key", format!("`{name}` is already the partition key"), at)
}

/// A key without a partition key.
#[must_use]
pub fn no_partition_key(at: Span) -> Diagnostic {
    Diagnostic::error("bad-key", "`partitionKey` is missing", at).help(
        "name a property; only an index with `local: true` uses the partition key of its table",
    )
}

/// A key of several attributes of a kind.
#[must_use]
pub fn several_attributes(at: Span) -> Diagnostic {
    let message = "only global secondary indexes have keys of several attributes";
    Diagnostic::error("bad-key", message, at)
        .help("compose one attribute: {attribute: PK, value: 'TENANT#{tenant}'}")
}

/// A key of too many attributes, or of none.
#[must_use]
pub fn key_attributes(at: Span, most: u32) -> Diagnostic {
    let message = format!("a partition or sort key has 1 to {most} attributes");
    Diagnostic::error("bad-key", message, at)
}

/// An attribute that a key has twice.
#[must_use]
pub fn key_attribute_twice(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-key", format!("`{name}` is twice in the key"), at)
}

/// A composed attribute in a key of several.
#[must_use]
pub fn composed_among_several(at: Span) -> Diagnostic {
    let message = "a key of several attributes is made of properties";
    Diagnostic::error("bad-key", message, at).help("name a property")
}

/// A partition key that is the same for all items.
#[must_use]
pub fn fixed_partition(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` contains no property, so all items would be in one partition");
    Diagnostic::error("bad-key", message, at).help("add a property: `CUSTOMER#{id}`")
}

/// A composed key that cannot be read.
#[must_use]
pub fn bad_composed(at: Span, text: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-key", format!("`{text}` cannot be a composed key: {why}"), at)
        .help("write a text with one property, such as `ORDER#{number}`, or a text alone")
}

/// A composed sort key with text behind its property.
#[must_use]
pub fn text_behind(at: Span, behind: &str) -> Diagnostic {
    let message = format!("`{behind}` after the property would change the order of the items");
    Diagnostic::error("bad-key", message, at).help("end the sort key with the property")
}

/// A composed key whose attribute is a property, too.
#[must_use]
pub fn composed_is_property(at: Span, attribute: &str) -> Diagnostic {
    let message = format!("`{attribute}` stores a property, so it cannot be a composed key");
    Diagnostic::error("bad-key", message, at).help("use another attribute")
}

/// A composed key of an index that holds a number.
#[must_use]
pub fn composed_of_number(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is a number, and a composed key is sorted as text");
    Diagnostic::error("bad-key", message, at).help("use the property itself as the key")
}

/// A local index of a table without sort key.
#[must_use]
pub fn local_without_sort(at: Span, table: Span) -> Diagnostic {
    let message = "a table without sort key cannot have local indexes";
    Diagnostic::error("bad-index", message, at).also(table, "the table")
}

/// A local index with a partition key of its own.
#[must_use]
pub fn local_partition(at: Span, own: &str) -> Diagnostic {
    let message = format!("a local index uses the partition key of its table, `{own}`");
    Diagnostic::error("bad-index", message, at).help("remove it, or `local`")
}

/// A local index without a sort key.
#[must_use]
pub fn local_unsorted(at: Span) -> Diagnostic {
    Diagnostic::error("bad-index", "a local index needs a `sortKey`", at)
}

/// More indexes than a table takes.
#[must_use]
pub fn too_many_indexes(at: Span, local: bool, most: u32) -> Diagnostic {
    let kind = if local { "local" } else { "global" };
    let message = format!("a table has at most {most} {kind} indexes");
    Diagnostic::error("bad-index", message, at)
}

/// Not a projection.
#[must_use]
pub fn bad_projection(at: Span) -> Diagnostic {
    let message = "a projection is `all`, `keys`, or a list of 1 to 20 properties";
    Diagnostic::error("bad-index", message, at)
}

/// A query through an index that lacks what the answer needs.
#[must_use]
pub fn projection_lacks(at: Span, index: &str, name: &str, place: Span) -> Diagnostic {
    let message = format!("the index `{index}` does not project `{name}`, which is required");
    Diagnostic::error("bad-binding", message, at)
        .also(place, "the index")
        .help("add it to the `projection`, or query another index")
}

/// A query through an index that lacks what the answer may have.
#[must_use]
pub fn projection_leaves_out(at: Span, index: &str, names: &str, place: Span) -> Diagnostic {
    let message = format!("responses lack {names}: the index `{index}` does not project it");
    Diagnostic::warning("projection-leaves-out", message, at).also(place, "the index")
}

/// Where a table is that others made, said in no way that is known.
#[must_use]
pub fn bad_existing(at: Span) -> Diagnostic {
    Diagnostic::error("bad-existing", "the location of the table is invalid", at).help(
        "`true` for the table with exactly this name, its ARN, or {import: the export that contains its name}",
    )
}

/// An existing table whose other attributes nobody spoke of.
#[must_use]
pub fn others_unsaid(at: Span) -> Diagnostic {
    let message = "the table may have attributes that the contract does not name, and clients could read and set them";
    Diagnostic::error("existing-table-open", message, at)
        .help("write `additionalProperties: false` to hide them, or `true` to allow it")
}

/// An attribute's name is invalid or taken.
#[must_use]
pub fn bad_attribute(at: Span, name: &str) -> Diagnostic {
    let message = match name {
        "" => "the attribute name is empty".to_owned(),
        name => format!("`{name}` already stores another property"),
    };
    Diagnostic::error("bad-attribute", message, at)
}

/// A value that the service cannot make, or does not store.
#[must_use]
pub fn bad_generated(at: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-generated", format!("`{name}` cannot be generated: {why}"), at)
}

/// How a property is stored, where nothing is stored.
#[must_use]
pub fn stored_without_table(at: Span, key: &str) -> Diagnostic {
    let message = format!("`{key}` has no effect: this is not a property of a table's items");
    Diagnostic::error("bad-attribute", message, at)
        .help("put it on a property of the schema with `x-dynamodb-table`")
}

/// A property that cannot be a set.
#[must_use]
pub fn bad_set(at: Span, name: &str, why: &str, place: Span) -> Diagnostic {
    Diagnostic::error("bad-set", format!("`{name}` cannot be stored as a set: {why}"), at)
        .also(place, "the property")
}

/// Items in other items, though they are stored in words of their own.
#[must_use]
pub fn item_within_item(at: Span, name: &str, place: Span) -> Diagnostic {
    let message = format!(
        "`{name}` is nested in other items, where its attribute names, sets and keys do not apply"
    );
    Diagnostic::error("bad-attribute", message, at)
        .also(place, "the other items")
        .help("use a separate schema for the nested object")
}

/// Two types of items in a table that cannot be told apart.
#[must_use]
pub fn items_alike(at: Span, name: &str, first: Span) -> Diagnostic {
    let message = format!("two types of items in the table `{name}` can have equal keys");
    Diagnostic::error("table-twice", message, at)
        .also(first, "the other items").help(
        "compose keys with different prefixes: {attribute: SK, value: 'ORDER#{number}'}; or use another table",
    )
}

/// Two descriptions of one table that contradict each other.
#[must_use]
pub fn tables_differ(at: Span, name: &str, what: &str, first: Span) -> Diagnostic {
    let message = format!("two descriptions of the table `{name}` differ in their {what}");
    Diagnostic::error("table-twice", message, at).also(first, "the other description")
}

/// Receipts in a table that stores them in other words.
#[must_use]
pub fn receipts_composed(at: Span, table: Span) -> Diagnostic {
    let message = "receipts need a table of their own, with a property as its key";
    Diagnostic::error("bad-idempotency", message, at).also(table, "the table")
}

/// A put into a table that holds more than the contract says.
#[must_use]
pub fn put_loses_others(at: Span, table: Span) -> Diagnostic {
    let message = "`put` replaces the whole item, and would delete attributes that the contract does not name";
    Diagnostic::error("binding-body", message, at)
        .also(table, "the table is an existing one")
        .help("use `upsert` or `replace`, which keep them")
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
    Diagnostic::error("bad-ttl", format!("`{name}` is not an integer"), at)
        .also(property, "the property")
        .help("a time to live is in seconds since 1970: `type: integer`, `format: int64`")
}

/// A table that the service does not have.
#[must_use]
pub fn unknown_table(at: Span, name: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let help = match (near, known) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "add `x-dynamodb-table` to the schema of the items".to_owned(),
        (None, known) => format!("schemas with a table are {}", listed(known)),
    };
    Diagnostic::error(
        "unknown-table",
        format!("this service has no table for a schema `{name}`"),
        at,
    )
    .help(help)
}

/// An index that the table does not have.
#[must_use]
pub fn unknown_index(at: Span, name: &str, known: &[&str], table: Span) -> Diagnostic {
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => {
            format!("add it to the table:\nindexes:\n  - name: {name}\n    partitionKey: …")
        }
        None => format!("its indexes are {}", listed(known)),
    };
    Diagnostic::error("unknown-index", format!("the table has no index `{name}`"), at)
        .also(table, "the table")
        .help(help)
}

/// A key of `x-dynamodb` that means nothing for the action.
#[must_use]
pub fn key_of_other_action(at: Span, key: &str, action: &str, actions: &[&str]) -> Diagnostic {
    let message = format!("`{key}` has no effect on the action `{action}`");
    Diagnostic::error("bad-binding", message, at)
        .help(format!("it is valid for {}", listed(actions)))
}

/// A bound operation without the answer that the action gives.
#[must_use]
pub fn needs_response(at: Span, action: &str, status: &str, why: &str) -> Diagnostic {
    let message = format!("the action `{action}` needs the response `{status}`: {why}");
    Diagnostic::error("binding-response", message, at).help(
        "declare it in `responses`, or remove `x-dynamodb` and implement the operation yourself",
    )
}

/// A response that a bound operation cannot give.
#[must_use]
pub fn response_of_other_type(at: Span, action: &str, expected: &str, binding: Span) -> Diagnostic {
    let message = format!("the action `{action}` returns {expected}");
    Diagnostic::error("binding-response", message, at).also(binding, "the action")
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
    let message = format!("the action `{action}` needs the key `{key}` as a parameter in {place}");
    Diagnostic::error("binding-key", message, at).help(format!("add a parameter `{key}`"))
}

/// A key that is neither taken from the path nor made.
#[must_use]
pub fn key_not_in_body(at: Span, action: &str, key: &str, property: Span, why: &str) -> Diagnostic {
    let message = format!("the action `{action}` reads the key `{key}` from the body, but {why}");
    Diagnostic::error("binding-key", message, at).also(property, "the property")
}

/// A parameter that a binding names and the operation does not have.
#[must_use]
pub fn unknown_parameter(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "binding-parameter",
        format!("the operation has no query parameter `{name}`"),
        at,
    )
    .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A number where a binding names a parameter.
#[must_use]
pub fn number_for_parameter(at: Span, key: &str, number: &str) -> Diagnostic {
    let message = format!("`{key}` names a query parameter, and `{number}` is a number");
    Diagnostic::error("binding-parameter", message, at).help(format!(
        "declare a parameter with `default: {number}` and `maximum`, and write its name here"
    ))
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
    let message = format!("the response needs the property `{name}`, which leads to the next page");
    Diagnostic::error("binding-response", message, at)
        .also(response, "the response")
        .help(format!("add it to the response:\n{name}:\n  type: string"))
}

/// A condition that is not one, or that cannot be generated.
#[must_use]
pub fn bad_condition(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("bad-condition", format!("invalid condition: {why}"), at).help(
        "for example `attribute_not_exists(closedAt)`, or `status = 'open' AND stock >= :amount`",
    )
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
pub fn no_refusal(at: Span, found: &str, is_declared: bool, refusals: &[u16]) -> Diagnostic {
    let message = match is_declared {
        true => format!("`{found}` does not say that the request was refused"),
        false => format!("the operation does not declare a `{found}` response"),
    };
    let declared: Vec<String> = refusals.iter().map(u16::to_string).collect();
    Diagnostic::error("undeclared-status", message, at).help(match declared.as_slice() {
        [] => "declare a response with a status of 400 or more".to_owned(),
        declared => format!("its responses for errors are {}", listed(declared)),
    })
}

/// A part of `x-dynamodb-access` that grants nothing.
#[must_use]
pub fn bad_access(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("bad-access", format!("this access has no effect: {why}"), at)
}

/// A `Location` header that nothing can be put into.
#[must_use]
pub fn no_location(at: Span, table: &str, binding: Span) -> Diagnostic {
    let message =
        format!("no operation reads a single `{table}`, so there is no URL for `Location`");
    Diagnostic::error("no-location", message, at)
        .also(binding, "this operation is generated")
        .help("bind an operation with `action: get`, or remove the header")
}

/// A header that a generated body cannot fill.
#[must_use]
pub fn header_unfilled(at: Span, name: &str) -> Diagnostic {
    let message = format!("a bound operation has no value for the header `{name}`");
    Diagnostic::error("binding-response", message, at)
        .help("make it optional, or remove `x-dynamodb` and implement the operation yourself")
}

/// A strongly consistent read of an index.
#[must_use]
pub fn consistent_index(at: Span) -> Diagnostic {
    Diagnostic::error("bad-binding", "DynamoDB does not support consistent reads of an index", at)
        .help("remove `consistent`, or query the table by its own key")
}

/// A property of a page that a generated body cannot know.
#[must_use]
pub fn page_field_unknown(at: Span, name: &str, binding: Span) -> Diagnostic {
    let message =
        format!("a generated page has items and a `next` property, but no value for `{name}`");
    Diagnostic::error("binding-response", message, at)
        .also(binding, "this operation is generated")
        .help("remove it from `required`, or remove `x-dynamodb` and implement the operation yourself")
}

/// An owner that is no key.
#[must_use]
pub fn owner_no_key(at: Span, property: &str) -> Diagnostic {
    let message = format!(
        "`{property}` is not a key of the table, so a query cannot be limited to the owner's items"
    );
    Diagnostic::error("bad-owner", message, at).help(
        "make it the `partitionKey` or `sortKey`, or check the owner in your own implementation",
    )
}

/// Two owners.
#[must_use]
pub fn owner_twice(at: Span, first: Span) -> Diagnostic {
    Diagnostic::error("bad-owner", "the item already has an owner", at).also(first, "the first one")
}

/// An owner that is no claim.
#[must_use]
pub fn bad_owner(at: Span) -> Diagnostic {
    Diagnostic::error("bad-owner", "an owner must be a claim of the caller", at).help(
        "write `x-owner: $claims.sub`, or:\nx-owner:\n  claim: sub\n  unless: orders.read.all",
    )
}

/// An exception for callers with a scope that has no name.
#[must_use]
pub fn owner_unless_nothing(at: Span) -> Diagnostic {
    Diagnostic::error("bad-owner", "`unless` names no scope", at)
        .help("name the scope of callers that may use the items of others, or remove the key")
}

/// A bound operation on items with an owner, whose callers are not known.
#[must_use]
pub fn owner_unknown(at: Span, operation: &str, owner: Span) -> Diagnostic {
    let message =
        format!("`{operation}` reads or writes items with an owner, but its callers have no token");
    Diagnostic::error("owner-not-enforced", message, at).also(owner, "the owner").help(
        "require a scheme with tokens in every alternative, or implement the operation yourself",
    )
}

/// An owner of a request, beside the one of its table's items.
#[must_use]
pub fn owner_beside(at: Span, operation: &str, first: Span) -> Diagnostic {
    let message = format!("`{operation}` already has an owner");
    Diagnostic::error("bad-owner", message, at)
        .also(first, "the first one")
        .help("remove one: the owner of a table's items is checked in every operation that is bound to it")
}

/// An owner of a request that may be absent.
#[must_use]
pub fn owner_absent(at: Span, operation: &str, property: &str) -> Diagnostic {
    let message =
        format!("`{operation}` can be called without `{property}`, so its owner cannot be checked");
    Diagnostic::error("owner-not-enforced", message, at)
        .help("make the body `required`, and the property a `required` text, or a list of texts, in each of its media types")
}

/// An owner in a parameter that is neither a text nor a list of texts.
#[must_use]
pub fn owner_no_text(at: Span, operation: &str, parameter: &str) -> Diagnostic {
    let message = format!(
        "the owner `{parameter}` of `{operation}` is neither a scalar nor a list of scalars"
    );
    Diagnostic::error("owner-not-enforced", message, at).help(
        "a claim of the caller is compared with the text of a scalar, or of each element of a list",
    )
}

/// An owner in a body that is passed on as it is.
#[must_use]
pub fn owner_in_text(at: Span, media_type: &str) -> Diagnostic {
    let message =
        format!("nothing checks this owner in `{media_type}`, whose properties are not read");
    Diagnostic::error("owner-not-enforced", message, at)
        .help("describe the body as JSON or as a form, or remove `x-owner` and call `cx.caller.owns(…)` in your implementation")
}

/// An owner further down in a body.
#[must_use]
pub fn owner_below(at: Span, operation: &str, property: &str, owner: Span) -> Diagnostic {
    let message = format!(
        "nothing checks the owner `{property}` in the body of `{operation}`: it is in an element, an alternative or an object inside of the body"
    );
    Diagnostic::error("owner-not-enforced", message, at).also(owner, "the owner").help(
        "make it a property of the body itself, or give the request a schema of its own without `x-owner` and call `cx.caller.owns(…)` in your implementation",
    )
}

/// A bound operation that works on everybody's items.
#[must_use]
pub fn owner_of_all(at: Span, operation: &str, owner: Span) -> Diagnostic {
    let message = format!("`{operation}` reads or writes items of every owner");
    Diagnostic::error("owner-not-enforced", message, at).also(owner, "the owner").help(
        "name a scope that allows it:\nx-owner:\n  claim: sub\n  unless: orders.read.all\nor make the owner a parameter",
    )
}

/// An owner that is neither a key nor a part of a request.
#[must_use]
pub fn owner_without_table(at: Span) -> Diagnostic {
    Diagnostic::error("bad-owner", "nothing can check this owner", at).help(
        "an owner is a key of an item (`x-dynamodb-table`), a parameter, or a property of a request body's own schema",
    )
}
