//! After the load: waits until every accepted checkout has its order, then looks at everything once more.
//!
//! The wait ends early when the stage can show that nothing is under way any more. What is missing then is
//! lost. A stage that does not show its queues gets the whole time.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use crate::expect::{Cause, failed};
use crate::interrupt::Interrupt;
use crate::journeys::{Journey, Shared, is_basket};
use crate::ledger::Outcome;
use crate::operation::Operation;
use crate::shop::{self, Basket, Order, Page};

/// How many customers are looked at at the same time.
const PARALLEL: usize = 16;

/// The wait between two rounds over all customers whose order is missing.
const BETWEEN_ROUNDS: Duration = Duration::from_millis(200);

/// How long a stage must have been idle before what is missing counts as lost.
const IDLE_FOR: Duration = Duration::from_secs(1);

/// How long it must have been idle before nothing more is expected, when nothing is missing either.
const SETTLED_FOR: Duration = Duration::from_millis(150);

/// An order that came within this time of the end means that more may be coming.
const STILL_COMING: Duration = Duration::from_secs(5);

/// How often a look is repeated before the audit fails.
const MAX_ATTEMPTS: u32 = 5;

/// How the wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Every accepted checkout has its order, and nothing is under way that could become another.
    Closed,
    /// Nothing is under way any more; what is missing is lost.
    Idle,
    /// The time was over, and for a while nothing had come: what is missing is lost.
    TimedOut,
    /// The time was over while orders still came, so nobody knows what is lost.
    StillComing,
    /// Somebody interrupted the wait.
    Interrupted,
}

impl Drained {
    /// Whether nothing can change any more, as far as the stage shows.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Closed | Self::Idle)
    }

    /// For a line of progress.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Closed => "every checkout has its order",
            Self::Idle => "nothing is under way any more, and orders are missing",
            Self::TimedOut => "nothing came any more, and orders are missing",
            Self::StillComing => "orders were still coming",
            Self::Interrupted => "interrupted",
        }
    }
}

/// Whether nothing is under way between checkout and order; `None` when the target does not show it.
pub trait Idle {
    /// Asks the target.
    fn is_idle(&self) -> Option<bool>;
}

/// Waits for the orders that are missing, at most `limit`.
pub async fn drain(
    shared: &Shared,
    target: &impl Idle,
    limit: Duration,
    interrupt: &Interrupt,
) -> Drained {
    let start = Instant::now();
    let mut last_arrival = start;
    let mut idle_since = None;
    loop {
        // Idleness is asked before the look, or an order could come between the two.
        let idle = target.is_idle();
        idle_since = match (idle, idle_since) {
            (Some(true), None) => Some(Instant::now()),
            (Some(true), since) => since,
            _ => None,
        };
        let open_before = shared.ledger().n_open();
        tokio::select! {
            () = look_for_missing(shared) => {}
            () = interrupt.wait(2) => return Drained::Interrupted,
        }
        let open = shared.ledger().n_open();
        let idle_for = |time| idle_since.is_some_and(|since: Instant| since.elapsed() >= time);
        // A message that still waits may be an order that nobody was promised.
        if open == 0 && (idle.is_none() || idle_for(SETTLED_FOR)) {
            return Drained::Closed;
        }
        if open < open_before {
            last_arrival = Instant::now();
        }
        if idle_for(IDLE_FOR) {
            return Drained::Idle;
        }
        if start.elapsed() >= limit {
            let coming = open == 0 || last_arrival > start && last_arrival.elapsed() < STILL_COMING;
            return if coming { Drained::StillComing } else { Drained::TimedOut };
        }
        tokio::time::sleep(BETWEEN_ROUNDS).await;
    }
}

/// Looks once at each customer whose order is missing. A look that fails is repeated in the next round.
async fn look_for_missing(shared: &Shared) {
    let open = shared.ledger().open();
    let look = async |customer| {
        let _ = look_at_orders(shared, customer).await;
        Ok::<_, Infallible>(())
    };
    let _ = each(&open, look).await;
}

/// Looks at all promises for the last time: every order for duplicates and ghosts, every basket for what the
/// contract says of it. On a stage of its own the harness lists everything, and so finds orders of strangers
/// as well; on a shared one it looks only at its own customers.
///
/// # Errors
/// In words, when the shop does not let itself be looked at.
pub async fn audit(shared: &Shared, stage_is_ours: bool, drained: Drained) -> Result<(), String> {
    let looked = match stage_is_ours {
        true => list_all(shared, drained.is_settled()).await,
        false => visit_all(shared).await,
    };
    looked.map_err(|(operation, cause)| failed(operation, &cause))
}

type Failed = (Operation, Cause);

async fn visit_all(shared: &Shared) -> Result<(), Failed> {
    let customers: Vec<_> = shared.ledger().entries().map(|(customer, _)| customer).collect();
    each(&customers, async |customer| {
        look_at_orders(shared, customer).await.map_err(|cause| (Operation::GetOrders, cause))?;
        look_at_basket(shared, customer).await.map_err(|cause| (Operation::GetBasket, cause))
    })
    .await
}

