//! Files: bytes with the media type and the name that a client gives them.

use std::fmt;

use crate::value::Bytes;

/// A file, as a part of a form or as a body whose media type the contract leaves open.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Its bytes, exactly as they were sent.
    pub content: Bytes,
    /// Its media type: `image/png`.
    pub content_type: Option<String>,
    /// Its name, as the client wrote it. Never use it as a path.
    pub name: Option<String>,
}

impl File {
    /// A file of a media type, without a name.
    #[must_use]
    pub fn new(content_type: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { content: content.into(), content_type: Some(content_type.into()), name: None }
    }

    /// The same file under a name.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }
}

/// The content is told by its size, so that no log holds it.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("n_bytes", &self.content.len())
            .field("content_type", &self.content_type)
            .field("name", &self.name)
            .finish()
    }
}
