// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_things;

use runtime::Context;

pub use list_things::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `GET /things`
    ///
    /// - **Route** `GET /things`
    fn list_things(
        &self,
        cx: &Context,
        input: ListThingsInput,
    ) -> impl Future<Output = Result<ListThingsOutput, ListThingsError>> + Send;
}
