//! What bound operations do with data: keys, conditions, filters, changes, versions and transitions.

use super::shape::{listed, nearest};
use crate::diag::Diagnostic;
use crate::source::Span;

/// A parameter that a binding names and the operation does not have.
#[must_use]
pub fn no_parameter(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let help = near.map(|near| format!("did you mean `{near}`?"));
    Diagnostic::error("binding-parameter", format!("the operation has no parameter `{name}`"), at)
        .help(help.unwrap_or_else(|| "declare it in `parameters`".to_owned()))
}

/// A key of `key` that is no attribute of the key.
#[must_use]
pub fn no_such_key(at: Span, name: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error("binding-key", format!("`{name}` is not a key attribute"), at)
        .help(format!("the key attributes are {}", listed(known)))
}

/// A parameter that holds something else than the key attribute that is taken from it.
#[must_use]
pub fn key_of_other_type(
    at: Span,
    parameter: &str,
    key: &str,
    expected: &str,
    binding: Span,
) -> Diagnostic {
    let message = format!("`{parameter}` must be {expected}, like the key `{key}`");
    Diagnostic::error("binding-key", message, at).also(binding, "this reads the key from it")
}

/// A key that may be absent.
#[must_use]
pub fn key_optional(at: Span, parameter: &str, binding: Span) -> Diagnostic {
    let message = format!("`{parameter}` is a key, but it is optional");
    Diagnostic::error("binding-key", message, at)
        .also(binding, "this reads the key from it")
        .help("write `required: true`")
}

/// A batch without a list of keys.
#[must_use]
pub fn keys_unsaid(at: Span) -> Diagnostic {
    Diagnostic::error("binding-key", "the action `batchGet` needs a list of keys", at)
        .help("name the parameter with the keys:\nkeys: ids")
}

/// An order of a table that is read whole.
#[must_use]
pub fn order_of_all(at: Span, key: &str) -> Diagnostic {
    let message = format!("`{key}` has no effect: items of several partitions have no order");
    Diagnostic::error("bad-binding", message, at)
        .help("read the partition key from a parameter, or name an `index`")
}

/// A sort key of a key that has none.
#[must_use]
pub fn no_sort_key(at: Span, table: Span) -> Diagnostic {
    Diagnostic::error("bad-binding", "the queried key has no sort key", at)
        .also(table, "the table")
        .help("name an `index` that has one, or use `filter`")
}

/// A range with other than two ends.
#[must_use]
pub fn two_ends(at: Span) -> Diagnostic {
    Diagnostic::error("bad-binding", "`between` needs two parameters", at)
        .help("write `between: [from, to]`")
}

/// Several comparisons of a sort key.
#[must_use]
pub fn two_comparisons(at: Span) -> Diagnostic {
    let message = "DynamoDB allows one comparison of the sort key, or `>=` and `<=` together";
    Diagnostic::error("bad-binding", message, at)
        .help("`between` includes both ends: write `between: [from, to]`")
}

/// A prefix of something that is no text.
#[must_use]
pub fn prefix_of_other_type(at: Span, key: &str) -> Diagnostic {
    let message = format!("`beginsWith` needs a string, but `{key}` is not a string");
    Diagnostic::error("bad-binding", message, at).help("write `between: [from, to]`")
}

/// A parameter that cannot be the start of a text.
#[must_use]
pub fn prefix_no_text(at: Span, parameter: &str, binding: Span) -> Diagnostic {
    let message =
        format!("`{parameter}` must be a string without `format`, because keys begin with it");
    Diagnostic::error("binding-key", message, at).also(binding, "this reads the prefix from it")
}

/// A range of texts that are not in the order of their numbers.
#[must_use]
pub fn unordered_sort(at: Span, key: &str, is_composed: bool) -> Diagnostic {
    let (message, help) = match is_composed {
        true => (
            format!("the number `{key}` is part of a text in the sort key, so `10` is before `9`"),
            "use the property itself as the sort key, or a string with leading zeros in its place",
        ),
        false => (
            format!(
                "`{key}` is a string with `format: decimal`, which is not stored in numeric order"
            ),
            "use `type: number` with `format: decimal`, which also keeps every digit",
        ),
    };
    Diagnostic::error("bad-binding", message, at).help(help)
}

/// A filter of the key that is queried.
#[must_use]
pub fn filter_of_key(at: Span, name: &str) -> Diagnostic {
    let message =
        format!("`{name}` is part of the queried key, and DynamoDB does not allow it in a filter");
    Diagnostic::error("bad-condition", message, at).help("use `sort` instead")
}

