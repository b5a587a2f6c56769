//! The function behind the basket service's REST interface.

use basket::Service;
use basket_contract::Routes;
use runtime::Aws;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    let aws = Aws::load().await;
    runtime::serve_api(Routes::new(Service::new(&aws))).await
}
