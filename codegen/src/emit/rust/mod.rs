//! Rust: a contract crate for each service, and the client crate.

mod authorizer;
mod client;
mod docs;
mod events;
mod fence;
mod forms;
mod manifest;
mod mock;
mod operations;
mod record;
mod refuse;
mod routes;
mod settings;
mod skeleton;
mod tables;
mod types;
mod written;

use super::crates::Crates;
use crate::model::{Service, System};
use crate::text::FileSet;

/// The contract crate of one service, below `<service>/`.
pub(super) fn emit_service(
    system: &System,
    service: &Service,
    crates: &Crates,
    files: &mut FileSet,
) {
    manifest::emit_frame(service, crates, files);
    types::emit_model(service, files);
    tables::emit_tables(service, files);
    operations::emit_operations(service, files);
    routes::emit_routes(service, files);
    events::emit_events(system, service, files);
    settings::emit_settings(service, files);
}

pub(super) use authorizer::emit_authorizer;
pub use authorizer::own_authorizer;
pub(super) use client::{call_name, emit_client};
pub(super) use docs::{doc_of, lines_doc};
pub(super) use operations::content::{body_variants, content_name, form_name};
pub(super) use operations::input::accepted;
pub use skeleton::{CrateFolders, Implementation, Rules, Skeleton, lacks_settings, skeleton};
pub(super) use types::ident;
