//! Diagnostics as text, one form in each file.

mod excerpt;
mod group;
mod text;

pub(crate) use excerpt::{visible, visible_lines};
pub use text::render_text;
