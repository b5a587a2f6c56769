// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the basket service.

pub(crate) mod list_baskets;
pub(crate) mod put_basket;
pub(crate) mod get_basket;
pub(crate) mod delete_basket;
pub(crate) mod checkout_basket;

use runtime::Context;

use crate::tables::Tables;

pub use list_baskets::*;
pub use put_basket::*;
pub use get_basket::*;
pub use delete_basket::*;
pub use checkout_basket::*;

/// The operations of the basket service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// List the baskets
    ///
    /// - **Route** `GET /basket`
    fn list_baskets(
        &self,
        _cx: &Context,
        input: ListBasketsInput,
    ) -> impl Future<Output = Result<ListBasketsOutput, ListBasketsError>> + Send {
        list_baskets::run(self.tables(), input)
    }

    /// Fill a basket
    ///
    /// Stores the basket, in place of the one that the customer had.
    ///
    /// - **Route** `POST /basket`
    fn put_basket(
        &self,
        _cx: &Context,
        input: PutBasketInput,
    ) -> impl Future<Output = Result<PutBasketOutput, PutBasketError>> + Send {
        put_basket::run(self.tables(), input)
    }

    /// Read a basket
    ///
    /// - **Route** `GET /basket/{userName}`
    fn get_basket(
        &self,
        _cx: &Context,
        input: GetBasketInput,
    ) -> impl Future<Output = Result<GetBasketOutput, GetBasketError>> + Send {
        get_basket::run(self.tables(), input)
    }

    /// Remove a basket
    ///
    /// - **Route** `DELETE /basket/{userName}`
    fn delete_basket(
        &self,
        _cx: &Context,
        input: DeleteBasketInput,
    ) -> impl Future<Output = Result<DeleteBasketOutput, DeleteBasketError>> + Send {
        delete_basket::run(self.tables(), input)
    }

    /// Check a basket out
    ///
    /// Totals the basket, publishes `CheckoutBasket` and removes the basket. A failed request can be
    /// repeated with the same `Idempotency-Key`; it leads to one order.
    ///
    /// - **Route** `POST /basket/checkout`
    fn checkout_basket(
        &self,
        cx: &Context,
        input: CheckoutBasketInput,
    ) -> impl Future<Output = Result<CheckoutBasketOutput, CheckoutBasketError>> + Send;
}
