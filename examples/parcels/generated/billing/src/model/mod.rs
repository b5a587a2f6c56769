// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the billing service.

mod charge;
mod parcel_registered;
mod rules;
mod scalars;

pub use charge::Charge;
pub use parcel_registered::ParcelRegistered;
pub use scalars::{
    ChargeCents, ParcelId, ParcelRegisteredVersion, Recipient, WeightGrams,
};
