//! The CloudFormation template.

use crate::model::System;
use crate::text::FileSet;

/// `infra/template.yaml`.
pub(super) fn emit_template(_system: &System, _files: &mut FileSet) {}
