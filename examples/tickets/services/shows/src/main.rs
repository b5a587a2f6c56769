//! The function of the shows service that answers requests.

use runtime::{Aws, Error, serve_api};
use shows_contract::Routes;
use tickets_shows::Service;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_api(Routes::new(Service::new(&aws))).await
}
