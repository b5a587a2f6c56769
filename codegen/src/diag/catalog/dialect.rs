//! Keywords of one dialect of JSON Schema in a document of another.

use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// `nullable` where the dialect has no such keyword.
#[must_use]
pub fn nullable_elsewhere(key: Key<'_>) -> Diagnostic {
    let message = "`nullable` has no effect since OpenAPI 3.1";
    Diagnostic::warning("nullable-elsewhere", message, key.span)
        .here("`null` is refused unless the type allows it")
        .help("allow `null` in the type:\ntype: [string, 'null']")
}

/// `nullable` without a type to add `null` to.
#[must_use]
pub fn nullable_without_type(key: Key<'_>, is_composed: bool) -> Diagnostic {
    let message = "`nullable` needs `type` next to it, and has no effect here";
    Diagnostic::warning("nullable-without-type", message, key.span)
        .here("it has no effect (OpenAPI 3.0.3, Schema Object)")
        .help(match is_composed {
            true => "list the schema in `oneOf`, beside one that allows only `null`:\n{type: string, nullable: true, enum: [null]}",
            false => "add `type`, or use `oneOf` with a schema that allows only `null`:\noneOf:\n  - {type: string}\n  - {type: string, nullable: true, enum: [null]}",
        })
}

/// A type with `null` beside a keyword whose schemas refuse it.
#[must_use]
pub fn null_refused(key: Key<'_>, sibling: &str) -> Diagnostic {
    let message = match key.name {
        "nullable" => format!("`nullable` has no effect: `{sibling}` refuses `null`"),
        _ => format!("`null` in `{}` has no effect: `{sibling}` refuses it", key.name),
    };
    Diagnostic::warning("null-not-listed", message, key.span)
        .here("`null` is refused")
        .help("list the schema in `oneOf`, beside one that allows only `null`")
}

/// A type with `null` beside a list of values that does not have it.
#[must_use]
pub fn null_not_listed(key: Key<'_>, list: &str) -> Diagnostic {
    let message = format!("`null` in `{}` has no effect: `{list}` does not have it", key.name);
    let message = match key.name {
        "nullable" => format!("`nullable` has no effect: `{list}` does not have `null`"),
        _ => message,
    };
    Diagnostic::warning("null-not-listed", message, key.span).here("`null` is refused").help(
        match (list, key.name) {
            ("enum", "nullable") => "add `null` to `enum`, or remove `nullable`",
            ("enum", _) => "add `null` to `enum`, or remove it from `type`",
            (_, "nullable") => "write `enum` with `null` and the value, or remove `nullable`",
            _ => "write `enum` with `null` and the value, or remove `null` from `type`",
        },
    )
}

/// `exclusiveMinimum: true` where the keyword is the bound itself, with the bound that it is about.
#[must_use]
pub fn exclusive_flag(key: Key<'_>, bound: Option<&str>) -> Diagnostic {
    let plain = if key.name == "exclusiveMinimum" { "minimum" } else { "maximum" };
    let message = format!("`{}` is a number since OpenAPI 3.1, not a boolean", key.name);
    let help = match bound {
        Some(bound) => {
            format!("write the bound itself instead of `{plain}`:\n{}: {bound}", key.name)
        }
        None => "remove it: it changes nothing".to_owned(),
    };
    Diagnostic::error("exclusive-flag", message, key.span).help(help)
}

/// A keyword that OpenAPI 3.0 does not have, in a schema of 3.0.
#[must_use]
pub fn later_keyword(key: Key<'_>, help: String) -> Diagnostic {
    let message = match key.name {
        "type" => "this form of `type` is not part of OpenAPI 3.0".to_owned(),
        "exclusiveMinimum" | "exclusiveMaximum" => {
            format!("`{}` is a boolean in OpenAPI 3.0, not a number", key.name)
        }
        name => format!("`{name}` of a schema is not part of OpenAPI 3.0"),
    };
    later(message, key.span).help(help)
}

/// A key or a word of another object that OpenAPI 3.0 does not have.
#[must_use]
pub fn later_key(at: Span, word: &str, shape: &str, help: &str) -> Diagnostic {
    let message = format!("`{word}` of {} is not part of OpenAPI 3.0", super::shape::a(shape));
    later(message, at).help(help)
}

fn later(message: String, at: Span) -> Diagnostic {
    Diagnostic::warning("later-keyword", message, at)
        .here("applied as in OpenAPI 3.1; other tools ignore or reject it")
}

/// What to do about keywords that documents of several versions read differently.
pub const ONE_VERSION: &str = "use one version of OpenAPI in all documents that share the file";

/// A keyword of OpenAPI 3.0 only, in a file that documents of later versions refer to, too.
#[must_use]
pub fn earlier_keyword(key: Key<'_>) -> Diagnostic {
    let name = key.name;
    let message =
        format!("documents of OpenAPI 3.0 and 3.1 share this `{name}`, which only 3.0 has");
    Diagnostic::warning("earlier-keyword", message, key.span)
        .here("applied in all of them; other tools ignore or reject it in 3.1")
        .help(ONE_VERSION)
}

/// `$schema` with a meta-schema of somebody's own.
#[must_use]
pub fn unknown_dialect(at: Span) -> Diagnostic {
    let message = "unknown meta-schema";
    Diagnostic::error("unknown-dialect", message, at).help(
        "remove `$schema`, or use a known dialect: https://json-schema.org/draft/2020-12/schema",
    )
}

/// A list of schemas in `items`.
#[must_use]
pub fn items_list(key: Key<'_>) -> Diagnostic {
    let message = "`items` must be a single schema";
    Diagnostic::error("items-list", message, key.span)
        .help("use `prefixItems` (OpenAPI 3.1) for a schema for each position")
}

/// A discriminator as AsyncAPI and Swagger 2 write it.
#[must_use]
pub fn discriminator_as_text(at: Span, name: &str) -> Diagnostic {
    Diagnostic::warning("discriminator-as-text", "a discriminator is an object in OpenAPI", at)
        .here("read as the name of its property")
        .help(format!("write: `discriminator: {{propertyName: {name}}}`"))
}
