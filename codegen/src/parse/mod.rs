//! From text to syntax trees with positions.
//!
//! This module owns the tree of a contract file, with a position for every node ([`Node`]), the YAML reader
//! ([`yaml`]), and the tables of keywords of OpenAPI, AsyncAPI and the project's own vocabulary, against which a tree
//! is checked ([`shape`], [`keywords`]). It follows no references, and does not know what a contract means.

mod blanks;
mod children;
mod correction;
pub mod dialect;
mod effect;
pub(crate) mod json;
pub mod keywords;
pub mod misplaced;
mod mistakes;
pub mod node;
pub mod shape;
mod swallowed;
mod unknown;
mod versions;
pub mod yaml;

pub use children::{List, Map};
pub use dialect::Dialect;
pub use node::{Entry, Node, Value};

/// Whether something holds of all items; unlike `all`, it looks at every one, so that each can be reported.
pub(crate) fn every<T>(
    items: impl IntoIterator<Item = T>,
    mut holds: impl FnMut(T) -> bool,
) -> bool {
    let mut sound = true;
    for item in items {
        sound &= holds(item);
    }
    sound
}
