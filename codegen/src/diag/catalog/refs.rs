//! References that lead nowhere, or not where they should.

use crate::diag::{Diagnostic, catalog::shape};
use crate::lower::RefFault;
use crate::source::{SourceMap, Span};

/// A reference that cannot be followed; nothing where the reason was reported already.
#[must_use]
pub(crate) fn broken(
    sources: &SourceMap,
    at: Span,
    text: &str,
    kind: &str,
    reason: &RefFault<'_>,
) -> Option<Diagnostic> {
    let error = |message: String| Diagnostic::error("unresolved-ref", message, at);
    Some(match reason {
        RefFault::Unread => return None,
        RefFault::Remote => {
            Diagnostic::error("remote-ref", "a reference to another host is not followed", at)
                .help("copy the file into the folder of contracts, and refer to it by its path")
        }
        RefFault::Outside => Diagnostic::error(
            "ref-outside",
            "the reference leads out of the folder of contracts",
            at,
        )
        .help("copy the file into the folder, and refer to it there"),
        RefFault::Circle => Diagnostic::error(
            "ref-circle",
            format!("the reference `{text}` leads back to itself"),
            at,
        )
        .help(format!("one of the links must be {} and not a reference", shape::a(kind))),
        RefFault::NoPointer => error(format!("`{text}` is not a JSON pointer"))
            .help("what follows `#` begins with `/`: `#/components/schemas/Name`"),
        RefFault::NoFile { path, near } => error(format!("there is no file `{path}`"))
            .here("paths are relative to the file that this stands in")
            .maybe_help(near.as_ref().map(|near| format!("`{near}` exists"))),
        RefFault::NoName { inside, name } => {
            let known = inside.entries().iter().map(|entry| entry.key.as_str());
            let near = shape::nearest(name, known).and_then(|near| inside.entry(near));
            let help = near.map(|entry| {
                let line = sources.position(entry.key_span).line;
                if entry.key_span.file == at.file {
                    return format!("`{}` exists (line {line})", entry.key);
                }
                let file = &sources.file(entry.key_span.file).path;
                format!("`{}` exists ({file}:{line})", entry.key)
            });
            error(format!("{kind} `{name}` does not exist"))
                .here("nothing has this name")
                .maybe_help(help)
        }
    })
}

/// A reference to an object of another kind.
#[must_use]
pub fn other_kind(at: Span, text: &str, expected: &str, found: &str, target: Span) -> Diagnostic {
    let message =
        format!("`{text}` is {}, and {} is expected here", shape::a(found), shape::a(expected));
    Diagnostic::error("ref-kind", message, at)
        .also(target, format!("{} stands here", shape::a(found)))
}
