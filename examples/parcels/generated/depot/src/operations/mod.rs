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

/// What the depot service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated bodies work on.
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
