//! The functions of the case `existing` in one program, which serves as the one by whose name it is started.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    reason = "it uses what it needs of a case"
)]

#[path = "../../cases/rust/existing/expected/events.rs"]
#[rustfmt::skip]
mod events;
#[path = "../../cases/rust/existing/expected/model/mod.rs"]
#[rustfmt::skip]
mod model;
#[path = "../../cases/rust/existing/expected/operations/mod.rs"]
#[rustfmt::skip]
mod operations;
#[path = "../../cases/rust/existing/expected/routes.rs"]
#[rustfmt::skip]
mod routes;
#[path = "../../cases/rust/existing/expected/tables.rs"]
#[rustfmt::skip]
mod tables;

use events::{Welcome, WelcomeConsumer};
use model::{Customer, Order, Status};
use operations::Operations;
use runtime::{
    Aws, Change, Decimal, Error, EventContext, EventError, Failure, serve_api, serve_stream,
};
use tables::Tables;

struct Shop(Tables);

impl Operations for Shop {
    fn tables(&self) -> &Tables {
        &self.0
    }
}

impl Welcome for Shop {
    /// The order is in the same table, and comes along its stream too, but not to here.
    async fn changed(&self, _: &EventContext, change: Change<Customer>) -> Result<(), EventError> {
        let Change::Inserted { new } = change else { return Ok(()) };
        let customer_id = new.id.as_str().parse()?;
        let number = "welcome".parse()?;
        let (total, status) = (Decimal::new(0, 0), Status::Open);
        let order = Order { customer_id, number, total, status, image: None };
        Ok(self.0.order.put(&order).await?)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let started_as = std::env::args().next().unwrap_or_default();
    let shop = Shop(Tables::new(&Aws::load().await));
    match started_as.rsplit('/').next() {
        Some("shop") => serve_api(routes::Routes::new(shop)).await,
        Some("shop-welcome") => serve_stream(WelcomeConsumer::new(shop)).await,
        _ => Err(Error::RuntimeApi(format!("there is no function `{started_as}`"))),
    }
}
