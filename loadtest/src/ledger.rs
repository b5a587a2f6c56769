//! The ledger: what every customer was promised, and what became of it. Pure data, no clock and no network.
//!
//! A customer is unique to its slot and checks out once, so the customer is the identity that ties a promise to
//! its orders: no order of another run or of another customer can be taken for it. Whoever was promised an
//! order must have exactly one; whoever was refused must have none, and the basket as it was.

use std::collections::BTreeMap;

use jiff::Timestamp;
use runtime::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a successful checkout promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Names the checkout, and the order that it becomes.
    pub checkout_id: Uuid,
    /// When the server says that the customer first asked.
    pub checkout_time: Timestamp,
    /// What the customer will pay.
    pub total: Decimal,
}

/// An order that was read back.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderSeen {
    /// The checkout that it came from.
    pub checkout_id: Uuid,
    /// When the server says that it was stored.
    pub placed_at: Timestamp,
}

/// How a checkout ended for the customer, after all attempts.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Answered with success: exactly one order is due.
    Accepted(Receipt),
    /// Refused with this status: no order may come, and the basket is as it was.
    Refused(u16),
    /// No definite answer in all attempts: one order may come, or none.
    Unknown,
}

/// One customer who meant to check out.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When the first attempt was sent, by the client's clock.
    pub sent_at: Timestamp,
    /// When the last attempt was answered or given up, by the client's clock.
    pub answered_at: Timestamp,
    /// How often the checkout was sent.
    pub n_attempts: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// The customer's orders at the last look; `None` before the first.
    orders: Option<Vec<OrderSeen>>,
    /// When an order was first seen, by the client's clock.
    pub seen_at: Option<Timestamp>,
    /// Whether the basket was as it should be; `None` when nobody looked.
    basket_intact: Option<bool>,
}

impl Entry {
    /// A checkout that ended.
    #[must_use]
    pub fn new(
        sent_at: Timestamp,
        answered_at: Timestamp,
        n_attempts: u32,
        outcome: Outcome,
    ) -> Self {
        Self {
            sent_at,
            answered_at,
            n_attempts,
            outcome,
            orders: None,
            seen_at: None,
            basket_intact: None,
        }
    }

    /// The receipt, when the checkout was accepted.
    #[must_use]
    pub fn receipt(&self) -> Option<&Receipt> {
        match &self.outcome {
            Outcome::Accepted(receipt) => Some(receipt),
            Outcome::Refused(_) | Outcome::Unknown => None,
        }
    }

    /// The promised order, when it has been seen: the first, should there be several.
    #[must_use]
    pub fn order(&self) -> Option<&OrderSeen> {
        let receipt = self.receipt()?;
        self.orders().iter().find(|order| order.checkout_id == receipt.checkout_id)
    }

    fn orders(&self) -> &[OrderSeen] {
        self.orders.as_deref().unwrap_or_default()
    }

    /// How many orders the customer had at the last look.
    #[must_use]
    pub fn n_orders(&self) -> usize {
        self.orders().len()
    }

    /// Whether an order is due that has not been seen.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.outcome, Outcome::Accepted(_)) && self.order().is_none()
    }
}

/// All customers who checked out, by their number.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    entries: BTreeMap<u64, Entry>,
    n_strangers: u64,
}

impl Ledger {
    /// Enters a checkout that ended.
    pub fn enter(&mut self, customer: u64, entry: Entry) {
        self.entries.insert(customer, entry);
    }

    /// Notes all the orders that a customer has now. A later look replaces an earlier one, so an order that
    /// vanished is missed. Orders of a customer who never checked out are strangers.
    pub fn look(&mut self, customer: u64, orders: Vec<OrderSeen>, now: Timestamp) {
        let Some(entry) = self.entries.get_mut(&customer) else {
            self.n_strangers += orders.len() as u64;
            return;
        };
        entry.orders = Some(orders);
        if entry.seen_at.is_none() && entry.order().is_some() {
            entry.seen_at = Some(now);
        }
    }

    /// Notes orders whose customer is nobody of this run.
    pub fn strangers(&mut self, n_orders: u64) {
        self.n_strangers += n_orders;
    }

