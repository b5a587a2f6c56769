//! Fills a basket, looks at it, changes it, and leaves without buying: nothing of it stays behind.

use harness::{Answer, Cause, Retry, Visit, expect};

use super::calls::{self, Basket, Line};
use super::{DELETE_BASKET, FILL, GET_BASKET, PUT_BASKET, basket};

pub(super) async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let name = visit.unique().to_owned();
    let mut lines = basket::lines(visit, &FILL, visit.slot());
    put(visit, &name, &lines).await?;
    let request = calls::get_basket(&name);
    visit.send(&GET_BASKET, &request, |answer| holds(answer, &name, &lines)).await?;
    lines[0].quantity += 1;
    put(visit, &name, &lines).await?;
    let request = calls::delete_basket(&name);
    visit.send(&DELETE_BASKET, &request, expect::success).await.map(|_| ())
}

/// Stores a basket and checks that it is stored as it was sent. Storing it twice does no harm.
pub(super) async fn put(visit: &mut Visit<'_>, name: &str, lines: &[Line]) -> Result<(), Cause> {
    let request = calls::put_basket(name, lines);
    let criteria = |answer: &Answer<Basket>| holds(answer, name, lines);
    visit.persist(&PUT_BASKET, &request, &Retry::NEW, criteria).await.map(|_| ())
}

fn holds(answer: &Answer<Basket>, name: &str, lines: &[Line]) -> Result<(), String> {
    match answer.output() {
        Some(stored) => basket::compare(stored, name, lines),
        None => expect::success(answer),
    }
}
