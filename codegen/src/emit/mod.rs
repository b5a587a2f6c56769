//! From the model to files. Cannot fail: every refusal happened before.

mod cfn;
mod docs;
mod rust;
#[cfg(test)]
mod sample;

use crate::model::System;
use crate::text::FileSet;

/// All files that the system's contracts come to.
#[must_use]
pub fn emit(system: &System) -> FileSet {
    let mut files = FileSet::default();
    for service in &system.services {
        rust::emit_service(system, service, &mut files);
    }
    rust::emit_client(system, &mut files);
    cfn::emit_template(system, &mut files);
    docs::emit_docs(system, &mut files);
    files
}