/// A filter of what the queried index does not hold.
#[must_use]
pub fn filter_not_projected(at: Span, name: &str, index: &str, place: Span) -> Diagnostic {
    let message = format!(
        "the index `{index}` does not project `{name}`, and DynamoDB does not allow it in a filter of this index"
    );
    Diagnostic::error("bad-condition", message, at)
        .also(place, "the index")
        .help(format!("add `{name}` to the `projection` of the index"))
}

/// A value that comes from nowhere.
#[must_use]
pub fn unknown_value(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("`:{name}` is neither a parameter nor a property of the body");
    let help = near.map(|near| format!("did you mean `:{near}`?"));
    Diagnostic::error("bad-condition", message, at).help(help.unwrap_or_else(|| {
        format!("declare a parameter `{name}`, or write a literal: `'text'`, `5`, `true`")
    }))
}

/// A property of an object within an item that it does not have.
#[must_use]
pub fn property_unknown(
    at: Span,
    object: &str,
    name: &str,
    near: Option<&str>,
    schema: Span,
) -> Diagnostic {
    Diagnostic::error("unknown-attribute", format!("`{object}` has no property `{name}`"), at)
        .also(schema, "the schema of the object")
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A store that wipes out what only the service sets.
#[must_use]
pub fn put_loses(at: Span, name: &str, property: Span) -> Diagnostic {
    let message = format!("the action `put` has no value for `{name}`");
    Diagnostic::error("binding-unset", message, at).also(property, "only the service sets it").help(
        "use `upsert` or `replace`, which keep the stored value and read the key from the path",
    )
}

/// A patch without an object.
#[must_use]
pub fn body_no_patch(at: Span, item: &str) -> Diagnostic {
    let message =
        format!("the action `patch` needs a body that is an object with properties of `{item}`");
    Diagnostic::error("binding-body", message, at).help(
        "write a schema for it, with nothing `required`:\nrequestBody:\n  required: true\n  content:\n    application/merge-patch+json:\n      schema:\n        type: object\n        additionalProperties: false\n        properties: {…}",
    )
}

/// A patch that must be a whole item.
#[must_use]
pub fn patch_is_item(at: Span, item: &str) -> Diagnostic {
    let message = format!(
        "the body of a patch of `{item}` cannot be `{item}` itself: absent properties keep their value"
    );
    Diagnostic::error("binding-body", message, at)
        .help("write a schema with the properties that may change, and nothing `required`")
}

/// A change of what stays as it is.
#[must_use]
pub fn patch_of_fixed(at: Span, name: &str, why: &str, property: Span) -> Diagnostic {
    Diagnostic::error("binding-change", format!("`{name}` cannot be changed: {why}"), at)
        .also(property, "the property of the items")
}

/// Double quotes around what is no attribute, in a condition.
#[must_use]
pub fn text_in_double_quotes(at: Span, name: &str, schema: Span) -> Diagnostic {
    Diagnostic::error("unknown-attribute", format!("the items have no property `{name}`"), at)
        .also(schema, "the schema of the items")
        .help(format!("double quotes are for names; for text, write `'{name}'`"))
}

/// The removal of what every item has.
#[must_use]
pub fn required_removed(at: Span, name: &str, property: Span) -> Diagnostic {
    let message = format!("`{name}` cannot be removed: it is required in every item");
    Diagnostic::error("binding-change", message, at).also(property, "the property of the items")
}

/// An action without a change.
#[must_use]
pub fn changes_nothing(at: Span, action: &str) -> Diagnostic {
    let help = match action {
        "increment" => "say what to add:\nadd: {sold: 1}           # or a parameter: :quantity",
        _ => {
            "say what to change:\nset: {status: closed, closedAt: $now}\nadd: {sold: 1}\nremove: [hold]"
        }
    };
    Diagnostic::error("binding-change", format!("the action `{action}` changes nothing"), at)
        .help(help)
}

/// A property that changes twice.
#[must_use]
pub fn changed_twice(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("binding-change", format!("`{name}` is changed twice"), at)
}

/// A property cannot hold a time.
#[must_use]
pub fn now_of_other_type(at: Span, name: &str, property: Span) -> Diagnostic {
    Diagnostic::error("binding-change", format!("`{name}` is not a timestamp"), at)
        .also(property, "the property")
        .help("write `type: string`, `format: date-time`")
}

/// A value that the property does not take.
#[must_use]
pub fn bad_value(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error(
        "binding-change",
        format!("the property does not accept this value: {why}"),
        at,
    )
    .help("write a literal, `:name` for a parameter or a property of the body, or `$now`")
}

/// A value that not every value of the property is.
#[must_use]
pub fn value_of_other_type(at: Span, value: &str, name: &str, property: Span) -> Diagnostic {
    let message = format!("`{value}` may have values that `{name}` does not accept");
    Diagnostic::error("binding-change", message, at)
        .also(property, "the property of the items")
        .help("use the same schema for both, with `$ref`")
}

/// A sum of what is no number.
#[must_use]
pub fn added_to_other_type(at: Span, name: &str, property: Span) -> Diagnostic {
    Diagnostic::error("binding-change", format!("`{name}` is not a number"), at)
        .also(property, "the property of the items")
}

/// An amount that is not a number.
#[must_use]
pub fn bad_amount(at: Span, found: &str, name: &str, property: Span) -> Diagnostic {
    let message = format!("`{found}` cannot be added to `{name}`");
    Diagnostic::error("binding-change", message, at)
        .also(property, "the property of the items")
        .help(
            "write a number, or `:name` of a required parameter that is a number of the same type",
        )
}

/// Sums that a property does not accept.
#[must_use]
pub fn sum_refused(at: Span, name: &str, why: &str, help: &str, property: Span) -> Diagnostic {
    let message = format!("nothing can be added to `{name}`: {why}");
    Diagnostic::error("binding-change", message, at)
        .also(property, "the property of the items")
        .help(help)
}

/// Amounts that lead to sums which are no multiples.
#[must_use]
pub fn sum_no_multiple(at: Span, name: &str, of: &str, property: Span) -> Diagnostic {
    let message =
        format!("what is added to `{name}` must be a multiple of {of}, as the sum must be");
    Diagnostic::error("binding-change", message, at)
        .also(property, "the property of the items")
        .help(format!("write a multiple of {of}, or a parameter with `multipleOf: {of}`"))
}

/// Rules across the properties of an item that an update may break.
#[must_use]
pub fn rules_unchecked(at: Span, action: &str, item: &str, schema: Span) -> Diagnostic {
    let message =
        format!("the action `{action}` does not check the rules of `{item}` across its properties");
    Diagnostic::warning("rules-unchecked", message, at)
        .here("an item that breaks them is stored, and cannot be read any more")
        .also(schema, "the schema of the items")
        .help("use the action `patch`, which checks the whole item, or change only what no rule such as `if` or `dependentRequired` speaks of")
}

/// A write of a whole object, which loses what only the service sets within it.
#[must_use]
pub fn nested_lost(
    at: Span,
    action: &str,
    path: &str,
    is_required: bool,
    property: Span,
) -> Diagnostic {
    let diagnostic = match is_required {
        true => Diagnostic::error(
            "binding-unset",
            format!("the action `{action}` has no value for `{path}`"),
            at,
        ),
        false => Diagnostic::warning(
            "nested-read-only-lost",
            format!("the action `{action}` loses `{path}`"),
            at,
        )
        .here("the object is stored as it is sent, without what only the service sets"),
    };
    let help = match (is_required, action) {
        (true, "create") => "move the property to the item itself, or give it a `default`",
        (_, "patch") => "move the property to the item itself: a patch replaces lists as a whole",
        _ if path.contains('*') => "move the property to the item itself, where it is kept",
        _ => "move the property to the item itself, where it is kept, or use `patch`",
    };
    diagnostic.also(property, "only the service sets it").help(help)
}

/// A filter that hides items whose keys page tokens show.
#[must_use]
pub fn hidden_keys_shown(at: Span, table: Span) -> Diagnostic {
    let message = "page tokens show the keys of items that this filter hides";
    Diagnostic::note("hidden-key-shown", message, at)
        .here("a token is the key of the item that was read last, in base64url")
        .also(table, "the table")
        .help("query an index that only the visible items are in, or use keys that tell nothing, such as random UUIDs")
}

/// A body of which nothing is used.
#[must_use]
pub fn body_no_values(at: Span, action: &str) -> Diagnostic {
    let message = format!("the action `{action}` needs a required body that is a JSON object");
    Diagnostic::error("binding-body", message, at)
}

/// A property of a body that nothing is done with.
#[must_use]
pub fn body_property_unused(at: Span, action: &str, name: &str, binding: Span) -> Diagnostic {
    let message = format!("`{action}` does not use the property `{name}`");
    Diagnostic::error("binding-parameter-unused", message, at)
        .also(binding, "this binding generates the operation")
        .help(format!("use it as `:{name}`, or remove it"))
}

/// Repetitions of what changes nothing.
#[must_use]
pub fn idempotency_of_read(at: Span) -> Diagnostic {
    let message = "a read-only operation is idempotent already";
    Diagnostic::error("bad-idempotency", message, at).help("remove `x-idempotency`")
}

/// The table of receipts has an unusable key.
#[must_use]
pub fn receipts_key(at: Span, table: Span) -> Diagnostic {
    let message = "the table for receipts needs a single string key, which the runtime sets";
    Diagnostic::error("bad-idempotency", message, at)
        .also(table, "the table")
        .help("use a separate table:\nReceipt:\n  type: object\n  required: [id, expiresAt]\n  x-dynamodb-table: {name: receipt, partitionKey: id, ttl: expiresAt}\n  properties:\n    id: {type: string, minLength: 1, maxLength: 512}\n    expiresAt: {type: integer, format: int64}")
}

/// Receipts that are never removed.
#[must_use]
pub fn receipts_without_end(at: Span, table: Span) -> Diagnostic {
    Diagnostic::error("bad-idempotency", "the table for receipts has no time to live", at)
        .also(table, "the table")
        .help("name the property with the expiry time:\nttl: expiresAt")
}

/// A property of receipts that the runtime does not know, or uses otherwise.
#[must_use]
pub fn receipts_property(at: Span, name: &str, property: Span) -> Diagnostic {
    let message = format!("the runtime writes the receipts, and has no value for `{name}`");
    Diagnostic::error("bad-idempotency", message, at)
        .also(property, "the property")
        .help("keep only the key and the time to live in the schema")
}

/// A key, or an end, of receipts that is called as what the runtime keeps in them.
#[must_use]
pub fn receipts_name_taken(at: Span, name: &str, property: Span) -> Diagnostic {
    let message = format!("the runtime keeps something else in the attribute `{name}` of receipts");
    Diagnostic::error("bad-idempotency", message, at)
        .also(property, "the property")
        .help("give the property another name, such as `id` or `expiresAt`")
}

/// Receipts that are kept for no time, or too long.
#[must_use]
pub fn receipts_kept(at: Span, most: u32) -> Diagnostic {
    let message = format!("receipts must be kept for 1 to {most} seconds");
    Diagnostic::error("bad-idempotency", message, at)
}

/// A header's name is not a valid one.
#[must_use]
pub fn bad_header(at: Span, name: &str) -> Diagnostic {
    let message = format!("the header `{name}` cannot hold the key of a request");
    Diagnostic::error("bad-idempotency", message, at).help("for example `Idempotency-Key`")
}

/// The name of a header that resembles one of the operation.
#[must_use]
pub fn other_header(at: Span, name: &str, near: &str) -> Diagnostic {
    let message = format!("the operation has no header `{name}`");
    Diagnostic::error("bad-idempotency", message, at).help(format!("did you mean `{near}`?"))
}

/// Two versions of one item.
#[must_use]
pub fn version_twice(at: Span, first: Span) -> Diagnostic {
    Diagnostic::error("bad-version", "the object already has a version", at)
        .also(first, "the first one")
}

/// A version that is not an integer.
#[must_use]
pub fn bad_version(at: Span, name: &str) -> Diagnostic {
    let message = format!(
        "`{name}` cannot be a version: it must be a required integer that only the service sets"
    );
    Diagnostic::error("bad-version", message, at).help(format!(
        "write:\nrequired: [{name}]\nproperties:\n  {name}: {{type: integer, format: int64, readOnly: true, x-version: true}}"
    ))
}

/// A transition from or to what is no value.
#[must_use]
pub fn unknown_state(at: Span, name: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its values are {}", listed(known)),
    };
    Diagnostic::error("bad-transitions", format!("`{name}` is not a value of the enum"), at)
        .help(help)
}

