//! `writeReceipt`: Writes a receipt.

use bookings_contract::{BookingPaid, Receipt};
use runtime::{EventContext, EventError};

use crate::Service;

/// `BookingPaid`
pub(crate) async fn booking_paid(
    service: &Service,
    _cx: &EventContext,
    event: BookingPaid,
) -> Result<(), EventError> {
    let receipt = Receipt::new(event.booking_id, event.person, event.seats);
    Ok(service.tables.receipt.put(&receipt).await?)
}
