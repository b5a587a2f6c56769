//! The function of the basket service that handles requests.

use basket::Service;
use basket_contract::Routes;
use runtime::{Aws, Error, serve_api};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_api(Routes::new(Service::new(&aws))).await
}
