//! `placeOrder`: turns a checkout into exactly one order, however often its event is delivered, and announces the order.
//!
//! The key of an order is the customer and the time of the checkout, which the event contains, so the consumer's clock
//! does not matter. A conditional write stores the order only if the key is free. If the key is taken, there are two
//! cases:
//!
//! - The stored order belongs to the same checkout: the event was delivered before, and there is nothing to store.
//! - It belongs to another checkout of the same customer in the same microsecond: this order takes the next free
//!   microsecond. A repeated delivery tries the same keys in the same order, because orders are never removed, and finds
//!   its own order.
//!
//! After a crash before the write, the queue delivers the event again. After a crash behind it, the repeated delivery finds
//! the order.
//!
//! `OrderPlaced` is published after the write, also by a repeated delivery, because the first one may have crashed between
//! the two. So every order is announced at least once, and always with the same content, which comes from the stored
//! order.

use ordering_contract::{CheckoutBasket, Order, OrderPlaced, OrderPlacedVersion, Tables};
use runtime::{Condition, EventContext, EventError, Failure, Timestamp, Written};

use crate::Service;

/// The maximum number of checkouts of a customer in the same microsecond. Nobody is that fast; the limit ends the loop if
/// something else is wrong.
const MAX_STEPS: i64 = 64;

/// Stores the order of a checkout unless it exists, and publishes `OrderPlaced`.
///
/// # Errors
/// [`EventError::Retry`] if the table or the bus does not respond.
pub(crate) async fn checkout_basket(
    service: &Service,
    cx: &EventContext,
    event: CheckoutBasket,
) -> Result<(), EventError> {
    let order = store(&service.tables, order_of(event)).await?;
    service.publisher.order_placed(cx, &announcement(order)?).await?;
    Ok(())
}

/// Stores the order, and returns the stored one.
async fn store(tables: &Tables, mut order: Order) -> Result<Order, EventError> {
    for _ in 0..MAX_STEPS {
        let condition = Condition::item_absent();
        match tables.order.put_if(&order, condition).await? {
            Written::Done => return Ok(order),
            Written::Refused(Some(found)) if found.checkout_id == order.checkout_id => {
                return Ok(found);
            }
            Written::Refused(_) => order.order_date = next_microsecond(order.order_date)?,
        }
    }
    Err(Failure::message("the customer has too many orders at the same time").into())
}

fn announcement(order: Order) -> Result<OrderPlaced, EventError> {
    Ok(OrderPlaced {
        version: OrderPlacedVersion::VALUE,
        checkout_id: order.checkout_id,
        order_date: order.order_date,
        total_price: order.total_price,
        items: order.items,
        others: Default::default(),
    })
}

fn next_microsecond(time: Timestamp) -> Result<Timestamp, EventError> {
    let beyond =
        || EventError::Reject("the time of the checkout is the largest possible".to_owned());
    time.plus_micros(1).ok_or_else(beyond)
}

fn order_of(event: CheckoutBasket) -> Order {
    Order {
        user_name: event.user_name,
        order_date: event.checkout_time,
        checkout_id: event.checkout_id,
        total_price: event.total_price,
        first_name: event.first_name,
        last_name: event.last_name,
        email: event.email,
        address: event.address,
        payment_method: event.payment_method,
        card_info: event.card_info,
        items: event.items,
        placed_at: Timestamp::now(),
        others: Default::default(),
    }
}
