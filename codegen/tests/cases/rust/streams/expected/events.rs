// @generated from the contracts in spec/; edits are overwritten.

//! The events of the shop service.

use runtime::{Change, EventContext, EventError, KeyOnly, StreamHandler, WholeItem};

use crate::model::{Customer, Order};
use crate::tables::CustomerKey;

/// Follows orders.
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/followOrders`
pub trait FollowOrders: Send + Sync + 'static {
    /// Processes a change of an item.
    ///
    /// - **Table** `order`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Order/x-dynamodb-table`
    fn changed(
        &self,
        cx: &EventContext,
        change: Change<Order>,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches changes to an implementation of [`FollowOrders`]. Pass it to [`runtime::serve_stream`].
#[derive(Debug, Clone)]
pub struct FollowOrdersConsumer<C>(C);

impl<C: FollowOrders> FollowOrdersConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: FollowOrders> StreamHandler for FollowOrdersConsumer<C> {
    type Item = Order;
    type New = WholeItem;
    type Old = WholeItem;
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "followOrders";

    async fn handle(
        &self,
        cx: &EventContext,
        change: Change<Order>,
    ) -> Result<(), EventError> {
        self.0.changed(cx, change).await
    }
}

/// followCustomers
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/followCustomers`
pub trait FollowCustomers: Send + Sync + 'static {
    /// Processes a change of an item.
    ///
    /// - **Table** `crm`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer/x-dynamodb-table`
    fn changed(
        &self,
        cx: &EventContext,
        change: Change<Customer, CustomerKey>,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches changes to an implementation of [`FollowCustomers`]. Pass it to [`runtime::serve_stream`].
#[derive(Debug, Clone)]
pub struct FollowCustomersConsumer<C>(C);

impl<C: FollowCustomers> FollowCustomersConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: FollowCustomers> StreamHandler for FollowCustomersConsumer<C> {
    type Item = Customer;
    type New = WholeItem;
    type Old = KeyOnly;
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "followCustomers";

    async fn handle(
        &self,
        cx: &EventContext,
        change: Change<Customer, CustomerKey>,
    ) -> Result<(), EventError> {
        self.0.changed(cx, change).await
    }
}

/// countCustomers
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/countCustomers`
pub trait CountCustomers: Send + Sync + 'static {
    /// Processes a change of an item.
    ///
    /// - **Table** `crm`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/schemas/Customer/x-dynamodb-table`
    fn changed(
        &self,
        cx: &EventContext,
        change: Change<CustomerKey>,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches changes to an implementation of [`CountCustomers`]. Pass it to [`runtime::serve_stream`].
#[derive(Debug, Clone)]
pub struct CountCustomersConsumer<C>(C);

impl<C: CountCustomers> CountCustomersConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: CountCustomers> StreamHandler for CountCustomersConsumer<C> {
    type Item = Customer;
    type New = KeyOnly;
    type Old = KeyOnly;
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "countCustomers";

    async fn handle(
        &self,
        cx: &EventContext,
        change: Change<CustomerKey>,
    ) -> Result<(), EventError> {
        self.0.changed(cx, change).await
    }
}
