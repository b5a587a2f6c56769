// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the depot service.

mod look_for_late;
mod new_parcel;
mod parcel;
mod parcel_registered;
mod parcel_scanned;
mod parcel_weighed;
mod reminder;
mod rules;
mod scalars;
mod scan;

pub use look_for_late::LookForLate;
pub use new_parcel::NewParcel;
pub use parcel::Parcel;
pub use parcel_registered::ParcelRegistered;
pub use parcel_scanned::ParcelScanned;
pub use parcel_weighed::ParcelWeighed;
pub use reminder::Reminder;
pub use scalars::{
    LookForLateAfterHours, ParcelId, ParcelRegisteredVersion, ParcelScannedVersion,
    ParcelWeighedVersion, Place, Recipient, ReminderAfterHours, ReminderReminderId,
    ScanId, WeightGrams,
};
pub use scan::Scan;
