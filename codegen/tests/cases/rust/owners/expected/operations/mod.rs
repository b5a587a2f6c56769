// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_orders;
pub(crate) mod put_order;
pub(crate) mod list_orders_of_customer;
pub(crate) mod delete_order;
pub(crate) mod note_orders;
pub(crate) mod add_address;
pub(crate) mod add_card;
pub(crate) mod list_visits;
pub(crate) mod make_wish;
pub(crate) mod make_wish_by_form;
pub(crate) mod make_wish_by_file;
pub(crate) mod make_wish_anyhow;
pub(crate) mod find_wishes;
pub(crate) mod drop_wishes;

use runtime::Context;

use crate::tables::Tables;

pub use list_orders::*;
pub use put_order::*;
pub use list_orders_of_customer::*;
pub use delete_order::*;
pub use note_orders::*;
pub use add_address::*;
pub use add_card::*;
pub use list_visits::*;
pub use make_wish::*;
pub use make_wish_by_form::*;
pub use make_wish_by_file::*;
pub use make_wish_anyhow::*;
pub use find_wishes::*;
pub use drop_wishes::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// `GET /order`
    ///
    /// - **Route** `GET /order`
    fn list_orders(
        &self,
        _cx: &Context,
        input: ListOrdersInput,
    ) -> impl Future<Output = Result<ListOrdersOutput, ListOrdersError>> + Send {
        list_orders::run(self.tables(), input)
    }

    /// `PUT /order`
    ///
    /// - **Route** `PUT /order`
    fn put_order(
        &self,
        _cx: &Context,
        input: PutOrderInput,
    ) -> impl Future<Output = Result<PutOrderOutput, PutOrderError>> + Send {
        put_order::run(self.tables(), input)
    }

    /// `GET /order/{customer}`
    ///
    /// - **Route** `GET /order/{customer}`
    fn list_orders_of_customer(
        &self,
        _cx: &Context,
        input: ListOrdersOfCustomerInput,
    ) -> impl Future<
        Output = Result<ListOrdersOfCustomerOutput, ListOrdersOfCustomerError>,
    > + Send {
        list_orders_of_customer::run(self.tables(), input)
    }

    /// `DELETE /order/{customer}/{id}`
    ///
    /// - **Route** `DELETE /order/{customer}/{id}`
    fn delete_order(
        &self,
        _cx: &Context,
        input: DeleteOrderInput,
    ) -> impl Future<Output = Result<DeleteOrderOutput, DeleteOrderError>> + Send {
        delete_order::run(self.tables(), input)
    }

    /// `POST /order/{customer}/note`
    ///
    /// - **Route** `POST /order/{customer}/note`
    fn note_orders(
        &self,
        cx: &Context,
        input: NoteOrdersInput,
    ) -> impl Future<Output = Result<NoteOrdersOutput, NoteOrdersError>> + Send;

    /// `POST /customer/{customer}/address`
    ///
    /// - **Route** `POST /customer/{customer}/address`
    fn add_address(
        &self,
        _cx: &Context,
        input: AddAddressInput,
    ) -> impl Future<Output = Result<AddAddressOutput, AddAddressError>> + Send {
        add_address::run(self.tables(), input)
    }

    /// `POST /customer/{customer}/card/{number}`
    ///
    /// - **Route** `POST /customer/{customer}/card/{number}`
    fn add_card(
        &self,
        _cx: &Context,
        input: AddCardInput,
    ) -> impl Future<Output = Result<AddCardOutput, AddCardError>> + Send {
        add_card::run(self.tables(), input)
    }

    /// `GET /visit/{place}`
    ///
    /// - **Route** `GET /visit/{place}`
    fn list_visits(
        &self,
        _cx: &Context,
        input: ListVisitsInput,
    ) -> impl Future<Output = Result<ListVisitsOutput, ListVisitsError>> + Send {
        list_visits::run(self.tables(), input)
    }

    /// `POST /wish`
    ///
    /// - **Route** `POST /wish`
    fn make_wish(
        &self,
        cx: &Context,
        input: MakeWishInput,
    ) -> impl Future<Output = Result<MakeWishOutput, MakeWishError>> + Send;

    /// `POST /wish/form`
    ///
    /// - **Route** `POST /wish/form`
    fn make_wish_by_form(
        &self,
        cx: &Context,
        input: MakeWishByFormInput,
    ) -> impl Future<Output = Result<MakeWishByFormOutput, MakeWishByFormError>> + Send;

    /// `POST /wish/file`
    ///
    /// - **Route** `POST /wish/file`
    fn make_wish_by_file(
        &self,
        cx: &Context,
        input: MakeWishByFileInput,
    ) -> impl Future<Output = Result<MakeWishByFileOutput, MakeWishByFileError>> + Send;

    /// `POST /wish/any`
    ///
    /// - **Route** `POST /wish/any`
    fn make_wish_anyhow(
        &self,
        cx: &Context,
        input: MakeWishAnyhowInput,
    ) -> impl Future<Output = Result<MakeWishAnyhowOutput, MakeWishAnyhowError>> + Send;

    /// `GET /wish/all`
    ///
    /// - **Route** `GET /wish/all`
    fn find_wishes(
        &self,
        cx: &Context,
        input: FindWishesInput,
    ) -> impl Future<Output = Result<FindWishesOutput, FindWishesError>> + Send;

    /// `DELETE /wish/all`
    ///
    /// - **Route** `DELETE /wish/all`
    fn drop_wishes(
        &self,
        cx: &Context,
        input: DropWishesInput,
    ) -> impl Future<Output = Result<DropWishesOutput, DropWishesError>> + Send;
}
