//! Indexes of a table by name, so that no rule spells an index or its key.

use std::marker::PhantomData;

use super::KeyNames;

/// An index of the items `T`. Generated code has one for each: `ProductIndexes::BY_CATEGORY`.
#[derive(Debug)]
pub struct Index<T> {
    pub(super) name: &'static str,
    pub(super) key: KeyNames,
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
        Self { name, key, item: PhantomData }
    }
}
