//! What a run leaves on a stage that is not its own, and how it is removed again.
//!
//! Everything that a run makes is told from everything else by its customers' names and its categories. What REST can
//! remove is removed by REST; what it cannot, past the API, where the stack says how its tables are called. What stays
//! is said, and never passed over in silence.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::catalogue;
use crate::cli::RunArgs;
use crate::drain::each;
use crate::expect::Cause;
use crate::journeys::{Journey, Shared};
use crate::shop;
use crate::stack::{self, Ours};
use crate::target::{Deployed, Target};
use crate::terminal::count;

/// How long the queues may take until they are empty.
const QUIET_WITHIN: Duration = Duration::from_secs(10);

/// How often they are looked at until then.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// What became of everything that the run made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// What was removed, as one line.
    pub removed: String,
    /// What stays, one sentence each.
    pub stays: Vec<String>,
}

/// What a run is about to make, for whoever is asked to bear it.
#[must_use]
pub fn announcement(args: &RunArgs, run: &str, target: &Target) -> String {
    let planned = |journey: Journey| {
        let rate = args.rates().get(&journey).copied().unwrap_or_default();
        (rate * args.run_time.as_secs_f64()).ceil() as u64
    };
    let (orders, baskets) = (planned(Journey::Checkout), planned(Journey::Fill));
    let afterwards = match target {
        Target::Stack(_) => "all of it is removed at the end",
        Target::Local(..) | Target::Url => {
            "products and baskets are removed at the end, orders stay, for the contract removes none"
        }
    };
    format!(
        "{} products, about {} baskets and {} orders of customers lt-{run}-…; {afterwards}",
        catalogue::N_PRODUCTS,
        count(orders + baskets),
        count(orders),
    )
}

/// Removes what the run made.
pub async fn clean_up(target: &Target, shared: &Shared) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let n_products = shared.catalogue.len();
    let n_left = catalogue::clear(&shared.base, &shared.catalogue).await;
    if n_left > 0 {
        cleaned.stays.push(format!("{n_left} products: the shop did not remove them"));
    }
    cleaned.removed = format!("{} products", n_products - n_left);
    match target {
        Target::Stack(deployed) => past_the_api(deployed, shared, &mut cleaned).await,
        Target::Local(..) | Target::Url => by_rest(shared, &mut cleaned).await,
    }
    cleaned
}

/// The numbers of the customers of a journey who came.
fn came(shared: &Shared, journey: Journey) -> Vec<u64> {
    let n_started = shared.clock(journey).map_or(0, |clock| clock.n_started());
    (0..n_started).collect()
}

async fn by_rest(shared: &Shared, cleaned: &mut Cleaned) {
    let mut n_removed = 0;
    let mut n_kept = 0;
    for journey in [Journey::Fill, Journey::Checkout] {
        let (removed, kept) = (AtomicU64::new(0), AtomicU64::new(0));
        let remove = async |customer| {
            let name = shared.customers.name(journey, customer);
            let is_gone = match shared.base.send(shop::delete_basket(&name)).await {
                Ok(()) => true,
                Err(cause) => cause == Cause::Status(404),
            };
            let counter = if is_gone { &removed } else { &kept };
            counter.fetch_add(1, Ordering::Relaxed);
            Ok::<_, std::convert::Infallible>(())
        };
        let Ok(()) = each(&with_basket(shared, journey), remove).await;
        n_removed += removed.into_inner();
        n_kept += kept.into_inner();
    }
    cleaned.removed.push_str(&format!(", {} baskets", count(n_removed)));
    if n_kept > 0 {
        let text =
            format!("{} baskets: the shop keeps them, for a checkout is under way", count(n_kept));
        cleaned.stays.push(text);
    }
    let tally = shared.ledger().tally();
    let n_orders = tally.once + tally.duplicated + tally.unknown_placed + tally.ghosts;
    if n_orders > 0 {
        cleaned.stays.push(format!(
            "orders of {} customers: the contract has no request that removes them; with the stack's name instead of \
             its URL they are removed from its tables",
            count(n_orders)
        ));
    }
}

/// The customers whose basket may be there still: an accepted checkout has removed it.
fn with_basket(shared: &Shared, journey: Journey) -> Vec<u64> {
    let customers = came(shared, journey);
    if journey != Journey::Checkout {
        return customers;
    }
    let ledger = shared.ledger();
    let is_accepted =
        |customer: &u64| ledger.entry(*customer).is_some_and(|one| one.receipt().is_some());
    customers.into_iter().filter(|customer| !is_accepted(customer)).collect()
}

/// Removes what is in the tables, once the queues show that nothing more is on its way there.
async fn past_the_api(deployed: &Deployed, shared: &Shared, cleaned: &mut Cleaned) {
    let end = Instant::now() + QUIET_WITHIN;
    while !deployed.is_quiet() && Instant::now() < end {
        tokio::time::sleep(LOOK_EVERY).await;
    }
    let names = |journey: Journey| {
        let customers = came(shared, journey).into_iter();
        customers.map(move |customer| shared.customers.name(journey, customer))
    };
    let ours = Ours {
        customers: names(Journey::Fill).chain(names(Journey::Checkout)).collect(),
        products: shared.catalogue.iter().map(|product| product.id.to_string()).collect(),
    };
    match stack::remove(deployed.aws(), &deployed.stack().tables, &ours).await {
        Ok(removed) => {
            for (table, n_items) in removed.items.into_iter().filter(|(_, n_items)| *n_items > 0) {
                cleaned.removed.push_str(&format!(", {} items of {table}", count(n_items)));
            }
            let unknown = removed.unknown.into_iter();
            cleaned.stays.extend(unknown.map(|table| {
                format!(
                    "whatever the run left in {table}: its key names no customer and no product"
                )
            }));
        }
        Err(error) => cleaned.stays.push(format!("{error:#}")),
    }
}
