//! The function that records what orders sold.

use product::Service;
use product_contract::RecordSalesConsumer;
use runtime::Aws;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    let aws = Aws::load().await;
    runtime::serve_queue(RecordSalesConsumer::new(Service::new(&aws))).await
}
