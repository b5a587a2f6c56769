//! From the model to files. Cannot fail: every refusal happened before.

mod cfn;
mod crates;
mod docs;
mod rust;
#[cfg(test)]
mod sample;

pub use crates::Crates;
pub use docs::Language;
pub use rust::{Place, Rule, Skeleton, skeleton};

use crate::model::System;
use crate::text::FileSet;

/// All files that the system's contracts come to, with manifests as `crates` says.
#[must_use]
pub fn emit(system: &System, crates: &Crates) -> FileSet {
    let mut files = FileSet::default();
    for service in &system.services {
        rust::emit_service(system, service, crates, &mut files);
    }
    rust::emit_authorizer(system, crates, &mut files);
    rust::emit_client(system, crates, &mut files);
    cfn::emit_template(system, &mut files);
    cfn::emit_constructs(system, &mut files);
    docs::emit_docs(system, &mut files);
    marked(&files)
}

/// The system as a diagram: services, routes, events, queues and tables.
#[must_use]
pub fn diagram(system: &System, language: Language) -> String {
    docs::flowchart(system, language)
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
