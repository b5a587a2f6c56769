//! The function of the bookings service that takes events: `noteOffer`.

use bookings_contract::NoteOfferConsumer;
use runtime::{Aws, Error, serve_queue};
use tickets_bookings::Service;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_queue(NoteOfferConsumer::new(Service::new(&aws))).await
}
