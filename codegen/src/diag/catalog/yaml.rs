//! Faults of files, and of the YAML in them.

use crate::diag::Diagnostic;
use crate::source::{FileError, FileId, Span};

/// A file that is not YAML.
#[must_use]
pub fn syntax(at: Span, detail: &str, help: Option<String>) -> Diagnostic {
    Diagnostic::error("yaml-syntax", "invalid YAML", at).here(detail).maybe_help(help)
}

/// A file without content.
#[must_use]
pub fn empty(at: Span) -> Diagnostic {
    Diagnostic::error("empty-file", "the file is empty", at)
        .help("a contract starts with `openapi: 3.0.3` or `asyncapi: 3.0.0`")
}

/// `---` in the middle of a file.
#[must_use]
pub fn several_documents(at: Span) -> Diagnostic {
    Diagnostic::error("several-documents", "the file contains more than one YAML document", at)
        .here("the second document starts here")
        .help("move it to a separate file")
}

/// A mapping or list, null or number as a key.
#[must_use]
pub fn complex_key(at: Span) -> Diagnostic {
    Diagnostic::error("complex-key", "a key must be a string", at)
}

/// A key that a mapping has already.
#[must_use]
pub fn duplicate_key(key: &str, at: Span, first: Span) -> Diagnostic {
    Diagnostic::error("duplicate-key", format!("the key `{key}` occurs twice"), at)
        .here("the second one")
        .also(first, "the first one")
        .help("remove one of the two, or merge their contents")
}

/// A merge key: YAML 1.2 has none, and readers differ.
#[must_use]
pub fn merge_key(at: Span) -> Diagnostic {
    Diagnostic::note(
        "merge-key",
        "`<<` is read as a merge key here, but some YAML parsers read it as an ordinary key",
        at,
    )
    .help("YAML 1.2 has no merge keys; repeat the keys, or share schemas with `$ref`")
}

/// A tag outside of YAML's core schema.
#[must_use]
pub fn foreign_tag(at: Span, tag: &str) -> Diagnostic {
    Diagnostic::error(
        "foreign-tag",
        format!("the YAML tag `{tag}` is not supported in a contract"),
        at,
    )
    .help("remove the tag")
}

/// Lists and mappings inside each other beyond the limit.
#[must_use]
pub fn too_deep(at: Span, limit: usize) -> Diagnostic {
    let message = format!("lists and mappings are nested more than {limit} levels deep");
    Diagnostic::error("too-deep", message, at)
}

/// An alias inside of what its anchor names.
#[must_use]
pub fn anchor_in_itself(at: Span) -> Diagnostic {
    Diagnostic::error("anchor-cycle", "the alias is inside the node that it repeats", at)
        .help("use `$ref` for a type that contains itself")
}

/// Aliases that repeat more nodes than the limit.
#[must_use]
pub fn alias_bomb(at: Span, limit: usize) -> Diagnostic {
    let message = format!("the aliases of this file expand to more than {limit} nodes");
    Diagnostic::error("alias-bomb", message, at)
        .help("share schemas with `$ref` instead of aliases")
}

/// An infinity or "not a number".
#[must_use]
pub fn not_json(at: Span, text: &str) -> Diagnostic {
    Diagnostic::error("not-json", format!("`{text}` has no equivalent in JSON"), at)
        .help(format!("write a finite number, or `'{text}'` for a string"))
}

/// A file that could not be read, with what the reader says of it.
#[must_use]
pub fn unreadable(file: FileId, fault: &FileError) -> Diagnostic {
    let end = u32::try_from(fault.shown.len()).unwrap_or(u32::MAX);
    let at = Span { file, start: end, end };
    Diagnostic::error("unreadable-file", format!("the file cannot be read: {}", fault.why), at)
        .maybe_help(fault.help.map(str::to_owned))
}
