//! Removes what the run made by the contracts' own requests. Orders have none: the tables of a stack are cleaned past
//! the API, and by a URL alone orders stay.

use harness::{Answer, Cleaned, Visit, Workflow, expect};

use super::{CHECKOUT, DELETE_BASKET, DELETE_PRODUCT, FILL, calls, stock};

pub(super) async fn run(visit: &mut Visit<'_>) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let products = visit.all_made(stock::PRODUCT);
    let mut n_left = 0;
    for id in products.iter().filter_map(|id| id.parse().ok()) {
        let removed =
            visit.send(&DELETE_PRODUCT, &calls::delete_product(id), expect::success).await;
        n_left += usize::from(removed.is_err());
    }
    cleaned.removed.push(format!("{} products", products.len() - n_left));
    if n_left > 0 {
        cleaned.stays.push(format!("{n_left} products: the shop did not remove them"));
    }
    if visit.sees_tables() {
        return cleaned;
    }
    let mut n_removed = 0;
    let mut n_kept = 0;
    for workflow in [&FILL, &CHECKOUT] {
        let (removed, kept) = baskets(visit, workflow).await;
        n_removed += removed;
        n_kept += kept;
    }
    cleaned.removed.push(format!("{n_removed} baskets"));
    if n_kept > 0 {
        let text = format!("{n_kept} baskets: the shop keeps them, for a checkout is under way");
        cleaned.stays.push(text);
    }
    let orders = visit.tallies().into_iter().find(|tally| tally.promise == super::ORDER.id);
    let n_orders = orders
        .map_or(0, |tally| tally.once + tally.doubled + tally.unknown_kept + tally.unpromised);
    if n_orders > 0 {
        cleaned.stays.push(format!(
            "orders of {n_orders} customers: the contract has no request that removes them; with the stack's name \
             instead of its URL they are removed from its tables"
        ));
    }
    cleaned
}

/// Removes the baskets of a workflow's customers; how many were there, and how many stay.
async fn baskets(visit: &mut Visit<'_>, workflow: &Workflow) -> (u64, u64) {
    let (mut n_removed, mut n_kept) = (0, 0);
    for slot in 0..visit.n_visits(workflow) {
        let name = visit.unique_of(workflow, slot);
        let gone = |answer: &Answer<()>| match answer.status() {
            404 => Ok(()),
            _ => expect::success(answer),
        };
        match visit.send(&DELETE_BASKET, &calls::delete_basket(&name), gone).await {
            Ok(answer) => n_removed += u64::from(answer.status() != 404),
            Err(_) => n_kept += 1,
        }
    }
    (n_removed, n_kept)
}
