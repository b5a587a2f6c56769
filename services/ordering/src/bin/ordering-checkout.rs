//! The function that turns checkouts into orders.

use ordering::Service;
use ordering_contract::PlaceOrderConsumer;
use runtime::Aws;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    let aws = Aws::load().await;
    runtime::serve_queue(PlaceOrderConsumer::new(Service::new(&aws))).await
}
