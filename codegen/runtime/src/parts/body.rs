//! The body of a request that is being read, required or optional.

use std::borrow::Cow;

use crate::body::File;
use crate::style::{Shape, settle};
use crate::{At, Decode, Json, Reader, Violations, decode_body_as, value::Bytes};

/// A body that is being read.
#[derive(Debug)]
pub struct Body<'p, 'a> {
    pub(super) content: Content<'a>,
    pub(super) out: &'p mut Violations,
}

#[derive(Debug)]
pub(super) enum Content<'a> {
    /// JSON, yet to be parsed: its texts are borrowed where it is read.
    Json(Cow<'a, [u8]>),
    Tree(Json, Shape),
    Text(String),
    File(File),
    Absent,
    /// What is wrong has been told.
    Wrong,
}

impl Body<'_, '_> {
    /// A body that must be there.
    pub fn required<T: Decode>(self) -> Option<T> {
        self.required_as(T::decode)
    }

    /// As [`Body::required`], read by a function that knows rules which its type does not.
    pub fn required_as<T>(self, read: impl Reader<T>) -> Option<T> {
        match self.content {
            Content::Absent => {
                self.out.missing("/body");
                None
            }
            _ => self.optional_as(read).flatten(),
        }
    }

    /// A body that may be absent.
    pub fn optional<T: Decode>(self) -> Option<Option<T>> {
        self.optional_as(T::decode)
    }

    /// As [`Body::optional`], read by a function that knows rules which its type does not.
    pub fn optional_as<T>(self, read: impl Reader<T>) -> Option<Option<T>> {
        match self.content {
            Content::Json(bytes) => decode_body_as(&bytes, self.out, read).map(Some),
            Content::Tree(value, shape) => settle("/body", value, &shape, self.out, read).map(Some),
            Content::Text(text) => read(&At::text("/body", &text), self.out).map(Some),
            Content::Absent => Some(None),
            Content::File(_) | Content::Wrong => None,
        }
    }

    /// The bytes of a body that must be there.
    pub fn content(self) -> Option<Bytes> {
        self.file().map(|file| file.content)
    }

    /// The bytes of a body that may be absent.
    pub fn optional_content(self) -> Option<Option<Bytes>> {
        self.optional_file().map(|file| file.map(|file| file.content))
    }

    /// A file that must be there.
    pub fn file(self) -> Option<File> {
        match self.content {
            Content::File(file) => Some(file),
            Content::Absent => {
                self.out.missing("/body");
                None
            }
            _ => None,
        }
    }

    /// A file that may be absent.
    pub fn optional_file(self) -> Option<Option<File>> {
        match self.content {
            Content::Absent => Some(None),
            _ => self.file().map(Some),
        }
    }
}
