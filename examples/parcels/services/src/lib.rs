//! The parcel carrier: four services that show every way in which services can work together.
//!
//! - [`depot`] answers requests (synchronous), sends two versions of one event, and is woken by a schedule.
//! - [`courier`] takes from a queue and sends in turn (queue chaining), and follows parcels in the order of their scans
//!   (a FIFO queue). From the changes of where parcels are (the stream of a table) it keeps who is at a place.
//! - [`billing`] takes large batches from a queue; one that fails takes no other with it.
//! - [`notices`] takes from a queue what a pattern lets through, and is invoked by a rule directly (asynchronous).
//!
//! `ParcelRegistered` fans out to three of them. In a system of its own each would be a crate with a program for each
//! function, as the shop's are; here one program serves as all (`examples/functions.rs`).

pub mod billing;
pub mod courier;
pub mod depot;
pub mod notices;
