//! Operations, parameters, bodies and responses.

use super::shape::{listed, nearest};
use crate::diag::{Diagnostic, Found, Key};
use crate::source::Span;

/// An `operationId` that another operation of the document has.
#[must_use]
pub fn operation_id_twice(id: &str, at: Span, first: Span) -> Diagnostic {
    Diagnostic::error("operation-id-twice", format!("the `operationId` `{id}` occurs twice"), at)
        .also(first, "the first one")
}

/// A path that cannot be served.
#[must_use]
pub fn bad_path(path: Key<'_>, why: &str) -> Diagnostic {
    Diagnostic::error("bad-path", format!("the path `{}` cannot be served", path.name), path.span)
        .here(why)
}

/// A server whose base path is not that of the first server, which is the one that is served.
#[must_use]
pub fn other_base_path(at: Span, path: &str, served: &str) -> Diagnostic {
    let named =
        |path: &str| if path.is_empty() { "no base path".to_owned() } else { format!("`{path}`") };
    let message =
        format!("this server has {}, and the API is served below {}", named(path), named(served));
    Diagnostic::warning("other-base-path", message, at)
        .here("the base path of the first server counts")
        .help("give all servers one base path, or put the one to serve first")
}

/// A body where HTTP gives it no meaning, which is ignored (OpenAPI 3.0.3, section 4.7.10.1).
#[must_use]
pub fn body_not_allowed(at: Span, method: &str) -> Diagnostic {
    let message = format!("a `{method}` request has no body; this one is ignored");
    Diagnostic::warning("body-not-allowed", message, at)
        .help("take parameters in the query, or use `post`")
}

/// A security scheme that the document does not describe.
#[must_use]
pub fn unknown_scheme<'a>(entry: Key<'_>, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let near = nearest(entry.name, known);
    let message = format!("security scheme `{}` does not exist", entry.name);
    Diagnostic::error("unknown-scheme", message, entry.span).here("nothing has this name").help(
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "describe it under `components: securitySchemes:`".to_owned(),
        },
    )
}

/// A parameter that an operation or path has already.
#[must_use]
pub fn parameter_twice(at: Span, first: Span, place: &str, name: &str) -> Diagnostic {
    Diagnostic::error("parameter-twice", format!("the {place} parameter `{name}` occurs twice"), at)
        .also(first, "the first one")
}

/// A cookie parameter.
#[must_use]
pub fn cookie(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "unsupported-cookie",
        format!("cookie parameters are not supported (`{name}`)"),
        at,
    )
    .help("take it in a header: `in: header`")
}

/// A header that OpenAPI keeps for itself.
#[must_use]
pub fn reserved_header(at: Span, name: &str) -> Diagnostic {
    let message = format!("the header `{name}` is not described this way; it is ignored");
    Diagnostic::warning("reserved-header", message, at)
        .help("`Accept` and `Content-Type` follow from `content`, `Authorization` from `security`")
}

/// A parameter or header without schema.
#[must_use]
pub fn no_schema(at: Span, what: &str, name: &str) -> Diagnostic {
    Diagnostic::error("no-schema", format!("the {what} `{name}` has no `schema`"), at)
        .help("say what it holds:\nschema:\n  type: string")
}

/// A style of parameter that the generated code does not read.
#[must_use]
pub fn unsupported_style(style: Found<'_>, standard: &str) -> Diagnostic {
    let found = style.text.unwrap_or_default();
    Diagnostic::error(
        "unsupported-style",
        format!("the style `{found}` is not supported here"),
        style.span,
    )
    .help(format!("leave `style` away; `{standard}` is what such a parameter has"))
}

/// A path parameter that is not `required: true`.
#[must_use]
pub fn path_parameter_optional(at: Span, name: &str) -> Diagnostic {
    let message = format!("the path parameter `{name}` must be required");
    Diagnostic::error("path-parameter-optional", message, at).help("write `required: true`")
}

/// A parameter or header that is an object.
#[must_use]
pub fn not_text(at: Span, what: &str, name: &str) -> Diagnostic {
    let message = format!("the {what} `{name}` is neither a scalar nor a list of scalars");
    Diagnostic::error("not-text", message, at).help("give each property a parameter of its own")
}

/// A parameter of the template that nothing declares.
#[must_use]
pub fn undeclared_path_parameter(at: Span, name: &str, operation: (Span, String)) -> Diagnostic {
    let message = format!("the path parameter `{name}` is not declared");
    Diagnostic::error("undeclared-path-parameter", message, at)
        .also(operation.0, format!("for `{}`", operation.1))
        .help(format!(
            "declare it:\nparameters:\n  - name: {name}\n    in: path\n    required: true\n    schema:\n      type: string"
        ))
}

/// A path parameter that the template does not have.
#[must_use]
pub fn path_parameter_nowhere(at: Span, name: &str, path: Span, template: &[&str]) -> Diagnostic {
    let near = nearest(name, template.iter().copied());
    let message = format!("the path has no parameter `{name}`");
    Diagnostic::error("path-parameter-nowhere", message, at).also(path, "this is the path").help(
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write `{{{name}}}` into the path, or `in: query`"),
        },
    )
}

/// A body of which no media type is JSON.
#[must_use]
pub fn not_json(at: Span, names: &[&str], what: &str) -> Diagnostic {
    let message = match names {
        [] => format!("the {what} has no media type"),
        names => format!("a {what} in {} is not supported", listed(names)),
    };
    Diagnostic::error("not-json-body", message, at)
        .help("JSON is what is supported: `application/json`, or a type that ends in `+json`")
}

/// A media type beside the JSON one.
#[must_use]
pub fn media_type_unused(entry: Key<'_>, used: &str) -> Diagnostic {
    let message = format!("`{}` is not supported; only `{used}` is", entry.name);
    Diagnostic::warning("media-type-unused", message, entry.span)
}

/// A response's key that is no status.
#[must_use]
pub fn bad_status(entry: Key<'_>) -> Diagnostic {
    Diagnostic::error("bad-status", format!("`{}` is not a status", entry.name), entry.span)
        .help("write `'200'`, `4XX` or `default`")
}

/// An operation that says only how it fails, and is taken to answer `204`.
#[must_use]
pub fn no_success(at: Span) -> Diagnostic {
    let message = "the operation declares no answer for success; it answers `204` with nothing";
    Diagnostic::warning("no-success", message, at)
        .help("add one:\n'200':\n  description: What the client gets.")
}
