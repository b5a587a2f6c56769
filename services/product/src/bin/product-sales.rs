//! The function of the product service that receives events: `recordSales`.

use product::Service;
use product_contract::RecordSalesConsumer;
use runtime::{Aws, Error, serve_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_queue(RecordSalesConsumer::new(Service::new(&aws))).await
}
