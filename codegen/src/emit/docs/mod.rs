//! Documents for people: the architecture page, a reference for each service, and the runbook.
//!
//! Owns what the pages say; `templates/docs` owns how they are laid out. Templates get finished strings only.

mod architecture;
mod diagram;
mod example;
mod markdown;
mod reference;
mod runbook;
#[cfg(test)]
mod tests;
mod types;

pub use diagram::Language;
pub(super) use diagram::flowchart;
pub(super) use example::example;

use askama::Template;

use crate::model::System;
use crate::text::FileSet;

/// `docs/architecture.md`, `docs/runbook.md` and `docs/reference/<service>.md`.
pub(super) fn emit_docs(system: &System, files: &mut FileSet) {
    files.insert("docs/architecture.md", render(&architecture::page(system)));
    files.insert("docs/runbook.md", render(&runbook::page(system)));
    for service in &system.services {
        let path = format!("docs/reference/{}.md", service.name.wire);
        files.insert(path, render(&reference::page(service)));
    }
}

/// The text of a page. Rendering writes to memory only, which cannot fail.
fn render(page: &impl Template) -> String {
    match page.render() {
        Ok(text) => text,
        Err(error) => unreachable!("a page of finished strings was not rendered: {error}"),
    }
}
