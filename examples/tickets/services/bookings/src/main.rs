//! The function of the bookings service that answers requests.

use bookings_contract::Routes;
use runtime::{Aws, Error, serve_api};
use tickets_bookings::Service;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = Aws::load().await;
    serve_api(Routes::new(Service::new(&aws))).await
}
