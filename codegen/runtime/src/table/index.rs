//! Indexes of a table by name, so that no rule spells an index or its key.

use std::marker::PhantomData;

use super::KeyNames;

/// An index of the items `T`. Generated code has one for each: `ProductIndexes::BY_CATEGORY`.
#[derive(Debug)]
pub struct Index<T> {
    pub(super) name: &'static str,
    pub(super) key: KeyNames,
    /// The attributes behind the first, where the key has several.
    pub(super) further: &'static [&'static str],
    item: PhantomData<fn() -> T>,
}

impl<T> Clone for Index<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Index<T> {}

impl<T> Index<T> {
    /// The index with this name and key.
    #[must_use]
    pub const fn new(name: &'static str, key: KeyNames) -> Self {
        Self { name, key, further: &[], item: PhantomData }
    }

    /// The index with further attributes in its key: those of the partition key, then those of the sort key.
    #[must_use]
    pub const fn with_further(self, further: &'static [&'static str]) -> Self {
        Self { further, ..self }
    }
}
