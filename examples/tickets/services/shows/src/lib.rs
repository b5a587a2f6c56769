//! Business rules of the shows service, a file each.

mod count_sale;
mod get_poster;
mod open_show;
mod put_poster;

use runtime::{Aws, Context, EventContext, EventError};
use shows_contract::{
    BookingPaid, CountSale, GetPosterError, GetPosterInput, GetPosterOutput, OpenShowError,
    OpenShowInput, OpenShowOutput, Operations, Publisher, PutPosterError, PutPosterInput,
    PutPosterOutput, Tables,
};

/// The shows service.
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

    async fn open_show(
        &self,
        cx: &Context,
        input: OpenShowInput,
    ) -> Result<OpenShowOutput, OpenShowError> {
        open_show::open_show(self, cx, input).await
    }

    async fn put_poster(
        &self,
        cx: &Context,
        input: PutPosterInput,
    ) -> Result<PutPosterOutput, PutPosterError> {
        put_poster::put_poster(self, cx, input).await
    }

    async fn get_poster(
        &self,
        cx: &Context,
        input: GetPosterInput,
    ) -> Result<GetPosterOutput, GetPosterError> {
        get_poster::get_poster(self, cx, input).await
    }
}

impl CountSale for Service {
    async fn booking_paid(&self, cx: &EventContext, event: BookingPaid) -> Result<(), EventError> {
        count_sale::booking_paid(self, cx, event).await
    }
}
