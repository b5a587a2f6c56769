//! `recordSales`: each line of an order is one sale of its product, however often the order's event is delivered.
//!
//! A sale stands under its product and a name made of what the event says: the time, the checkout and the line's place
//! in the order. Nothing in it comes from the consumer, so a repetition writes the same sales over themselves. The
//! lines of an order are written together, so a reader of several products never sees half of it.

use product_contract::{LineItem, OrderPlaced, Sale, SaleSaleId, Tables};
use runtime::{EventError, Failure, Transacted, Transaction};

/// Records what an order sold.
///
/// # Errors
/// [`EventError::Retry`] when the table does not answer.
pub(crate) async fn record_sales(tables: &Tables, event: OrderPlaced) -> Result<(), EventError> {
    let mut transaction = Transaction::new();
    for (place, line) in event.items.iter().enumerate() {
        transaction = transaction.put(&tables.sale, &sale_of(&event, place, line)?);
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
