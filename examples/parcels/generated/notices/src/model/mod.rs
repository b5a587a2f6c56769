// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the notices service.

mod notice;
mod parcel_assigned;
mod parcel_registered;
mod rules;
mod scalars;

pub use notice::Notice;
pub use parcel_assigned::ParcelAssigned;
pub use parcel_registered::ParcelRegistered;
pub use scalars::{
    NoticeKind, NoticeText, ParcelAssignedCourier, ParcelAssignedVersion, ParcelId,
    ParcelRegisteredVersion, Recipient, WeightGrams,
};
