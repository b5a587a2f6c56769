// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_things;
pub(crate) mod runtime_operation;
pub(crate) mod mod_operation;
pub(crate) mod routes_operation;
pub(crate) mod tables_2;

use runtime::Context;

pub use send_things::*;
pub use runtime_operation::*;
pub use mod_operation::*;
pub use routes_operation::*;
pub use tables_2::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `POST /things`
    ///
    /// - **Route** `POST /things`
    fn send_things(
        &self,
        cx: &Context,
        input: SendThingsInput,
    ) -> impl Future<Output = Result<SendThingsOutput, SendThingsError>> + Send;

    /// `POST /runtime`
    ///
    /// - **Route** `POST /runtime`
    fn runtime(
        &self,
        cx: &Context,
        input: RuntimeInput,
    ) -> impl Future<Output = Result<RuntimeOutput, RuntimeError>> + Send;

    /// `GET /mod`
    ///
    /// - **Route** `GET /mod`
    fn r#mod(
        &self,
        cx: &Context,
        input: ModInput,
    ) -> impl Future<Output = Result<ModOutput, ModError>> + Send;

    /// `GET /routes`
    ///
    /// - **Route** `GET /routes`
    fn routes(
        &self,
        cx: &Context,
        input: RoutesInput,
    ) -> impl Future<Output = Result<RoutesOutput, RoutesError>> + Send;

    /// `GET /tables`
    ///
    /// - **Route** `GET /tables`
    fn tables_2(
        &self,
        cx: &Context,
        input: Tables2Input,
    ) -> impl Future<Output = Result<Tables2Output, Tables2Error>> + Send;
}
