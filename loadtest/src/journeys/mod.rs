//! What customers do: one file per kind. A journey is what one customer does in one slot, from the moment the
//! slot is due to the customer's last answer.

mod browse;
mod checkout;
mod fill;

pub(crate) use fill::is_basket;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use goose::goose::{GooseUser, TransactionResult};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::clock::{Slot, SlotClock, StartLine};
use crate::customer::Customers;
use crate::expect::{Base, Visitor};
use crate::ledger::Ledger;
use crate::record::Recorder;
use crate::shop::Product;

/// The kinds of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Journey {
    /// Looks around in the catalogue.
    Browse,
    /// Fills a basket, changes it, and leaves without buying.
    Fill,
    /// Fills a basket, checks it out and waits for the order.
    Checkout,
}

impl Journey {
    /// All journeys, in the order that reports show them.
    pub const ALL: [Self; 3] = [Self::Browse, Self::Fill, Self::Checkout];

    /// Its name, as `--mix` and reports spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Browse => "browse",
            Self::Fill => "fill",
            Self::Checkout => "checkout",
        }
    }
}

/// What all users of a run share.
pub struct Shared {
    /// Where requests go.
    pub base: Base,
    /// Who the customers are.
    pub customers: Customers,
    /// What the shop sells; never empty.
    pub catalogue: Vec<Product>,
    /// What was measured.
    pub recorder: Recorder,
    /// What was promised.
    pub ledger: Mutex<Ledger>,
    /// Holds the users together at the start and sends them home at the end.
    pub line: StartLine,
    /// One schedule per journey.
    pub clocks: Vec<(Journey, SlotClock)>,
}

impl Shared {
    /// The schedule of a journey, if any customer makes it.
    #[must_use]
    pub fn clock(&self, journey: Journey) -> Option<&SlotClock> {
        self.clocks.iter().find(|(of, _)| *of == journey).map(|(_, clock)| clock)
    }

    /// The ledger, to read or write for a moment.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // Entries are replaced whole, so a panic elsewhere leaves none half-written.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One customer in one slot.
struct Customer<'a> {
    shared: &'a Shared,
    visitor: Visitor<'a>,
    index: u64,
    name: String,
}

/// How long a user without work waits before it looks whether the load is over.
const IDLE: Duration = Duration::from_millis(50);

/// Takes the next slot of `journey` and sends a customer through it.
///
/// # Errors
/// When goose's own channels fail, which ends the user.
pub async fn turn(
    shared: Arc<Shared>,
    journey: Journey,
    user: &mut GooseUser,
) -> TransactionResult {
    let slot = match shared.clock(journey) {
        Some(clock) => clock.take(&shared.line).await,
        None => None,
    };
    let Some(slot) = slot else {
        // No slot is left; goose ends its users a moment later.
        tokio::time::sleep(IDLE).await;
        return Ok(());
    };
    shared.recorder.slot(slot.start_delay);
    let ok = visit(&shared, journey, slot, user).await;
    let took = Instant::now() - slot.due;
    shared.recorder.journey(journey, took, ok);
    user.record_custom_request_duration("JOURNEY", journey.name(), took, ok, None, None).await
}

async fn visit(shared: &Shared, journey: Journey, slot: Slot, user: &mut GooseUser) -> bool {
    let visitor = Visitor::new(user, &shared.base, &shared.recorder, slot.due);
    let name = shared.customers.name(journey, slot.index);
    let customer = Customer { shared, visitor, index: slot.index, name };
    match journey {
        Journey::Browse => browse::visit(customer).await,
        Journey::Fill => fill::visit(customer).await,
        Journey::Checkout => checkout::visit(customer).await,
    }
    // The cause was recorded with the request that failed; here only the journey's end counts.
    .is_ok()
}
