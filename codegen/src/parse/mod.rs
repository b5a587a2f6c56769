//! From text to positioned syntax.
//!
//! Owns the tree of a contract file with a place for every node ([`Node`]), the YAML that it is read from
//! ([`yaml`]), and the tables of keywords that OpenAPI, AsyncAPI and our own vocabulary know, against which a
//! tree is checked ([`shape`], [`keywords`]). Follows no reference and knows nothing of what a contract means.

mod children;
pub mod dialect;
pub mod keywords;
pub mod node;
pub mod shape;
mod tabs;
pub mod yaml;

pub use children::{List, Map};
pub use dialect::Dialect;
pub use node::{Entry, Node, Value, escape};

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