    /// Notes that a checkout is under way still, although the customer was refused: it may become an order yet.
    pub fn under_way(&mut self, customer: u64) {
        if let Some(entry) = self.entries.get_mut(&customer) {
            entry.outcome = Outcome::Unknown;
        }
    }

    /// Notes whether the basket of a customer is as it should be.
    pub fn look_at_basket(&mut self, customer: u64, intact: bool) {
        if let Some(entry) = self.entries.get_mut(&customer) {
            entry.basket_intact = Some(intact);
        }
    }

    /// What a customer was promised.
    #[must_use]
    pub fn entry(&self, customer: u64) -> Option<&Entry> {
        self.entries.get(&customer)
    }

    /// The customers, by number.
    pub fn entries(&self) -> impl Iterator<Item = (u64, &Entry)> + Clone {
        self.entries.iter().map(|(customer, entry)| (*customer, entry))
    }

    /// The customers whose promised order has not been seen.
    #[must_use]
    pub fn open(&self) -> Vec<u64> {
        self.entries().filter(|(_, entry)| entry.is_open()).map(|(customer, _)| customer).collect()
    }

    /// How many accepted checkouts wait for their order.
    #[must_use]
    pub fn n_open(&self) -> u64 {
        self.entries.values().filter(|entry| entry.is_open()).count() as u64
    }

    /// How many customers checked out.
    #[must_use]
    pub fn n_entries(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Adds everything up.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally { ghosts: self.n_strangers, ..Tally::default() };
        for entry in self.entries.values() {
            tally.add(entry);
        }
        tally
    }
}

/// The sums. `sent = accepted + refused + unknown` and `accepted = once + duplicated + lost`, always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Customers who checked out.
    pub sent: u64,
    /// Checkouts answered with success.
    pub accepted: u64,
    /// Checkouts definitely refused.
    pub refused: u64,
    /// Checkouts without a definite answer.
    pub unknown: u64,
    /// Repetitions of a checkout whose first answer was not definite.
    pub retries: u64,
    /// Accepted checkouts with exactly one order.
    pub once: u64,
    /// Accepted checkouts with more than one order.
    pub duplicated: u64,
    /// Accepted checkouts without an order.
    pub lost: u64,
    /// Orders that nobody was promised.
    pub ghosts: u64,
    /// Checkouts without a definite answer that became an order.
    pub unknown_placed: u64,
    /// Baskets that changed although the checkout was refused, stayed although it was accepted, or went without an
    /// order when nobody knows.
    pub baskets_wrong: u64,
    /// Baskets that were looked at after the checkout.
    pub baskets_checked: u64,
}

impl Tally {
    fn add(&mut self, entry: &Entry) {
        self.sent += 1;
        self.retries += u64::from(entry.n_attempts.saturating_sub(1));
        let n_orders = entry.orders().len() as u64;
        match &entry.outcome {
            Outcome::Accepted(_) => {
                self.accepted += 1;
                self.add_accepted(entry.order().is_some(), n_orders);
            }
            Outcome::Refused(_) => {
                self.refused += 1;
                self.ghosts += n_orders;
            }
            Outcome::Unknown => {
                self.unknown += 1;
                self.unknown_placed += n_orders.min(1);
                self.ghosts += n_orders.saturating_sub(1);
            }
        }
        if let Some(intact) = entry.basket_intact {
            self.baskets_checked += 1;
            self.baskets_wrong += u64::from(!intact);
        }
    }

    fn add_accepted(&mut self, has_promised_order: bool, n_orders: u64) {
        match (has_promised_order, n_orders) {
            (true, 1) => self.once += 1,
            (true, _) => self.duplicated += 1,
            (false, n) => {
                self.lost += 1;
                // An order under another checkout's id is not the one that was promised.
                self.ghosts += n;
            }
        }
    }

    /// Whether each promise was kept exactly once and nothing came unpromised.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.lost == 0 && self.duplicated == 0 && self.ghosts == 0 && self.baskets_wrong == 0
    }
}

#[cfg(test)]
mod tests;