async fn list_all(shared: &Shared, is_settled: bool) -> Result<(), Failed> {
    let mut orders: BTreeMap<u64, Vec<_>> = BTreeMap::new();
    let mut n_strangers = 0;
    let mut next: Option<String> = None;
    loop {
        let page = patiently(async || shared.base.send(shop::list_orders(next.as_deref())).await);
        let page = page.await.map_err(|cause| (Operation::ListOrders, cause))?;
        for order in page.items {
            match shared.customers.index(Journey::Checkout, &order.user_name) {
                Some(customer) => orders.entry(customer).or_default().push(order.seen),
                None => n_strangers += 1,
            }
        }
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    let baskets = list_baskets(shared).await.map_err(|cause| (Operation::ListBaskets, cause))?;
    let now = Timestamp::now();
    let customers: Vec<_> = shared.ledger().entries().map(|(customer, _)| customer).collect();
    let mut ledger = shared.ledger();
    ledger.strangers(n_strangers);
    for customer in customers.iter().copied() {
        ledger.look(customer, orders.remove(&customer).unwrap_or_default(), now);
    }
    for (customer, orders) in orders {
        ledger.look(customer, orders, now);
    }
    drop(ledger);
    for customer in customers {
        enter_basket(shared, customer, baskets.get(&customer), is_settled);
    }
    Ok(())
}

async fn list_baskets(shared: &Shared) -> Result<BTreeMap<u64, Basket>, Cause> {
    let mut baskets = BTreeMap::new();
    let mut next: Option<String> = None;
    loop {
        let page: Page<Basket> =
            patiently(async || shared.base.send(shop::list_baskets(next.as_deref())).await).await?;
        for basket in page.items {
            if let Some(customer) = shared.customers.index(Journey::Checkout, &basket.user_name) {
                baskets.insert(customer, basket);
            }
        }
        next = page.next;
        if next.is_none() {
            return Ok(baskets);
        }
    }
}

/// Reads all orders of a customer and notes them.
async fn look_at_orders(shared: &Shared, customer: u64) -> Result<(), Cause> {
    let name = shared.customers.name(Journey::Checkout, customer);
    let mut orders = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let page: Page<Order> =
            patiently(async || shared.base.send(shop::get_orders(&name, next.as_deref())).await)
                .await?;
        orders.extend(page.items.into_iter().map(|order| order.seen));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    shared.ledger().look(customer, orders, Timestamp::now());
    Ok(())
}

async fn look_at_basket(shared: &Shared, customer: u64) -> Result<(), Cause> {
    let name = shared.customers.name(Journey::Checkout, customer);
    let read = patiently(async || match shared.base.send(shop::get_basket(&name)).await {
        Ok(basket) => Ok(Some(basket)),
        Err(Cause::Status(404)) => Ok(None),
        Err(cause) => Err(cause),
    });
    let basket = read.await?;
    // A deployed stage does not show whether anything is under way.
    enter_basket(shared, customer, basket.as_ref(), false);
    Ok(())
}

/// An accepted checkout leaves no basket behind, a refused one leaves it as it was. Of one that nobody knows about
/// either the basket is there or its order, once everything is settled.
fn enter_basket(shared: &Shared, customer: u64, basket: Option<&Basket>, is_settled: bool) {
    let mut ledger = shared.ledger();
    // The contract keeps the basket for a checkout that may have been published in spite of the refusal, and asks to
    // send it again.
    let in_checkout = basket.is_some_and(|basket| basket.in_checkout);
    let refused = ledger.entry(customer).map(|entry| &entry.outcome);
    if in_checkout && matches!(refused, Some(Outcome::Refused(409 | 503))) {
        ledger.under_way(customer);
    }
    let unchanged = || {
        let lines = shared.customers.basket(Journey::Checkout, customer, &shared.catalogue);
        let name = shared.customers.name(Journey::Checkout, customer);
        basket.is_some_and(|basket| is_basket(basket, &name, &lines).is_none())
    };
    let Some(entry) = ledger.entry(customer) else { return };
    let intact = match &entry.outcome {
        Outcome::Accepted(_) => basket.is_none(),
        Outcome::Refused(_) => unchanged(),
        Outcome::Unknown if is_settled => unchanged() || (basket.is_none() && entry.n_orders() > 0),
        Outcome::Unknown => return,
    };
    ledger.look_at_basket(customer, intact);
}

/// Repeats a look that fails, a little later each time.
pub(crate) async fn patiently<T>(
    mut look: impl AsyncFnMut() -> Result<T, Cause>,
) -> Result<T, Cause> {
    let mut wait = BETWEEN_ROUNDS;
    for _ in 1..MAX_ATTEMPTS {
        match look().await {
            Err(cause) if cause.may_pass() => tokio::time::sleep(wait).await,
            answer => return answer,
        }
        wait *= 2;
    }
    look().await
}

/// Does the same for every customer, several at a time; stops at the first failure.
pub(crate) async fn each<E>(
    customers: &[u64],
    work: impl AsyncFn(u64) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let worker = async || {
        while let Some(customer) = customers.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(*customer).await?;
        }
        Ok(())
    };
    let workers = (0..PARALLEL).map(|_| worker());
    futures_util::future::try_join_all(workers).await.map(|_| ())
}
