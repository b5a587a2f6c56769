//! Rust: a contract crate for each service, and the client crate.

mod docs;
mod types;

use crate::model::{Service, System};
use crate::text::FileSet;

/// The contract crate of one service, below `<service>/`.
pub(super) fn emit_service(_system: &System, service: &Service, files: &mut FileSet) {
    types::emit_model(service, files);
}

/// The client crate, below `client/`.
pub(super) fn emit_client(_system: &System, _files: &mut FileSet) {}
