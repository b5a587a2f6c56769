//! From the model to files. Cannot fail: every refusal happened before.

mod cfn;
mod docs;
mod rust;
#[cfg(test)]
mod sample;

use crate::model::System;
use crate::text::FileSet;

/// All files that the system's contracts come to. No part needs another, so each is made by a thread of its own.
#[must_use]
pub fn emit(system: &System) -> FileSet {
    let mut files = FileSet::default();
    std::thread::scope(|scope| {
        let services = system.services.iter().map(|service| {
            scope.spawn(move || made(|files| rust::emit_service(system, service, files)))
        });
        let mut parts: Vec<_> = services.collect();
        parts.push(scope.spawn(|| made(|files| rust::emit_client(system, files))));
        parts.push(scope.spawn(|| made(|files| cfn::emit_template(system, files))));
        parts.push(scope.spawn(|| made(|files| cfn::emit_constructs(system, files))));
        parts.push(scope.spawn(|| made(|files| docs::emit_docs(system, files))));
        for part in parts {
            match part.join() {
                Ok(part) => files.extend(part),
                // An emitter panicked, which is a fault of ours; it goes on where it would have without the thread.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    marked(&files)
}

/// What one emitter makes.
fn made(emit: impl FnOnce(&mut FileSet)) -> FileSet {
    let mut files = FileSet::default();
    emit(&mut files);
    files
}

/// Says at the head of each file of code what it is. Templates and documents say it themselves, and how they are used.
fn marked(files: &FileSet) -> FileSet {
    let mut marked = FileSet::default();
    for (path, text) in files.iter() {
        let comment = match path.rsplit_once('.') {
            Some((_, "rs" | "ts")) => "//",
            Some((_, "toml")) => "#",
            _ => {
                marked.insert(path, text);
                continue;
            }
        };
        let mark = "@generated from the contracts in spec/; edits are overwritten.";
        marked.insert(path, format!("{comment} {mark}\n\n{}\n", text.trim_end()));
    }
    marked
}
