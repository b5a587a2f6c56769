//! Documents for people: the architecture page, a reference for each service, and the runbook, as Markdown and as one
//! page of HTML.
//!
//! Owns what the pages say; `templates/docs` owns how they are laid out. Templates get finished strings only.

mod architecture;
mod chart;
mod diagram;
mod example;
mod fitting;
mod layout;
mod made;
mod markdown;
mod picture;
mod reference;
mod runbook;
mod site;
mod style;
#[cfg(test)]
mod tests;
mod types;

pub use diagram::Language;
pub(super) use example::example;
pub(super) use types::capitalised;

use crate::model::System;
use crate::text::{FileSet, rendered};

/// `docs/architecture.md`, `docs/runbook.md` and `docs/reference/<service>.md`, and all of them as `docs/index.html`.
pub(super) fn emit_docs(system: &System, files: &mut FileSet) {
    files.insert("docs/architecture.md", rendered(&architecture::page(system)));
    files.insert("docs/runbook.md", rendered(&runbook::page(system)));
    for service in &system.services {
        let path = format!("docs/reference/{}.md", service.name.wire);
        files.insert(path, rendered(&reference::page(service)));
    }
    files.insert("docs/index.html", site::site(system, files));
}

/// The whole system as a diagram.
pub(super) fn diagram(system: &System, language: Language) -> String {
    chart::of_system(system).drawn(language)
}
