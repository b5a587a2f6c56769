//! Operations, parameters, bodies and responses.

use super::shape::{listed, nearest};
use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// An `operationId` that another operation of the document has.
#[must_use]
pub fn operation_id_twice(id: &str, at: Span, first: Span) -> Diagnostic {
    Diagnostic::error("operation-id-twice", format!("the `operationId` `{id}` occurs twice"), at)
        .also(first, "the first one")
}

/// A path that cannot be served.
#[must_use]
pub fn bad_path(path: Key<'_>, why: &str, help: Option<&str>) -> Diagnostic {
    Diagnostic::error("bad-path", format!("the path `{}` is not supported", path.name), path.span)
        .here(why)
        .maybe_help(help.map(str::to_owned))
}

/// A path that API Gateway keeps for itself behind a domain of one's own.
///
/// **Source** API Gateway developer guide, "Amazon API Gateway important notes".
#[must_use]
pub fn reserved_path(at: Span, path: &str) -> Diagnostic {
    let message = format!("behind a custom domain, requests to `{path}` do not reach the API");
    Diagnostic::warning("reserved-path", message, at)
        .here("API Gateway keeps this path for its own health checks")
        .help("choose another path, such as `/health`")
}

/// A fragment in a path, which no request has.
#[must_use]
pub fn fragment_in_path(path: Key<'_>, served: &str) -> Diagnostic {
    let message = format!("the path `{}` is served as `{served}`", path.name);
    Diagnostic::warning("fragment-in-path", message, path.span)
        .here("clients do not send the fragment after `#`")
}

/// An operation whose route is taken, because its path differs in the fragment only.
#[must_use]
pub fn operation_left_out(at: Span, (method, path): (&str, &str), first: Span) -> Diagnostic {
    let message =
        format!("another operation already serves `{method} {path}`; this one is ignored");
    Diagnostic::warning("operation-left-out", message, at)
        .also(first, "the other operation")
        .help("describe both in one operation, with `oneOf`")
}

/// A server whose base path is not that of the first server, which is the one that is served.
#[must_use]
pub fn other_base_path(at: Span, path: &str, served: &str) -> Diagnostic {
    let (path, served) = (base_path(path), base_path(served));
    let message = format!("this server has {path}, but the API is served under {served}");
    Diagnostic::warning("other-base-path", message, at)
        .here("only the base path of the first server is used")
        .help("use the same base path for all servers, or move the server to use to the top")
}

/// A variable of a server with values that lead to base paths which are not served.
#[must_use]
pub fn other_base_path_value(variable: Key<'_>, values: &[&str], served: &str) -> Diagnostic {
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    let message = format!(
        "with {} for `{}` this server has another base path, but the API is served under {}",
        values.join(", "),
        variable.name,
        base_path(served)
    );
    Diagnostic::warning("other-base-path", message, variable.span)
        .here("only the default counts")
        .help("take the other values out, or describe each version of the API as a service")
}

/// A server with a base path that nobody knows.
#[must_use]
pub fn unknown_base_path(at: Span, variable: &str, served: &str) -> Diagnostic {
    let message = format!(
        "the base path of this server is unknown; the API is served under {}",
        base_path(served)
    );
    Diagnostic::warning("unknown-base-path", message, at)
        .here(format!("`{variable}` is not a variable with a default"))
        .help(format!("define it below the server:\nvariables: {{{variable}: {{default: …}}}}"))
}

fn base_path(path: &str) -> String {
    if path.is_empty() { "no base path".to_owned() } else { format!("`{path}`") }
}

/// A body where HTTP gives it no meaning, which is ignored (OpenAPI 3.0.3, section 4.7.10.1).
#[must_use]
pub fn body_not_allowed(at: Span, method: &str) -> Diagnostic {
    let message = format!("a `{method}` request has no body; this `requestBody` is ignored");
    Diagnostic::warning("body-not-allowed", message, at)
        .help("use query parameters, or the method `post`")
}

/// An `operationId` without a letter or digit.
#[must_use]
pub fn empty_operation_id(at: Span) -> Diagnostic {
    Diagnostic::error("bad-operation-id", "the `operationId` has no letter or digit", at)
        .help("write a verb and a noun: `operationId: listOrders`, or remove the key")
}

