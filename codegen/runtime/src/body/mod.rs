//! Bodies that are not JSON: files, forms of both kinds, and the choice between media types.

mod file;
mod form;
mod media;
mod multipart;

pub use file::File;
pub(crate) use form::{parse_pairs, read_form, write_form};
pub(crate) use media::{bare, is_media_type, is_text, narrowest, parameter, preferred};
pub use multipart::{FilePart, Form, FormData, FormWriter};
