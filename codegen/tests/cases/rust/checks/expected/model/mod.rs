// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod both;
mod card;
mod parcel;
mod parcel_variant1;
mod parcel_variant2;
mod pet;
mod rules;
mod scalars;
mod schemas;
mod thing;
mod thing_apart;
mod thing_code;
mod tree;
mod tree_variant1;
mod tree_variant2;
mod untyped;
mod untyped_object;

pub use both::Both;
pub use card::Card;
pub use parcel::Parcel;
pub use parcel_variant1::ParcelVariant1;
pub use parcel_variant2::ParcelVariant2;
pub use pet::Pet;
pub use scalars::{
    Nest, ThingAmount, ThingCodeInteger, ThingCodeString, ThingDue, ThingDue2,
    ThingExact, ThingFixed, ThingLabels, ThingLoose, ThingMixed, ThingName, ThingNever,
    ThingNothing, ThingPair, ThingSecret, ThingShort, ThingSome, ThingSomething,
    ThingStamp, ThingUnlike,
};
pub use schemas::SCHEMAS;
pub use thing::Thing;
pub use thing_apart::ThingApart;
pub use thing_code::ThingCode;
pub use tree::Tree;
pub use tree_variant1::TreeVariant1;
pub use tree_variant2::TreeVariant2;
pub use untyped::Untyped;
pub use untyped_object::UntypedObject;
