//! Business rules of the bookings service, a file each.

mod give_back;
mod hold_seats;
mod note_offer;
mod pay_booking;
mod write_receipt;

use bookings_contract::{
    BookingPaid, GiveBack, HoldSeatsError, HoldSeatsInput, HoldSeatsOutput, HourPassed, NoteOffer,
    Operations, PayBookingError, PayBookingInput, PayBookingOutput, Publisher, ShowOpened, Tables,
    WriteReceipt,
};
use runtime::{Aws, Context, EventContext, EventError};

/// The bookings service.
#[derive(Debug, Clone)]
pub struct Service {
    /// The service's tables.
    pub tables: Tables,
    /// Publishes the service's events.
    pub publisher: Publisher,
}

impl Service {
    /// The service on the tables and buses that the function's environment names.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { tables: Tables::new(aws), publisher: Publisher::new(aws) }
    }
}

impl Operations for Service {
    fn tables(&self) -> &Tables {
        &self.tables
    }

    async fn hold_seats(
        &self,
        cx: &Context,
        input: HoldSeatsInput,
    ) -> Result<HoldSeatsOutput, HoldSeatsError> {
        hold_seats::hold_seats(self, cx, input).await
    }

    async fn pay_booking(
        &self,
        cx: &Context,
        input: PayBookingInput,
    ) -> Result<PayBookingOutput, PayBookingError> {
        pay_booking::pay_booking(self, cx, input).await
    }
}

impl NoteOffer for Service {
    async fn show_opened(&self, cx: &EventContext, event: ShowOpened) -> Result<(), EventError> {
        note_offer::show_opened(self, cx, event).await
    }
}

impl WriteReceipt for Service {
    async fn booking_paid(&self, cx: &EventContext, event: BookingPaid) -> Result<(), EventError> {
        write_receipt::booking_paid(self, cx, event).await
    }
}

impl GiveBack for Service {
    async fn hour_passed(&self, cx: &EventContext, event: HourPassed) -> Result<(), EventError> {
        give_back::hour_passed(self, cx, event).await
    }
}
