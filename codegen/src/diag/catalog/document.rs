//! Documents as a whole: their version, and the services they make up.

use super::shape::listed;
use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// Files, but no service among them.
#[must_use]
pub fn no_service(at: Span) -> Diagnostic {
    Diagnostic::error("no-service", "this folder contains no service", at)
        .help("a service is a folder with an `openapi.yaml` or `asyncapi.yaml`, or with a `service.yaml` that names its documents")
}

/// A document that stands where none is read.
#[must_use]
pub fn not_read(at: Span, help: &str) -> Diagnostic {
    Diagnostic::warning("document-not-read", "this document is not part of any service", at)
        .here("it is ignored")
        .help(help)
}

/// A document that a service file names and that is not there.
#[must_use]
pub fn no_document(at: Span, path: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("no-document", format!("the file `{path}` does not exist"), at)
        .here("paths are relative to this file")
        .maybe_help(near.map(|near| format!("`{near}` exists")))
}

/// A document on another machine that a service file names.
#[must_use]
pub fn remote_document(at: Span, url: &str) -> Diagnostic {
    Diagnostic::error("no-document", format!("`{url}` is on another machine"), at)
        .here("only files are read")
        .help("download it into this folder, and name the file")
}

/// A document that has the name of the file that names documents.
#[must_use]
pub fn document_as_service_file(at: Span, standard: &str, path: &str) -> Diagnostic {
    let at = Span { end: at.start, ..at };
    let document = if standard == "openapi" { "an OpenAPI" } else { "an AsyncAPI" };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let ending = if path.ends_with(".json") { "json" } else { "yaml" };
    Diagnostic::error(
        "other-standard",
        format!("this is {document} document, not a service file"),
        at,
    )
    .here("a file called `service` only names the documents of its service")
    .help(format!("rename the file to `{folder}/{standard}.{ending}`"))
}

/// Two documents of the same kind for one service.
#[must_use]
pub fn two_documents(at: Span, first: Span, path: &str) -> Diagnostic {
    Diagnostic::error("two-documents", "the service already has a document of this kind", at)
        .also(first, format!("`{path}`"))
        .help("remove one of the two")
}

/// A dynamic reference where it would be a part of the template.
#[must_use]
pub fn dynamic_reference(at: Span) -> Diagnostic {
    let message = "`{{resolve:` begins a dynamic reference, which CloudFormation would replace in the template";
    Diagnostic::error("dynamic-reference", message, at).help(
        "write another text; a function reads a secret by a variable in `environment`, such as `DB_PASSWORD: {secret: shop/db}`",
    )
}

/// A document of another standard than its file name says.
#[must_use]
pub fn other_standard(entry: Key<'_>, expected: &str) -> Diagnostic {
    let message = format!("expected a document with `{expected}`, found `{}`", entry.name);
    let diagnostic = Diagnostic::error("other-standard", message, entry.span);
    if entry.name == "swagger" {
        return diagnostic.help("convert the Swagger 2.0 document to OpenAPI 3 first");
    }
    diagnostic.help(format!("rename the file to `{}.yaml`", entry.name))
}

/// A document that describes nothing.
#[must_use]
pub fn nothing_described(at: Span, parts: &[&str]) -> Diagnostic {
    let at = Span { end: at.start, ..at };
    Diagnostic::error("nothing-described", "the document is empty", at)
        .help(format!("add one of {}", listed(parts)))
}

/// A document that does not say what it is.
#[must_use]
pub fn no_version(at: Span, key: &str) -> Diagnostic {
    let at = Span { end: at.start, ..at };
    let version = if key == "arazzo" { "1.1.0" } else { "3.0.0" };
    Diagnostic::error("no-version", format!("the document has no `{key}`"), at)
        .help(format!("add the version as the first line: `{key}: {version}`"))
}

/// A document whose key for its version is misspelt.
#[must_use]
pub fn misspelt_version(entry: Key<'_>, key: &str) -> Diagnostic {
    Diagnostic::error("no-version", format!("the document has no `{key}`"), entry.span)
        .help(format!("did you mean `{key}`?"))
}

/// A document of a version that is not read.
#[must_use]
pub fn other_version(at: Span, key: &str, found: &str, read: &[&str]) -> Diagnostic {
    let message = format!("version `{found}` of `{key}` is not supported");
    let diagnostic = Diagnostic::error("other-version", message, at);
    if key == "asyncapi" && found.starts_with(['1', '2']) {
        return diagnostic.help(
            "convert the document to version 3 with the AsyncAPI CLI: `asyncapi convert <file> --target-version=3.0.0`",
        );
    }
    diagnostic.help(format!("supported versions are {}", listed(read)))
}

/// A folder whose name cannot be that of a service.
#[must_use]
pub fn bad_service_name(at: Span, name: &str, why: &str, better: &str) -> Diagnostic {
    Diagnostic::error("bad-service-name", format!("`{name}` is not a valid service name"), at)
        .here("the folder's name is the service's name")
        .help(format!("rename the folder to `{better}`: {why}"))
}

/// Contracts that were given up without a word, which only a fault of ours can cause.
#[must_use]
pub fn unexplained() -> Diagnostic {
    let message = "these contracts were refused, and the generator gave no reason";
    Diagnostic::error("unexplained", message, Span::default())
        .help("this is a bug in the generator; please report it with the contracts")
}

/// Rules that were not applied, because the contracts have errors.
#[must_use]
pub fn rules_left_out(at: Span, n: usize) -> Diagnostic {
    let text = format!("{n} rules need contracts without errors, and were not applied");
    let start = Span { end: at.start, ..at };
    Diagnostic::note("rules-left-out", text, start).help("fix the errors, and lint again")
}
