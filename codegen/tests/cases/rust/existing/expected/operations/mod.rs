// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod get_customer;
pub(crate) mod put_customer;
pub(crate) mod patch_customer;
pub(crate) mod list_customers;
pub(crate) mod list_orders;
pub(crate) mod create_order;
pub(crate) mod count_orders;
pub(crate) mod list_orders_by_total;
pub(crate) mod list_orders_by_status;
pub(crate) mod count_orders_of_total;
pub(crate) mod get_order;
pub(crate) mod delete_order;
pub(crate) mod set_status;
pub(crate) mod list_orders_of_status;
pub(crate) mod create_doc;
pub(crate) mod get_doc;
pub(crate) mod put_doc;
pub(crate) mod patch_doc;
pub(crate) mod replace_doc;
pub(crate) mod add_visits;
pub(crate) mod add_rating;
pub(crate) mod add_copies;
pub(crate) mod add_shelf;

use runtime::Context;

use crate::tables::Tables;

pub use get_customer::*;
pub use put_customer::*;
pub use patch_customer::*;
pub use list_customers::*;
pub use list_orders::*;
pub use create_order::*;
pub use count_orders::*;
pub use list_orders_by_total::*;
pub use list_orders_by_status::*;
pub use count_orders_of_total::*;
pub use get_order::*;
pub use delete_order::*;
pub use set_status::*;
pub use list_orders_of_status::*;
pub use create_doc::*;
pub use get_doc::*;
pub use put_doc::*;
pub use patch_doc::*;
pub use replace_doc::*;
pub use add_visits::*;
pub use add_rating::*;
pub use add_copies::*;
pub use add_shelf::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// `GET /customers/{id}`
    ///
    /// - **Route** `GET /customers/{id}`
    fn get_customer(
        &self,
        _cx: &Context,
        input: GetCustomerInput,
    ) -> impl Future<Output = Result<GetCustomerOutput, GetCustomerError>> + Send {
        get_customer::run(self.tables(), input)
    }

    /// `PUT /customers/{id}`
    ///
    /// - **Route** `PUT /customers/{id}`
    fn put_customer(
        &self,
        _cx: &Context,
        input: PutCustomerInput,
    ) -> impl Future<Output = Result<PutCustomerOutput, PutCustomerError>> + Send {
        put_customer::run(self.tables(), input)
    }

    /// `PATCH /customers/{id}`
    ///
    /// - **Route** `PATCH /customers/{id}`
    fn patch_customer(
        &self,
        _cx: &Context,
        input: PatchCustomerInput,
    ) -> impl Future<Output = Result<PatchCustomerOutput, PatchCustomerError>> + Send {
        patch_customer::run(self.tables(), input)
    }

    /// `GET /customers`
    ///
    /// - **Route** `GET /customers`
    fn list_customers(
        &self,
        _cx: &Context,
        input: ListCustomersInput,
    ) -> impl Future<Output = Result<ListCustomersOutput, ListCustomersError>> + Send {
        list_customers::run(self.tables(), input)
    }

    /// `GET /customers/{customerId}/orders`
    ///
    /// - **Route** `GET /customers/{customerId}/orders`
    fn list_orders(
        &self,
        _cx: &Context,
        input: ListOrdersInput,
    ) -> impl Future<Output = Result<ListOrdersOutput, ListOrdersError>> + Send {
        list_orders::run(self.tables(), input)
    }

    /// `POST /customers/{customerId}/orders`
    ///
    /// - **Route** `POST /customers/{customerId}/orders`
    fn create_order(
        &self,
        _cx: &Context,
        input: CreateOrderInput,
    ) -> impl Future<Output = Result<CreateOrderOutput, CreateOrderError>> + Send {
        create_order::run(self.tables(), input)
    }

    /// `GET /customers/{customerId}/orders/count`
    ///
    /// - **Route** `GET /customers/{customerId}/orders/count`
    fn count_orders(
        &self,
        _cx: &Context,
        input: CountOrdersInput,
    ) -> impl Future<Output = Result<CountOrdersOutput, CountOrdersError>> + Send {
        count_orders::run(self.tables(), input)
    }

    /// `GET /customers/{customerId}/orders/by-total`
    ///
    /// - **Route** `GET /customers/{customerId}/orders/by-total`
    fn list_orders_by_total(
        &self,
        _cx: &Context,
        input: ListOrdersByTotalInput,
    ) -> impl Future<
        Output = Result<ListOrdersByTotalOutput, ListOrdersByTotalError>,
    > + Send {
        list_orders_by_total::run(self.tables(), input)
    }

    /// `GET /customers/{customerId}/orders/of-status`
    ///
    /// - **Route** `GET /customers/{customerId}/orders/of-status`
    fn list_orders_by_status(
        &self,
        _cx: &Context,
        input: ListOrdersByStatusInput,
    ) -> impl Future<
        Output = Result<ListOrdersByStatusOutput, ListOrdersByStatusError>,
    > + Send {
        list_orders_by_status::run(self.tables(), input)
    }

    /// `GET /customers/{customerId}/orders/of-total`
    ///
    /// - **Route** `GET /customers/{customerId}/orders/of-total`
    fn count_orders_of_total(
        &self,
        _cx: &Context,
        input: CountOrdersOfTotalInput,
    ) -> impl Future<
        Output = Result<CountOrdersOfTotalOutput, CountOrdersOfTotalError>,
    > + Send {
        count_orders_of_total::run(self.tables(), input)
    }

    /// `GET /customers/{customerId}/orders/{number}`
    ///
    /// - **Route** `GET /customers/{customerId}/orders/{number}`
    fn get_order(
        &self,
        _cx: &Context,
        input: GetOrderInput,
    ) -> impl Future<Output = Result<GetOrderOutput, GetOrderError>> + Send {
        get_order::run(self.tables(), input)
    }

    /// `DELETE /customers/{customerId}/orders/{number}`
    ///
    /// - **Route** `DELETE /customers/{customerId}/orders/{number}`
    fn delete_order(
        &self,
        _cx: &Context,
        input: DeleteOrderInput,
    ) -> impl Future<Output = Result<DeleteOrderOutput, DeleteOrderError>> + Send {
        delete_order::run(self.tables(), input)
    }

    /// `PUT /customers/{customerId}/orders/{number}/status`
    ///
    /// - **Route** `PUT /customers/{customerId}/orders/{number}/status`
    fn set_status(
        &self,
        _cx: &Context,
        input: SetStatusInput,
    ) -> impl Future<Output = Result<SetStatusOutput, SetStatusError>> + Send {
        set_status::run(self.tables(), input)
    }

    /// `GET /orders`
    ///
    /// - **Route** `GET /orders`
    fn list_orders_of_status(
        &self,
        _cx: &Context,
        input: ListOrdersOfStatusInput,
    ) -> impl Future<
        Output = Result<ListOrdersOfStatusOutput, ListOrdersOfStatusError>,
    > + Send {
        list_orders_of_status::run(self.tables(), input)
    }

    /// `POST /docs`
    ///
    /// - **Route** `POST /docs`
    fn create_doc(
        &self,
        _cx: &Context,
        input: CreateDocInput,
    ) -> impl Future<Output = Result<CreateDocOutput, CreateDocError>> + Send {
        create_doc::run(self.tables(), input)
    }

    /// `GET /docs/{id}`
    ///
    /// - **Route** `GET /docs/{id}`
    fn get_doc(
        &self,
        _cx: &Context,
        input: GetDocInput,
    ) -> impl Future<Output = Result<GetDocOutput, GetDocError>> + Send {
        get_doc::run(self.tables(), input)
    }

    /// `PUT /docs/{id}`
    ///
    /// - **Route** `PUT /docs/{id}`
    fn put_doc(
        &self,
        _cx: &Context,
        input: PutDocInput,
    ) -> impl Future<Output = Result<PutDocOutput, PutDocError>> + Send {
        put_doc::run(self.tables(), input)
    }

    /// `PATCH /docs/{id}`
    ///
    /// - **Route** `PATCH /docs/{id}`
    fn patch_doc(
        &self,
        _cx: &Context,
        input: PatchDocInput,
    ) -> impl Future<Output = Result<PatchDocOutput, PatchDocError>> + Send {
        patch_doc::run(self.tables(), input)
    }

    /// `PUT /docs/{id}/whole`
    ///
    /// - **Route** `PUT /docs/{id}/whole`
    fn replace_doc(
        &self,
        _cx: &Context,
        input: ReplaceDocInput,
    ) -> impl Future<Output = Result<ReplaceDocOutput, ReplaceDocError>> + Send {
        replace_doc::run(self.tables(), input)
    }

    /// `POST /docs/{id}/visits`
    ///
    /// - **Route** `POST /docs/{id}/visits`
    fn add_visits(
        &self,
        _cx: &Context,
        input: AddVisitsInput,
    ) -> impl Future<Output = Result<AddVisitsOutput, AddVisitsError>> + Send {
        add_visits::run(self.tables(), input)
    }

    /// `POST /docs/{id}/rating`
    ///
    /// - **Route** `POST /docs/{id}/rating`
    fn add_rating(
        &self,
        _cx: &Context,
        input: AddRatingInput,
    ) -> impl Future<Output = Result<AddRatingOutput, AddRatingError>> + Send {
        add_rating::run(self.tables(), input)
    }

    /// `POST /docs/{id}/copies`
    ///
    /// - **Route** `POST /docs/{id}/copies`
    fn add_copies(
        &self,
        _cx: &Context,
        input: AddCopiesInput,
    ) -> impl Future<Output = Result<AddCopiesOutput, AddCopiesError>> + Send {
        add_copies::run(self.tables(), input)
    }

    /// `POST /docs/{id}/shelf`
    ///
    /// - **Route** `POST /docs/{id}/shelf`
    fn add_shelf(
        &self,
        _cx: &Context,
        input: AddShelfInput,
    ) -> impl Future<Output = Result<AddShelfOutput, AddShelfError>> + Send {
        add_shelf::run(self.tables(), input)
    }
}