/// A security scheme that the document does not describe.
#[must_use]
pub fn unknown_scheme<'a>(entry: Key<'_>, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let near = nearest(entry.name, known);
    let message = format!("security scheme `{}` does not exist", entry.name);
    Diagnostic::error("unknown-scheme", message, entry.span).here("nothing has this name").help(
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "define it in `components: securitySchemes:`".to_owned(),
        },
    )
}

/// A security scheme that is required by its URI in another document.
#[must_use]
pub fn scheme_elsewhere(entry: Key<'_>) -> Diagnostic {
    let message = format!("security scheme `{}` is in another document", entry.name);
    let name = entry.name.rsplit('/').next().unwrap_or(entry.name);
    Diagnostic::error("unknown-scheme", message, entry.span)
        .here("only the schemes of the own document can be required")
        .help(format!(
            "refer to it there, and require it by its name `{name}`:\ncomponents:\n  securitySchemes:\n    {name}:\n      $ref: '{}'",
            entry.name
        ))
}

/// A parameter that an operation or path has already.
#[must_use]
pub fn parameter_twice(at: Span, first: Span, place: &str, name: &str) -> Diagnostic {
    Diagnostic::error("parameter-twice", format!("the {place} parameter `{name}` occurs twice"), at)
        .also(first, "the first one")
}

/// A header of a response that it has already.
#[must_use]
pub fn header_twice(entry: Key<'_>, first: Span) -> Diagnostic {
    let message = format!("the header `{}` occurs twice", entry.name);
    Diagnostic::error("parameter-twice", message, entry.span)
        .here("names of headers do not depend on case")
        .also(first, "the first one")
}

/// A name that its place cannot carry.
#[must_use]
pub fn bad_wire_name(name: Key<'_>, place: &str) -> Diagnostic {
    let message = match name.name {
        "" => format!("a {place} parameter has an empty name"),
        name => format!("no {place} can have the name `{}`", name.escape_debug()),
    };
    let allowed = match place {
        "header" => "use letters, digits and `-`",
        "cookie" => "use letters, digits, `-` and `_`",
        _ => "give it a name",
    };
    Diagnostic::error("bad-wire-name", message, name.span).help(allowed)
}

/// A parameter or header that has two descriptions.
#[must_use]
pub fn schema_and_content(at: Span, what: &str, name: &str) -> Diagnostic {
    let message = format!("the {what} `{name}` has both `schema` and `content`");
    Diagnostic::error("described-twice", message, at)
        .help("remove `content`; or remove `schema`, `style` and `explode`")
}

/// A parameter or header with more than one media type.
#[must_use]
pub fn several_contents(entry: Key<'_>, what: &str, name: &str) -> Diagnostic {
    let message = format!("the `content` of the {what} `{name}` has several media types");
    Diagnostic::error("described-twice", message, entry.span).help("keep one of them")
}

/// A query string that is not a form.
#[must_use]
pub fn querystring_content(entry: Key<'_>) -> Diagnostic {
    let message = format!("a query string of the media type `{}` is not supported", entry.name);
    Diagnostic::error("parameter-content", message, entry.span).help(
        "describe it as `application/x-www-form-urlencoded`, or as parameters with `in: query`",
    )
}

/// A header that OpenAPI keeps for itself.
#[must_use]
pub fn reserved_header(at: Span, name: &str) -> Diagnostic {
    let message = format!("the header parameter `{name}` is ignored");
    Diagnostic::warning("reserved-header", message, at).help(
        "`Accept` and `Content-Type` are described by `content`, and `Authorization` by `security`",
    )
}

/// A response header that arrives under another name.
#[must_use]
pub fn header_remapped(header: Key<'_>, arrives: &str) -> Diagnostic {
    let message = format!("the response header `{}` arrives as `{arrives}`", header.name);
    Diagnostic::warning("header-renamed", message, header.span)
        .here("API Gateway renames it in answers of functions")
        .help("use a header of another name, or expect clients to read that one")
}

/// A response header that does not arrive.
#[must_use]
pub fn header_dropped(header: Key<'_>) -> Diagnostic {
    let message = format!("the response header `{}` of a function does not arrive", header.name);
    Diagnostic::warning("header-renamed", message, header.span)
        .here("API Gateway drops it, or sets it by itself")
        .help("remove it, or use a header of another name")
}

