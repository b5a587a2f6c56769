//! `recordSales`: each line of an order is one sale of its product, however often the order's event is delivered.
//!
//! The key of a sale is the product and an ID made from the event: the time, the checkout and the line's position in the
//! order. All values come from the event, so a repeated delivery overwrites the sales with the same content. All lines of an
//! order are written in one transaction, so no reader sees half an order.

use product_contract::{LineItem, OrderPlaced, Sale, SaleSaleId};
use runtime::{EventContext, EventError, Failure, Transacted, Transaction};

use crate::Service;

/// Records what an order sold.
///
/// # Errors
/// [`EventError::Retry`] if the table does not respond.
pub(crate) async fn order_placed(
    service: &Service,
    _cx: &EventContext,
    event: OrderPlaced,
) -> Result<(), EventError> {
    let mut transaction = Transaction::new();
    for (place, line) in event.items.iter().enumerate() {
        transaction = transaction.put(&service.tables.sale, &sale_of(&event, place, line)?);
    }
    match transaction.run().await? {
        Transacted::Done => Ok(()),
        Transacted::Cancelled(reasons) => {
            Err(Failure::message(format!("the sales were not recorded: {reasons:?}")).into())
        }
    }
}

fn sale_of(event: &OrderPlaced, place: usize, line: &LineItem) -> Result<Sale, EventError> {
    let name = format!("{}/{}/{place:02}", event.order_date, event.checkout_id);
    Ok(Sale {
        product_id: line.product_id,
        sale_id: SaleSaleId::new(name)?,
        sold_at: event.order_date,
        quantity: line.quantity,
        color: line.color.clone(),
        price: line.price,
        others: Default::default(),
    })
}
