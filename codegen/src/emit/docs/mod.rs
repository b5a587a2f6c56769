//! Documents for people: the architecture page and a reference for each service.

use crate::model::System;
use crate::text::FileSet;

/// `docs/architecture.md` and `docs/reference/<service>.md`.
pub(super) fn emit_docs(_system: &System, _files: &mut FileSet) {}
