//! The function of the bookings service that takes events: `giveBack`.

use bookings_contract::GiveBackConsumer;
use runtime::{Aws, Error, serve_event};
use tickets_bookings::Service;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_event(GiveBackConsumer::new(Service::new(&aws))).await
}
