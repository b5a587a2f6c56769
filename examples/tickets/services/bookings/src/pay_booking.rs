//! `payBooking`: Pay for held seats

use bookings_contract::{
    BookingFields, BookingKey, BookingPaid, BookingStatus, PayBookingError, PayBookingInput,
    PayBookingOutput,
};
use runtime::{Context, Problem, Update, Updated};

use crate::Service;

/// `POST /people/{person}/bookings/{bookingId}/payment`
///
/// Seats that are paid for already are told of again; receivers count each booking once.
pub(crate) async fn pay_booking(
    service: &Service,
    cx: &Context,
    input: PayBookingInput,
) -> Result<PayBookingOutput, PayBookingError> {
    let key = BookingKey { person: input.person, booking_id: input.booking_id };
    let paid = Update::new()
        .set(BookingFields::STATUS, &BookingStatus::Paid)
        .when(BookingFields::STATUS.may_become(&BookingStatus::Paid, &BookingStatus::TRANSITIONS));
    let booking = match service.tables.booking.update(&key, paid).await? {
        Updated::Done(booking) => booking,
        Updated::Refused(None) => {
            return Err(PayBookingError::NotFound(Problem::new(404, "There is no such booking.")));
        }
        Updated::Refused(Some(_)) => {
            return Err(PayBookingError::Conflict(Problem::new(409, "The seats were given back.")));
        }
    };
    let event = BookingPaid::new(
        booking.booking_id,
        booking.show_id,
        booking.person.clone(),
        booking.seats,
    );
    service.publisher.booking_paid(cx, &event).await?;
    Ok(booking)
}
