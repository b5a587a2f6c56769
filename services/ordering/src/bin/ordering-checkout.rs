//! The function of the ordering service that receives events: `placeOrder`.

use ordering::Service;
use ordering_contract::PlaceOrderConsumer;
use runtime::{Aws, Error, serve_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_queue(PlaceOrderConsumer::new(Service::new(&aws))).await
}
