//! `giveBack`: Gives seats back that nobody paid for in time.

use bookings_contract::{BookingFields, BookingIndexes, BookingKey, BookingStatus, HourPassed};
use runtime::{EventContext, EventError, Query, Timestamp, Update};

use crate::Service;

/// `HourPassed`
///
/// Those of today and of the day before are looked at.
pub(crate) async fn hour_passed(
    service: &Service,
    cx: &EventContext,
    event: HourPassed,
) -> Result<(), EventError> {
    let now = cx.time.unwrap_or_else(Timestamp::now);
    let before = |minutes: i32| now.plus_micros(-60_000_000 * i64::from(minutes)).unwrap_or(now);
    let latest = before(event.after_minutes.get());
    for day in [now.date(), before(24 * 60).date()] {
        let held = Query::partition(&day)
            .index(BookingIndexes::BY_DAY)
            .sort_at_most(&latest)
            .filter(BookingFields::STATUS.equals(&BookingStatus::Held));
        for booking in service.tables.booking.all(held).await? {
            let key = BookingKey { person: booking.person, booking_id: booking.booking_id };
            let given = Update::new()
                .set(BookingFields::STATUS, &BookingStatus::Cancelled)
                .when(BookingFields::STATUS.equals(&BookingStatus::Held));
            // Whoever paid meanwhile keeps the seats.
            let _ = service.tables.booking.update(&key, given).await?;
        }
    }
    Ok(())
}
