// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the depot service.

pub(crate) mod register_parcel;
pub(crate) mod get_parcel;
pub(crate) mod scan_parcel;

use runtime::Context;

use crate::tables::Tables;

pub use register_parcel::*;
pub use get_parcel::*;
pub use scan_parcel::*;

/// The operations of the depot service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// Take a parcel in
    ///
    /// - **Route** `POST /parcel`
    fn register_parcel(
        &self,
        cx: &Context,
        input: RegisterParcelInput,
    ) -> impl Future<Output = Result<RegisterParcelOutput, RegisterParcelError>> + Send;

    /// Read a parcel
    ///
    /// - **Route** `GET /parcel/{id}`
    fn get_parcel(
        &self,
        _cx: &Context,
        input: GetParcelInput,
    ) -> impl Future<Output = Result<GetParcelOutput, GetParcelError>> + Send {
        get_parcel::run(self.tables(), input)
    }

    /// See a parcel pass
    ///
    /// - **Route** `POST /parcel/{id}/scan`
    fn scan_parcel(
        &self,
        cx: &Context,
        input: ScanParcelInput,
    ) -> impl Future<Output = Result<ScanParcelOutput, ScanParcelError>> + Send;
}