/// A parameter or header without schema.
#[must_use]
pub fn no_schema(at: Span, what: &str, name: &str) -> Diagnostic {
    Diagnostic::error("no-schema", format!("the {what} `{name}` has no `schema`"), at)
        .help("add one:\nschema:\n  type: string")
}

/// An objective that no alarm can watch.
#[must_use]
pub fn bad_objective(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("bad-objective", format!("invalid `x-objective`: {why}"), at)
        .help("write:\nx-objective:\n  errors: 0.01\n  latencyMs: 800")
}

/// An `x-error` that does not fit its schema.
#[must_use]
pub fn bad_error(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("bad-error", format!("invalid `x-error`: {why}"), at).help(
        "map the error's parts to properties of the schema:\nx-error:\n  status: code\n  detail: message\n  violations: errors",
    )
}

/// The whole query beside another description of it or of a part of it.
#[must_use]
pub fn querystring_beside(at: Span, name: &str, other: Span, other_name: &str) -> Diagnostic {
    let message =
        format!("`{name}` describes the whole query, so `{other_name}` cannot be a part of it");
    Diagnostic::error("querystring-beside", message, at)
        .also(other, format!("`{other_name}` is described here"))
        .help("make the other parameters properties of its schema, or describe each of them `in: query`")
}

/// An `x-error` that leads to errors which their own schema does not allow.
#[must_use]
pub fn error_misfit(at: Span) -> Diagnostic {
    let message = "an error that is made by this `x-error` does not fit its schema";
    Diagnostic::warning("error-misfit", message, at)
        .here("the runtime answers with it, and violates the contract")
        .help(
            "only a request that violates the contract has `violations`, and the texts of errors are longer than a few words; \
             relax the schema, or remove `x-error` to make errors by a method",
        )
}

