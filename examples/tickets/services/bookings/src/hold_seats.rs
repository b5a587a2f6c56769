//! `holdSeats`: Hold seats for a while

use bookings_contract::{
    Booking, BookingStatus, HoldSeatsError, HoldSeatsInput, HoldSeatsOutput, Money, MoneyAmount,
    OfferKey,
};
use runtime::{Context, Decimal, Failure, Problem, Timestamp, Written};

use crate::Service;

/// `POST /people/{person}/bookings`
///
/// The key of the attempt is the booking's id, so a repetition finds the booking that the first attempt made.
pub(crate) async fn hold_seats(
    service: &Service,
    _: &Context,
    input: HoldSeatsInput,
) -> Result<HoldSeatsOutput, HoldSeatsError> {
    let wanted = input.body;
    let Some(offer) = service.tables.offer.get(&OfferKey { show_id: wanted.show_id }).await? else {
        return Err(HoldSeatsError::NotFound(Problem::new(404, "The show cannot be booked.")));
    };
    let now = Timestamp::now();
    let total = offer.price.amount.get().checked_mul(Decimal::from(wanted.seats.get()));
    let total = total.ok_or_else(|| Failure::message("the total is out of range"))?;
    let booking = Booking {
        person: input.person,
        booking_id: input.idempotency_key,
        version: 1,
        show_id: wanted.show_id,
        title: offer.title.as_str().parse()?,
        seats: wanted.seats,
        total: Money::new(MoneyAmount::new(total)?, offer.price.currency),
        status: BookingStatus::Held,
        held_on: now.date(),
        held_at: now,
    };
    match service.tables.booking.create(&booking).await? {
        Written::Done => Ok(booking),
        Written::Refused(found) => Ok(found.ok_or_else(|| Failure::message("it was removed"))?),
    }
}
