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
pub fn nullable_without_type(key: Key<'_>) -> Diagnostic {
    let message = "`nullable` needs `type` next to it, and has no effect here";
    Diagnostic::warning("nullable-without-type", message, key.span)
        .here("it has no effect (OpenAPI 3.0.3, Schema Object)")
        .help("add `type`, or use `oneOf` with a schema that allows only `null`")
}

/// `exclusiveMinimum: true` where the keyword is the bound itself.
#[must_use]
pub fn exclusive_flag(key: Key<'_>) -> Diagnostic {
    let bound = if key.name == "exclusiveMinimum" { "minimum" } else { "maximum" };
    let message = format!("`{}` is a number since OpenAPI 3.1, not a boolean", key.name);
    Diagnostic::error("exclusive-flag", message, key.span)
        .help(format!("write the bound itself instead of `{bound}`:\n{}: 0", key.name))
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
