//! Documents for people: the architecture page and a reference for each service.
//!
//! Owns what the pages say; `templates/docs` owns how they are laid out. Templates get finished strings only.

mod architecture;
mod diagram;
mod example;
mod markdown;
mod reference;
#[cfg(test)]
mod tests;
mod types;

use askama::Template;

use crate::model::System;
use crate::text::FileSet;

/// `docs/architecture.md` and `docs/reference/<service>.md`.
pub(super) fn emit_docs(system: &System, files: &mut FileSet) {
    files.insert("docs/architecture.md", render(&architecture::page(system)));
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
