//! `countSale`: Counts seats that were paid for.

use runtime::{EventContext, EventError, Failure, Reason, Transacted, Transaction, Update};
use shows_contract::{BookingPaid, Sale, SaleFields, ShowFields, ShowKey};

use crate::Service;

/// `BookingPaid`
///
/// The booking is noted and counted in one transaction, so a repetition counts nothing.
pub(crate) async fn booking_paid(
    service: &Service,
    _cx: &EventContext,
    event: BookingPaid,
) -> Result<(), EventError> {
    let tables = &service.tables;
    let counted =
        Update::new().add(ShowFields::SOLD, &event.seats).when(ShowFields::SHOW_ID.exists());
    let transaction = Transaction::new()
        .put_if(&tables.sale, &Sale::new(event.booking_id), SaleFields::BOOKING_ID.absent())
        .update(&tables.show, &ShowKey { show_id: event.show_id }, counted);
    match transaction.run().await? {
        Transacted::Done => Ok(()),
        Transacted::Cancelled(reasons) if reasons.first() == Some(&Reason::ConditionFailed) => {
            Ok(())
        }
        Transacted::Cancelled(_) => Err(Failure::message("the sale was not counted").into()),
    }
}
