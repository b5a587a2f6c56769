//! Keys at a wrong depth.

use super::shape::a;
use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// A keyword of schemas among the names of schemas, below the schema named `above`; `is_ours`: it is one of our
/// extensions; `flag`: the boolean that it holds, where that is a schema.
#[must_use]
pub fn keyword_as_name(
    entry: Key<'_>,
    above: Option<&str>,
    is_ours: bool,
    flag: Option<bool>,
) -> Diagnostic {
    let message =
        format!("`{}` is the name of a schema here, but a keyword was probably meant", entry.name);
    let diagnostic = match (flag, is_ours) {
        (None, true) => Diagnostic::error("misplaced-extension", message, entry.span),
        (None, false) => Diagnostic::error("misplaced-keyword", message, entry.span),
        (Some(flag), _) => {
            let here = match flag {
                true => "as a property, `true` accepts every value",
                false => "as a property, `false` refuses every value",
            };
            Diagnostic::warning("keyword-as-name", message, entry.span).here(here)
        }
    };
    match above {
        Some(above) => diagnostic.help(format!("indent it under `{above}`")),
        None => diagnostic.help("indent it under the schema that it belongs to"),
    }
}

/// `true` or `false` for a schema, in a version that does not know such schemas.
#[must_use]
pub fn flag_as_schema(entry: Key<'_>) -> Diagnostic {
    let message = format!("the schema `{}` is a boolean", entry.name);
    Diagnostic::error("wrong-kind", message, entry.span)
        .here("in OpenAPI 3.0, a schema is a mapping")
        .help(format!("write `{}: {{}}` for any value, or the type of the value", entry.name))
}

/// A key of an object below another of its keys.
#[must_use]
pub fn key_too_deep(entry: Key<'_>, outer: &str, shape: &str) -> Diagnostic {
    let message = format!("`{}` is a key of {}, not of `{outer}`", entry.name, a(shape));
    Diagnostic::error("misplaced-keyword", message, entry.span)
        .help(format!("indent it, and what follows, as far as `{outer}` (one level less)"))
}

/// A key that is the end of a text.
#[must_use]
pub fn swallowed_key(at: Span, key: &str, text: &str) -> Diagnostic {
    let message = format!("`{key}` is part of the text of `{text}`");
    Diagnostic::warning("swallowed-key", message, at)
        .here("it looks like a key, and has no effect")
        .help(format!("indent it as far as `{text}`, or quote it with backticks if it is text"))
}
