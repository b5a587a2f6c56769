//! The function of the bookings service that takes events: `writeReceipt`.

use bookings_contract::WriteReceiptConsumer;
use runtime::{Aws, Error, serve_event};
use tickets_bookings::Service;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_event(WriteReceiptConsumer::new(Service::new(&aws))).await
}
