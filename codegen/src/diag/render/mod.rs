//! Diagnostics as text, one form in each file.

mod text;

pub use text::render_text;