/// A state that no transitions lead to from the first one.
#[must_use]
pub fn state_unreached(at: Span, name: &str, first: &str, state: Span) -> Diagnostic {
    let message = format!("no transitions lead from `{first}` to `{name}`");
    Diagnostic::warning("state-unreached", message, at)
        .also(state, "the state")
        .here("the value starts as the default, and clients cannot set it")
        .help("add it to `x-transitions`, or remove it from the enum")
}

/// A change to a state that no other one may become.
#[must_use]
pub fn state_never_set(at: Span, name: &str, states: Span) -> Diagnostic {
    let message = format!("`x-transitions` allows no state to become `{name}`");
    Diagnostic::warning("transition-refused", message, at)
        .here("the change is always refused")
        .also(states, "the states")
        .help(format!("add the transition: `x-transitions: {{…: [{name}]}}`"))
}

/// A removal that would leave an item without a state.
#[must_use]
pub fn state_removed(at: Span, path: &str, states: Span) -> Diagnostic {
    let message = format!("`{path}` cannot be removed: it has `x-transitions`");
    Diagnostic::error("binding-change", message, at)
        .also(states, "the states")
        .help("add a state for it, and `set` that")
}

/// States that a write does not check.
#[must_use]
pub fn transition_unchecked(at: Span, action: &str, path: &str, states: Span) -> Diagnostic {
    let message = format!("the action `{action}` does not check the transitions of `{path}`");
    Diagnostic::warning("transition-unchecked", message, at)
        .here("every change of these states is accepted")
        .also(states, "the states")
        .help("DynamoDB compares no values within arrays, maps and alternatives: move the state out of them, or remove `x-dynamodb` and check it in the operation")
}

