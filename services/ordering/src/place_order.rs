//! `placeOrder`: turns a checkout into exactly one order, however often its event is delivered, and tells of it.
//!
//! An order stands under its customer and the time of the checkout, which the event carries: the consumer's clock
//! decides nothing. The write asks that nothing stands there yet. What stands there is one of two:
//!
//! - the order of this very checkout, then the event was delivered before and the work is done;
//! - the order of another checkout of the same customer in the same microsecond, then this order goes to the next
//!   microsecond that is free. A repetition walks the same way over the same orders, which are never removed, and ends
//!   at its own.
//!
//! A crash before the write leaves nothing, and the queue delivers again; a crash after it leaves the order, which the
//! repetition finds.
//!
//! `OrderPlaced` is published after the write, by the repetition too: whoever finds the order cannot know whether the
//! one that wrote it lived to tell. So it is told of every order at least once, each time in the same words, for they
//! are made of the order that is stored.

use ordering_contract::{CheckoutBasket, Order, OrderPlaced, OrderPlacedVersion, Tables};
use runtime::{Condition, EventContext, EventError, Failure, Timestamp, Written};

use crate::Service;

/// How many checkouts of one customer may share a microsecond. More than a person can do by far; the bound only keeps
/// a fault elsewhere from being walked over forever.
const MAX_STEPS: i64 = 64;

/// Stores the order of a checkout unless it is stored already, and publishes that it is there.
///
/// # Errors
/// [`EventError::Retry`] when the table or the bus does not answer.
pub(crate) async fn place_order(
    service: &Service,
    cx: &EventContext,
    event: CheckoutBasket,
) -> Result<(), EventError> {
    let order = store(&service.tables, order_of(event)).await?;
    service.publisher.order_placed(&cx.invocation, &told(order)?).await?;
    Ok(())
}

/// The order as it stands in the table afterwards.
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
    Err(Failure::message("the customer has too many orders of the same instant").into())
}

fn told(order: Order) -> Result<OrderPlaced, EventError> {
    Ok(OrderPlaced {
        version: OrderPlacedVersion::new(1)?,
        checkout_id: order.checkout_id,
        order_date: order.order_date,
        total_price: order.total_price,
        items: order.items,
        others: Default::default(),
    })
}

fn next_microsecond(time: Timestamp) -> Result<Timestamp, EventError> {
    let beyond = || EventError::Reject("the checkout is of the last instant there is".to_owned());
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
