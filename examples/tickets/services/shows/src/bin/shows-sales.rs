//! The function of the shows service that takes events: `countSale`.

use runtime::{Aws, Error, serve_queue};
use shows_contract::CountSaleConsumer;
use tickets_shows::Service;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_queue(CountSaleConsumer::new(Service::new(&aws))).await
}
