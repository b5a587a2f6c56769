//! References that lead nowhere, or not where they should.

use crate::diag::{Diagnostic, catalog::shape};
use crate::source::{SourceMap, Span};

/// Why a reference cannot be followed.
#[derive(Debug)]
pub enum RefFault {
    /// It leads out of the files on disk.
    Remote,
    /// It leads out of the folder of contracts.
    Outside,
    /// There is no such file.
    NoFile {
        /// Its path.
        path: String,
        /// The nearest that there is.
        near: Option<String>,
    },
    /// The file was not fit to be read, which has been reported.
    Unread,
    /// A step of the pointer leads nowhere.
    NoName {
        /// The name that was looked for.
        name: String,
        /// The nearest that there is, and where.
        near: Option<(String, Span)>,
        /// The first of those that there are.
        known: Vec<String>,
        /// How many there are.
        n_known: usize,
    },
    /// The part after `#` is not a pointer.
    NoPointer,
    /// It leads back to itself.
    Circle,
}

/// A reference that cannot be followed; nothing where the reason was reported already.
#[must_use]
pub fn broken(
    sources: &SourceMap,
    at: Span,
    text: &str,
    kind: &str,
    reason: &RefFault,
) -> Option<Diagnostic> {
    let error = |message: String| Diagnostic::error("unresolved-ref", message, at);
    Some(match reason {
        RefFault::Unread => return None,
        RefFault::Remote => {
            Diagnostic::error("remote-ref", "references to another host are not supported", at)
                .help("copy the file into the contracts folder, and refer to it by its path")
        }
        RefFault::Outside => Diagnostic::error(
            "ref-outside",
            "the reference points outside the contracts folder",
            at,
        )
        .help(respelled(text).unwrap_or_else(|| "copy the file into the folder, and refer to the copy".to_owned())),
        RefFault::Circle => Diagnostic::error(
            "ref-circle",
            format!("the reference `{text}` is a cycle"),
            at,
        )
        .help(format!("one of the references must be replaced by {}", shape::a(kind))),
        RefFault::NoPointer => error(format!("`{text}` is neither a JSON pointer nor an anchor"))
            .help(respelled(text).unwrap_or_else(|| "after `#`, write a JSON pointer such as `/components/schemas/Name`, or the `$anchor` of a schema".to_owned())),
        RefFault::NoFile { path, near } => error(format!("the file `{path}` does not exist"))
            .here("paths are relative to this file")
            .maybe_help(respelled(text).or_else(|| near.as_ref().map(|near| format!("`{near}` exists")))),
        RefFault::NoName { name, near, known, n_known } => {
            let help = near.as_ref().map(|(near, place)| {
                let line = sources.position(*place).line;
                if place.file == at.file {
                    return format!("`{near}` exists (line {line})");
                }
                format!("`{near}` exists ({}:{line})", sources.file(place.file).path)
            });
            let pointer = text.split_once('#').map_or("", |(_, pointer)| pointer);
            let is_last = pointer.rsplit('/').next().is_none_or(|last| scalars::pointer::unescape(last) == *name);
            let what = match is_last {
                true => format!("{} ", section(text).unwrap_or(kind)),
                // A step on the way is a key of the document.
                false => String::new(),
            };
            error(format!("{what}`{name}` does not exist"))
                .here("nothing has this name")
                .maybe_help(respelled(text).or(help).or_else(|| there_are(known, *n_known)))
        }
    })
}

/// The object that a pointer names by the section of the components that it leads to: `schema`.
fn section(text: &str) -> Option<&'static str> {
    let (_, pointer) = text.split_once("#/components/")?;
    let (name, rest) = pointer.split_once('/')?;
    if rest.contains('/') {
        return None;
    }
    SECTIONS.iter().find(|(section, _)| *section == name).map(|(_, kind)| *kind)
}

