// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the courier service.

mod parcel_assigned;
mod parcel_registered;
mod parcel_scanned;
mod parcel_weighed;
mod position;
mod presence;
mod rules;
mod scalars;
mod trip;

pub use parcel_assigned::ParcelAssigned;
pub use parcel_registered::ParcelRegistered;
pub use parcel_scanned::ParcelScanned;
pub use parcel_weighed::ParcelWeighed;
pub use position::Position;
pub use presence::Presence;
pub use scalars::{
    ParcelAssignedCourier, ParcelAssignedVersion, ParcelId, ParcelRegisteredVersion,
    ParcelScannedVersion, ParcelWeighedVersion, Place, Recipient, ScanId, TripCourier,
    WeightGrams,
};
pub use trip::Trip;
