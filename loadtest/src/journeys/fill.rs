//! Fills a basket, looks at it, changes it, and leaves without buying: nothing of it stays behind.

use super::{Customer, Journey};
use crate::expect::Cause;
use crate::shop::{self, Basket, Line};

pub(super) async fn visit(mut customer: Customer<'_>) -> Result<(), Cause> {
    let shared = customer.shared;
    let mut lines = shared.customers.basket(Journey::Fill, customer.index, &shared.catalogue);
    put(&mut customer, &lines).await?;
    let read = customer
        .visitor
        .send(shop::get_basket(&customer.name), |basket| is_basket(basket, &customer.name, &lines));
    read.await?;
    lines[0].quantity += 1;
    put(&mut customer, &lines).await?;
    customer.visitor.send(shop::delete_basket(&customer.name), |()| None).await
}

/// Stores a basket and checks that it is stored as it was sent. Storing it twice does no harm.
pub(super) async fn put(customer: &mut Customer<'_>, lines: &[Line]) -> Result<(), Cause> {
    let call = || shop::put_basket(&customer.name, lines);
    let check = |basket: &Basket| is_basket(basket, &customer.name, lines);
    let (_, answer) = customer.visitor.persist(call, check).await;
    answer.map(|_| ())
}

/// Says what is wrong with a basket that should hold `lines`.
pub(crate) fn is_basket(basket: &Basket, name: &str, lines: &[Line]) -> Option<String> {
    if basket.user_name != name {
        return Some("another customer's basket".to_owned());
    }
    (basket.lines != lines).then(|| "a basket with other contents".to_owned())
}