/// The sections of the components, and what stands in each.
const SECTIONS: [(&str, &str); 10] = [
    ("schemas", "schema"),
    ("parameters", "parameter"),
    ("responses", "response"),
    ("requestBodies", "request body"),
    ("headers", "header"),
    ("examples", "example"),
    ("links", "link"),
    ("pathItems", "path item"),
    ("messages", "message"),
    ("securitySchemes", "security scheme"),
];

/// The same reference to the section for objects of another kind: `#/components/parameters/Id`.
#[must_use]
pub fn in_section(text: &str, kind: &str) -> Option<String> {
    let (file, pointer) = text.split_once("#/components/")?;
    let (_, name) = pointer.split_once('/')?;
    let (section, _) = SECTIONS.iter().find(|(_, of)| *of == kind)?;
    Some(format!("{file}#/components/{section}/{name}"))
}

/// A reference to the wrong section, where the right one has the name.
#[must_use]
pub fn other_section(at: Span, text: &str, kind: &str, right: &str) -> Diagnostic {
    let message = format!("`{text}` does not exist");
    Diagnostic::error("unresolved-ref", message, at)
        .here(format!("{} is expected here", shape::a(kind)))
        .help(format!("`{right}` exists"))
}

/// How a reference was probably meant to be spelled.
fn respelled(text: &str) -> Option<String> {
    let write = |text: &str| Some(format!("write `$ref: '{text}'`"));
    if text.contains(['‘', '’', '“', '”']) {
        return write(&text.replace(['‘', '’', '“', '”'], ""));
    }
    if text.contains('\\') {
        let is_drive = text.get(1..3) == Some(":\\");
        return match is_drive {
            true => Some("write a path relative to this file, with `/` between folders".to_owned()),
            false => write(&text.replace('\\', "/")),
        };
    }
    if let Some((file, name)) = text.split_once("#/definitions/") {
        return write(&format!("{file}#/components/schemas/{name}"));
    }
    let pointer = text.trim_start_matches('#').trim_start_matches('/');
    let is_pointer = ["components/", "channels/", "paths/"];
    let is_file = [".yaml", ".yml", ".json"].iter().any(|ending| pointer.contains(ending));
    (!is_file
        && !text.starts_with("#/")
        && is_pointer.iter().any(|start| pointer.starts_with(start)))
    .then(|| write(&format!("#/{pointer}")))
    .flatten()
}

/// A reference to a file of several schemas, without the name of one.
#[must_use]
pub fn whole_file(at: Span, text: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let path = text.trim_end_matches('#');
    let message =
        format!("`{text}` contains several schemas, and the reference names none of them");
    let shown: Vec<String> = known.iter().take(MAX_NAMES).map(|&name| name.to_owned()).collect();
    let help = match near.or(Some(known).filter(|known| known.len() == 1).map(|known| known[0])) {
        Some(name) => Some(format!("add the name: `{path}#/{name}`")),
        None => there_are(&shown, known.len()).map(|there| format!("add `#/` and a name: {there}")),
    };
    Diagnostic::error("unresolved-ref", message, at).maybe_help(help)
}

/// The names that there are, as far as one reads them.
fn there_are(known: &[String], n_known: usize) -> Option<String> {
    let shown = shape::listed(known);
    match n_known {
        0 => None,
        n if n > known.len() => Some(format!("there are {shown} and {} more", n - known.len())),
        1 => Some(format!("there is {shown}")),
        _ => Some(format!("there are {shown}")),
    }
}

/// How many names are listed where none resembles the one that was looked for.
pub const MAX_NAMES: usize = 8;

/// A reference to an object of another kind.
#[must_use]
pub fn other_kind(at: Span, text: &str, expected: &str, found: &str, target: Span) -> Diagnostic {
    let message =
        format!("`{text}` is {}, but {} is expected here", shape::a(found), shape::a(expected));
    Diagnostic::error("ref-kind", message, at)
        .also(target, format!("{} is defined here", shape::a(found)))
}