/// A style that does not exist where it stands.
#[must_use]
pub fn unsupported_style(at: Span, style: &str, place: &str, known: &[&'static str]) -> Diagnostic {
    let message = format!("the style `{style}` is not allowed in a {place}");
    Diagnostic::error("unsupported-style", message, at)
        .help(format!("allowed styles are {}", super::shape::listed(known)))
}

/// A list or object whose text could mean several things.
#[must_use]
pub fn not_told_apart(at: Span, why: &str) -> Diagnostic {
    let message = format!("the serialized value is ambiguous: {why}");
    Diagnostic::error("not-told-apart", message, at)
        .help("serialize it as JSON:\ncontent:\n  application/json:\n    schema: …")
}

/// A list or object whose text could mean several things, read and written in a way that means one.
#[must_use]
pub fn serialized_as_json(at: Span, why: &str) -> Diagnostic {
    let message = format!("OpenAPI does not define this serialization: {why}");
    Diagnostic::warning("serialized-as-json", message, at)
        .here("it is read and written as one JSON text")
        .help("say so:\ncontent:\n  application/json:\n    schema: …")
}

/// Two paths that differ in the names of parameters only, with different methods.
#[must_use]
pub fn path_of_other_names(at: Span, path: &str, first: (Span, &str)) -> Diagnostic {
    let message = format!("`{path}` is served as `{}`: both match the same requests", first.1);
    Diagnostic::warning("path-of-other-names", message, at)
        .here("handlers keep the names of their own parameters; the template uses those of the first path")
        .also(first.0, format!("`{}`", first.1))
        .help("use the same names in both paths")
}

/// An operation of a method that API Gateway does not know.
#[must_use]
pub fn trace_not_served(at: Span, path: &str) -> Diagnostic {
    let message = format!("`TRACE {path}` is not served: API Gateway has no such method");
    Diagnostic::warning("trace-not-served", message, at)
        .here("the operation is left out")
        .help("use `get`")
}

/// Server-sent events from an API that sends no part of a response before the whole.
#[must_use]
pub fn events_buffered(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` is sent as one text", entry.name);
    Diagnostic::warning("events-buffered", message, entry.span)
        .here("API Gateway buffers responses: clients get all events when the last one is written")
        .help("describe events that must arrive at once in AsyncAPI, or answer with the state instead")
}

/// A parameter or header that is described by a media type which is no text.
#[must_use]
pub fn parameter_content(entry: Key<'_>) -> Diagnostic {
    let message = format!("the media type `{}` is not supported for a parameter", entry.name);
    Diagnostic::error("parameter-content", message, entry.span)
        .help("use `application/json` or `text/plain`")
}

/// A path parameter that is not `required: true`.
#[must_use]
pub fn path_parameter_optional(at: Span, name: &str) -> Diagnostic {
    let message = format!("the path parameter `{name}` must be required");
    Diagnostic::error("path-parameter-optional", message, at).help("write `required: true`")
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
pub fn path_parameter_nowhere(
    at: Span,
    name: &str,
    path: Key<'_>,
    template: &[&str],
) -> Diagnostic {
    let near = nearest(name, template.iter().copied());
    let colon = format!(":{name}");
    let message = format!("the path has no parameter `{name}`");
    Diagnostic::warning("path-parameter-nowhere", message, at)
        .here("no request can have it; it is ignored")
        .also(path.span, "the path")
        .help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if path.name.split('/').any(|segment| segment == colon) => {
                format!("write `{{{name}}}` instead of `{colon}` in the path")
            }
            None => format!("add `{{{name}}}` to the path, or write `in: query`"),
        })
}

/// A body without a media type.
#[must_use]
pub fn no_media_type(at: Span) -> Diagnostic {
    Diagnostic::error("no-media-type", "the body has no media type", at)
        .help("add one:\ncontent:\n  application/json:\n    schema: …")
}

/// A body of which nothing is read.
#[must_use]
pub fn media_type_unread(entry: Key<'_>, why: &str) -> Diagnostic {
    let message = format!("a body of type `{}` is passed on as it is: {why}", entry.name);
    Diagnostic::warning("media-type-unread", message, entry.span)
        .here("nothing of its schema is checked")
}

/// A media type that is left out beside others.
#[must_use]
pub fn media_type_unused(entry: Key<'_>, why: &str, read_as: Option<&str>) -> Diagnostic {
    let message = format!("`{}` is skipped: {why}", entry.name);
    Diagnostic::warning("media-type-unused", message, entry.span).help(match read_as {
        Some(other) => format!(
            "requests with this media type are read as `{other}`; describe both there, with `oneOf`"
        ),
        None => {
            "requests with this media type get a `415` response, and no response uses it".to_owned()
        }
    })
}

/// A parameter of a media type that is not sent.
#[must_use]
pub fn media_type_parameter(entry: Key<'_>, parameter: &str, why: &str) -> Diagnostic {
    let parameter = parameter.escape_debug();
    let message = format!("the parameter `{parameter}` of a media type is not sent: {why}");
    Diagnostic::warning("media-type-parameter", message, entry.span)
}

/// An error of which the runtime knows no form.
#[must_use]
pub fn error_elsewhere(at: Span, declared: &[&str]) -> Diagnostic {
    let declared = listed(declared);
    let message =
        format!("the runtime does not write {declared}: its own errors are problem documents");
    Diagnostic::warning("error-elsewhere", message, at)
        .here("a request that violates the contract, or a failure, gets `application/problem+json`")
        .help("declare that, JSON with a schema, or `text/plain` with `type: string`; your code answers as declared")
}

/// A header that an error must have, and the runtime's own errors do not.
#[must_use]
pub fn error_without_header(at: Span, names: &[&str]) -> Diagnostic {
    let message = format!("the runtime's own errors do not have {}", listed(names));
    Diagnostic::warning("error-without-header", message, at)
        .here("a request that violates the contract, or a failure, gets a response without it")
        .help("remove `required: true` of the header; errors of your code have it")
}

/// A name that is no media type, or nearly a usual one.
#[must_use]
pub fn media_type_odd(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("`{}` is not a known media type", name.escape_debug());
    Diagnostic::warning("media-type-odd", message, at).help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write a type and a subtype, such as `application/json`".to_owned(),
    })
}

/// Bytes that should be kept out of logs.
#[must_use]
pub fn bytes_shown(at: Span) -> Diagnostic {
    let message = "`x-sensitive` does not hide the bytes of a whole body";
    Diagnostic::warning("sensitive-bytes", message, at)
        .here("`Debug` of its Rust type shows them")
        .help("do not log the value")
}

/// Text that the contract describes as an object.
#[must_use]
pub fn text_unchecked(at: Span, media_type: &str) -> Diagnostic {
    let message = format!(
        "a body of type `{media_type}` is passed on as a string; its schema is not checked"
    );
    Diagnostic::warning("text-unchecked", message, at).help(
        "also serve it as `application/json`, or describe it as a string:\nschema:\n  type: string",
    )
}

/// A body of bytes that the contract describes as an object or a list.
#[must_use]
pub fn bytes_unchecked(at: Span, media_type: &str) -> Diagnostic {
    let message =
        format!("a body of type `{media_type}` is passed on as bytes; its schema is not checked");
    Diagnostic::warning("text-unchecked", message, at).help(
        "also serve it as `application/json`, or describe it as bytes:\nschema:\n  type: string\n  format: binary",
    )
}

/// A media type that nothing is known of, with a schema.
#[must_use]
pub fn taken_for_json(entry: Key<'_>) -> Diagnostic {
    let message = format!("a body of type `{}` is read and written as JSON", entry.name);
    Diagnostic::warning("taken-for-json", message, entry.span)
        .here("what its schema describes is JSON under this media type")
        .help("name a media type that ends in `+json`, or describe it as bytes:\nschema:\n  type: string\n  format: binary")
}

/// Text in a response whose media type is a range.
#[must_use]
pub fn media_type_open(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` does not say which media type the response has", entry.name);
    Diagnostic::warning("media-type-open", message, entry.span)
        .here("one type of the range is always sent: `text/plain`, or `application/xml` of `application/*+xml`")
        .help("name the media type: `text/html`")
}

/// A form of parts whose names the contract leaves open.
#[must_use]
pub fn form_without_names(at: Span) -> Diagnostic {
    let message = "the schema names no property, and a form's parts are read by their names";
    Diagnostic::error("form-not-object", message, at).help(
        "name the parts:\ntype: object\nproperties:\n  file:\n    type: string\n    format: binary",
    )
}

/// A form that is no object with named properties.
#[must_use]
pub fn form_not_object(at: Span) -> Diagnostic {
    let message = "a form must be an object, whose properties are the form's parts";
    Diagnostic::error("form-not-object", message, at).help(
        "write an object with its properties:\ntype: object\nproperties:\n  file:\n    type: string\n    format: binary",
    )
}

/// A form whose schema says more than what each part is.
#[must_use]
pub fn form_unchecked(at: Span, has_alternatives: bool) -> Diagnostic {
    let message = "constraints across the parts of this form are not checked";
    let here = match has_alternatives {
        true => {
            "it has the parts of all alternatives; a part is required if all alternatives require it"
        }
        false => "each part is checked by itself",
    };
    Diagnostic::warning("form-unchecked", message, at)
        .here(here)
        .help("check it in the operation, or take one part of `application/json`")
}

/// Parts of a form that only `additionalProperties` is about.
#[must_use]
pub fn other_parts_unread(at: Span) -> Diagnostic {
    let message = "parts that the form does not name are ignored";
    Diagnostic::warning("form-unchecked", message, at)
        .here("they are neither read nor checked")
        .help("name each part in `properties`; `additionalProperties: false` refuses other parts")
}

/// A range of statuses with small letters.
#[must_use]
pub fn status_in_small_letters(entry: Key<'_>) -> Diagnostic {
    let (name, meant) = (entry.name, entry.name.to_uppercase());
    let message = format!("`{name}` is read as `{meant}` here, and by other tools as no status");
    Diagnostic::warning("status-spelling", message, entry.span).help(format!("write `{meant}`"))
}

/// A key of `responses` that is no status.
#[must_use]
pub fn bad_status(entry: Key<'_>) -> Diagnostic {
    Diagnostic::error(
        "bad-status",
        format!("`{}` is not a valid status code", entry.name),
        entry.span,
    )
    .help("write a status like `'200'`, a range like `4XX`, or `default`")
}

/// An operation that says only how it fails, and is taken to answer `204`.
#[must_use]
pub fn no_success(at: Span) -> Diagnostic {
    let message = "the operation declares no success response, so it returns `204` without content";
    Diagnostic::warning("no-success", message, at)
        .help("add one:\n'200':\n  description: What the client gets.")
}
