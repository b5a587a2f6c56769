//! The function behind the ordering service's REST interface.

use ordering::Service;
use ordering_contract::Routes;
use runtime::Aws;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    let aws = Aws::load().await;
    runtime::serve_api(Routes::new(Service::new(&aws))).await
}
