//! `noteOffer`: Notes that a show can be booked.

use bookings_contract::{Offer, ShowOpened};
use runtime::{EventContext, EventError};

use crate::Service;

/// `ShowOpened`
pub(crate) async fn show_opened(
    service: &Service,
    _cx: &EventContext,
    event: ShowOpened,
) -> Result<(), EventError> {
    let offer = Offer::new(event.show_id, event.title.as_str().parse()?, event.price);
    Ok(service.tables.offer.put(&offer).await?)
}
