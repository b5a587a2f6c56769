//! Fills a basket, checks it out and waits for the order. Every promise goes into the ledger.

use std::time::Duration;

use jiff::Timestamp;

use super::{Customer, Journey, fill};
use crate::customer::total;
use crate::expect::Cause;
use crate::ledger::{Entry, Outcome, Receipt};
use crate::shop::{self, Line, Order};

/// The wait before the first look for the order. The latency of the pipeline is told from the server's
/// timestamps, so looking seldom costs no precision and spares both sides work.
const FIRST_LOOK: Duration = Duration::from_millis(25);

/// The longest wait between two looks.
const LONGEST_WAIT: Duration = Duration::from_millis(400);

/// How long a customer waits for the order before it leaves the waiting to the drain.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn visit(mut customer: Customer<'_>) -> Result<(), Cause> {
    let shared = customer.shared;
    let lines = shared.customers.basket(Journey::Checkout, customer.index, &shared.catalogue);
    fill::put(&mut customer, &lines).await?;
    let answer = check_out(&mut customer, &lines).await;
    if let Ok(receipt) = &answer {
        wait_for_order(&mut customer, &lines, receipt).await?;
    }
    answer.map(|_| ())
}

/// Sends the checkout until the answer is definite, and enters what it came to.
async fn check_out(customer: &mut Customer<'_>, lines: &[Line]) -> Result<Receipt, Cause> {
    let sent_at = Timestamp::now();
    let name = &customer.name;
    let check = |(whose, receipt): &(String, Receipt)| {
        if whose != name {
            return Some("another customer's receipt".to_owned());
        }
        (receipt.total != total(lines)).then(|| "a total that is not the basket's".to_owned())
    };
    // The customer is unique to this run and checks out once, so its name is the key.
    let call = || shop::checkout_basket(name, name);
    let (n_attempts, answer) = customer.visitor.persist(call, check).await;
    let outcome = match &answer {
        Ok((_, receipt)) => Outcome::Accepted(receipt.clone()),
        Err(cause) => cause.refusal().map_or(Outcome::Unknown, Outcome::Refused),
    };
    let entry = Entry::new(sent_at, Timestamp::now(), n_attempts, outcome);
    customer.shared.ledger().enter(customer.index, entry);
    answer.map(|(_, receipt)| receipt)
}

/// Looks for the order, less and less often, until it is there or patience ends.
async fn wait_for_order(
    customer: &mut Customer<'_>,
    lines: &[Line],
    receipt: &Receipt,
) -> Result<(), Cause> {
    let mut wait = FIRST_LOOK;
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        customer.visitor.pause(wait).await;
        waited += wait;
        wait = (wait * 2).min(LONGEST_WAIT);
        let check = |page: &shop::Page<Order>| {
            let ours = |order: &&Order| order.seen.checkout_id == receipt.checkout_id;
            is_order(page.items.iter().find(ours)?, &customer.name, lines)
        };
        let page = match customer.visitor.send(shop::get_orders(&customer.name, None), check).await
        {
            // The next look may see more.
            Err(cause) if cause.may_pass() => continue,
            answer => answer?,
        };
        if !page.items.is_empty() {
            let orders = page.items.into_iter().map(|order| order.seen).collect();
            customer.shared.ledger().look(customer.index, orders, Timestamp::now());
            return Ok(());
        }
    }
    Ok(())
}

/// Says what is wrong with an order that should be that of `lines`.
fn is_order(order: &Order, name: &str, lines: &[Line]) -> Option<String> {
    if order.user_name != name {
        return Some("another customer's order".to_owned());
    }
    let same = order.lines == lines && order.total == total(lines);
    (!same).then(|| "an order with other contents than the basket".to_owned())
}