/// States of an enumeration that two of its schemas declare in different ways.
#[must_use]
pub fn transitions_twice(at: Span, first: Span) -> Diagnostic {
    Diagnostic::error("bad-transitions", "these states already have transitions", at)
        .also(first, "these")
        .help("keep one of the two, with every transition that is allowed")
}

/// Transitions of what has no states.
#[must_use]
pub fn transitions_without_enum(at: Span) -> Diagnostic {
    Diagnostic::error("bad-transitions", "transitions need an `enum`", at)
        .help("list the states: `type: string`, `enum: […]`")
}

/// A response that takes fewer items than may be asked for.
#[must_use]
pub fn page_too_long(
    at: Span,
    holds: u64,
    most: Option<u64>,
    limit: Option<&str>,
    items: Span,
) -> Diagnostic {
    let more = most.map_or("any number of".to_owned(), |most| format!("up to {most}"));
    let message = format!("the operation returns {more} items, and `maxItems` is {holds}");
    let help = match (limit, most) {
        (Some(limit), _) => format!(
            "limit the parameter `{limit}`: `maximum: {holds}`, and `required: true` or a `default`"
        ),
        (None, Some(_)) => format!("limit the parameter too: `maxItems: {holds}`"),
        (None, None) => {
            "remove `maxItems`, or read pages: add the keys `limit` and `next`".to_owned()
        }
    };
    Diagnostic::error("binding-response", message, at).also(items, "the items").help(help)
}

