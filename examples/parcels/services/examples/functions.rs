//! Every function of the parcel carrier in one program, which serves as the one by whose name it is started.
//!
//! The shop has a program for each function, as one deploys them. Here one is linked instead of eight.

// The crate around it has the name of the shop's, and no workspace takes two.
#[allow(unreachable_pub, reason = "generated as a part of a library")]
#[path = "../../generated/authorizer/src/guards.rs"]
#[rustfmt::skip]
mod guards;

use std::path::Path;

use billing_contract::ChargeParcelConsumer;
use courier_contract::{AssignConsumer, FollowConsumer, LocateConsumer};
use depot_contract::{RemindConsumer, Routes};
use notices_contract::{AnnounceConsumer, ConfirmConsumer};
use parcels::billing::Billing;
use parcels::courier::Courier;
use parcels::depot::Depot;
use parcels::notices::Notices;
use runtime::{Aws, Error, serve_api, serve_authorizer, serve_event, serve_queue, serve_stream};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let started_as = std::env::args().next().unwrap_or_default();
    let name = Path::new(&started_as).file_name().unwrap_or_default().to_owned();
    let aws = Aws::load().await;
    match name.to_str() {
        Some("authorizer") => serve_authorizer(&guards::GUARDS, None).await,
        Some("depot") => serve_api(Routes::new(Depot::new(&aws))).await,
        Some("depot-remind") => serve_event(RemindConsumer::new(Depot::new(&aws))).await,
        Some("courier-assign") => serve_queue(AssignConsumer::new(Courier::new(&aws))).await,
        Some("courier-follow") => serve_queue(FollowConsumer::new(Courier::new(&aws))).await,
        Some("courier-locate") => serve_stream(LocateConsumer::new(Courier::new(&aws))).await,
        Some("billing-charge") => {
            let settings = billing_contract::Settings::load(&aws).await?;
            serve_queue(ChargeParcelConsumer::new(Billing::new(&aws, settings))).await
        }
        Some("notices-announce") => {
            let settings = notices_contract::Settings::load(&aws).await?;
            serve_queue(AnnounceConsumer::new(Notices::new(&aws, settings))).await
        }
        Some("notices-confirm") => {
            let settings = notices_contract::Settings::load(&aws).await?;
            serve_event(ConfirmConsumer::new(Notices::new(&aws, settings))).await
        }
        _ => Err(Error::RuntimeApi(format!("there is no function `{}`", name.display()))),
    }
}
