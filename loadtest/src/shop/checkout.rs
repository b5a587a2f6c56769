//! Fills a basket, checks it out and waits for the order. Every promise goes into the ledger.

use std::time::Duration;

use harness::{
    Accepted, Answer, Cause, Checked, Entry, Outcome, Retry, Sight, Situation, Visit, expect,
};

use super::calls::{self, Basket, Line, Order, Page, Receipt};
use super::{
    CHECKOUT, CHECKOUT_BASKET, GET_BASKET, GET_ORDERS, LIST_ORDERS, ORDER, PLACED, PUBLISHED,
    basket, fill,
};

/// The wait before the first look for the order. The latency of the pipeline is told from the server's
/// timestamps, so looking seldom costs no precision and spares both sides work.
const FIRST_LOOK: Duration = Duration::from_millis(25);

/// The longest wait between two looks.
const LONGEST_WAIT: Duration = Duration::from_millis(400);

/// How long a customer waits for the order before it leaves the waiting to the drain.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let name = visit.unique().to_owned();
    let lines = basket::lines(visit, &CHECKOUT, visit.slot());
    fill::put(visit, &name, &lines).await?;
    let receipt = check_out(visit, &name, &lines).await?;
    wait_for_order(visit, &name, &lines, &receipt).await
}

/// Sends the checkout until the answer is definite, and enters what it came to.
async fn check_out(visit: &mut Visit<'_>, name: &str, lines: &[Line]) -> Result<Receipt, Cause> {
    let criteria = |answer: &Answer<Receipt>| match answer.output() {
        Some(receipt) if receipt.user_name != name => Err("another customer's receipt".to_owned()),
        Some(receipt) if receipt.total != basket::total(lines) => {
            Err("a total that is not the basket's".to_owned())
        }
        _ => expect::success(answer),
    };
    // The customer is unique to this run and checks out once, so its name is the key.
    let request = calls::checkout_basket(name, name);
    let published = visit.ask(&PUBLISHED, Some(name));
    let order = visit.ask(&ORDER, Some(name));
    let placed = visit.ask(&PLACED, None);
    let answer = visit.persist(&CHECKOUT_BASKET, &request, &Retry::NEW, criteria).await;
    match answer.and_then(Answer::into_output) {
        Ok(receipt) => {
            let id = receipt.checkout_id.to_string();
            let asked_at = Some(receipt.checkout_time);
            visit.accept(published, Accepted { asked_at, ..Accepted::of(name) });
            visit.accept(order, Accepted { asked_at, id: Some(id.clone()), ..Accepted::of(name) });
            visit.accept(placed, Accepted { asked_at, ..Accepted::of(id) });
            Ok(receipt)
        }
        Err(cause) => {
            for debt in [published, order, placed] {
                visit.decline(debt, &cause);
            }
            Err(cause)
        }
    }
}

/// Looks for the order, less and less often, until it is there or patience ends.
async fn wait_for_order(
    visit: &mut Visit<'_>,
    name: &str,
    lines: &[Line],
    receipt: &Receipt,
) -> Result<(), Cause> {
    let mut wait = FIRST_LOOK;
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        visit.pause(wait).await;
        waited += wait;
        wait = (wait * 2).min(LONGEST_WAIT);
        let criteria = |answer: &Answer<Page<Order>>| {
            let ours = |order: &&Order| order.checkout_id == receipt.checkout_id;
            match answer.output().and_then(|page| page.items.iter().find(ours)) {
                Some(order) => is_order(order, name, lines),
                None => expect::success(answer),
            }
        };
        let request = calls::get_orders(name, None);
        let page = match visit.send(&GET_ORDERS, &request, criteria).await {
            // The next look may see more.
            Err(cause) if cause.may_pass() => continue,
            answer => answer?.into_output()?,
        };
        if !page.items.is_empty() {
            visit.seen(&ORDER, name, page.items.iter().map(sight).collect());
            return Ok(());
        }
    }
    Ok(())
}

/// Says what is wrong with an order that should be that of `lines`.
fn is_order(order: &Order, name: &str, lines: &[Line]) -> Result<(), String> {
    if order.user_name != name {
        return Err("another customer's order".to_owned());
    }
    let same = order.lines == lines && order.total == basket::total(lines);
    if same { Ok(()) } else { Err("an order with other contents than the basket".to_owned()) }
}

fn sight(order: &Order) -> Sight {
    Sight { id: order.checkout_id.to_string(), at: Some(order.placed_at) }
}

/// All orders of the customer of an entry.
pub(super) async fn orders_of(visit: &mut Visit<'_>, entry: &Entry) -> Result<Vec<Sight>, Cause> {
    let mut sights = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let request = calls::get_orders(&entry.key, next.as_deref());
        let page = visit.send(&GET_ORDERS, &request, expect::success).await?.into_output()?;
        sights.extend(page.items.iter().map(sight));
        next = page.next;
        if next.is_none() {
            return Ok(sights);
        }
    }
}

/// All orders of all customers.
pub(super) async fn all_orders(visit: &mut Visit<'_>) -> Result<Vec<(String, Sight)>, Cause> {
    let mut sights = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let request = calls::list_orders(next.as_deref());
        let page = visit.send(&LIST_ORDERS, &request, expect::success).await?.into_output()?;
        sights.extend(page.items.iter().map(|order| (order.user_name.clone(), sight(order))));
        next = page.next;
        if next.is_none() {
            return Ok(sights);
        }
    }
}

/// An accepted checkout leaves no basket behind, a refused one leaves it as it was. Of one that nobody knows about
/// either the basket is there or its order, once everything is settled.
pub(super) async fn basket_is_right(
    visit: &mut Visit<'_>,
    entry: &Entry,
    situation: Situation,
) -> Result<Checked, Cause> {
    let found = basket_of(visit, &entry.key).await?;
    // The contract keeps the basket for a checkout that may have been published in spite of the refusal, and asks to
    // send it again.
    let in_checkout = found.as_ref().is_some_and(|basket| basket.in_checkout);
    let unchanged = found.as_ref().is_some_and(|found| {
        let lines = basket::lines(visit, &CHECKOUT, entry.slot);
        basket::compare(found, &entry.key, &lines).is_ok()
    });
    let holds = match entry.outcome {
        Outcome::Refused(409 | 503) if in_checkout => return Ok(Checked::UnderWay),
        Outcome::Accepted => found.is_none(),
        Outcome::Refused(_) => unchanged,
        Outcome::Unknown if situation.is_settled => {
            unchanged || (found.is_none() && situation.n_kept > 0)
        }
        Outcome::Unknown => return Ok(Checked::Open),
    };
    Ok(if holds { Checked::Right } else { Checked::Wrong })
}

async fn basket_of(visit: &mut Visit<'_>, name: &str) -> Result<Option<Basket>, Cause> {
    let criteria = |answer: &Answer<Basket>| match answer.status() {
        404 => Ok(()),
        _ => expect::success(answer),
    };
    let answer = visit.send(&GET_BASKET, &calls::get_basket(name), criteria).await?;
    if answer.status() == 404 { Ok(None) } else { answer.into_output().map(Some) }
}