/// A list that must not be empty, and is where nothing is found.
#[must_use]
pub fn page_never_empty(at: Span, items: Span) -> Diagnostic {
    let message = "the operation returns no items if there are none, and `minItems` forbids it";
    Diagnostic::error("binding-response", message, at)
        .also(items, "the items")
        .help("remove `minItems`")
}

/// A property or parameter that no page token fits.
#[must_use]
pub fn token_refused(
    at: Span,
    name: &str,
    why: &str,
    (least, most): (usize, usize),
    binding: Span,
) -> Diagnostic {
    let message = format!("`{name}` cannot hold a page token: {why}");
    Diagnostic::error("binding-response", message, at)
        .also(binding, "this operation returns pages")
        .help(format!("the tokens have {least} to {most} letters, digits, `-` and `_`: remove the keyword, or write `maxLength: {most}`"))
}

/// A property or parameter that the longest page tokens do not fit.
#[must_use]
pub fn token_cut(at: Span, name: &str, (_, most): (usize, usize), binding: Span) -> Diagnostic {
    let message = format!("`{name}` cannot hold the longest page tokens, of {most} characters");
    Diagnostic::warning("page-token-length", message, at)
        .here("a page that ends at a long key is answered with `500`")
        .also(binding, "this operation returns pages")
        .help(format!("write `maxLength: {most}`, or limit the length of the keys"))
}

/// A key of several attributes of which a request may lack the first.
#[must_use]
pub fn key_partly_optional(at: Span, name: &str) -> Diagnostic {
    let message =
        format!("this parameter is optional, and `{name}` is a further attribute of the key");
    Diagnostic::error("binding-key", message, at).help("add `required: true`")
}
