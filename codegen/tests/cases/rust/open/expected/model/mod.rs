// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod find_things_where_item;
mod large;
mod scalars;
mod schemas;
mod small;
mod thing;
mod thing_kind;
mod thing_part;

pub use find_things_where_item::FindThingsWhereItem;
pub use large::Large;
pub use scalars::{ThingNever, ThingNothing};
pub use schemas::SCHEMAS;
pub use small::Small;
pub use thing::Thing;
pub use thing_kind::ThingKind;
pub use thing_part::ThingPart;
