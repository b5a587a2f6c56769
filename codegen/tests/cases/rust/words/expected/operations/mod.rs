// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod self_operation;
pub(crate) mod r#match;
pub(crate) mod new;
pub(crate) mod over;
pub(crate) mod clone;
pub(crate) mod call_new;
pub(crate) mod r#try;
pub(crate) mod r#async;
pub(crate) mod crate_;
pub(crate) mod union;
pub(crate) mod handle;
pub(crate) mod operation;
pub(crate) mod result;

use runtime::Context;

use crate::tables::Tables;

pub use self_operation::*;
pub use r#match::*;
pub use new::*;
pub use over::*;
pub use clone::*;
pub use call_new::*;
pub use r#try::*;
pub use r#async::*;
pub use crate_::*;
pub use union::*;
pub use handle::*;
pub use operation::*;
pub use result::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
#[allow(clippy::wrong_self_convention, reason = "the contract names operations")]
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// `GET /self/{type}`
    ///
    /// - **Route** `GET /self/{type}`
    fn self_operation(
        &self,
        _cx: &Context,
        input: SelfOperationInput,
    ) -> impl Future<Output = Result<SelfOperationOutput, SelfOperationError>> + Send {
        self_operation::run(self.tables(), input)
    }

    /// `POST /match`
    ///
    /// - **Route** `POST /match`
    fn r#match(
        &self,
        cx: &Context,
        input: MatchInput,
    ) -> impl Future<Output = Result<MatchOutput, MatchError>> + Send;

    /// `POST /new`
    ///
    /// - **Route** `POST /new`
    fn new(
        &self,
        cx: &Context,
        input: NewInput,
    ) -> impl Future<Output = Result<NewOutput, NewError>> + Send;

    /// `POST /over`
    ///
    /// - **Route** `POST /over`
    fn over(
        &self,
        cx: &Context,
        input: OverInput,
    ) -> impl Future<Output = Result<OverOutput, OverError>> + Send;

    /// `POST /clone`
    ///
    /// - **Route** `POST /clone`
    fn clone(
        &self,
        cx: &Context,
        input: CloneInput,
    ) -> impl Future<Output = Result<CloneOutput, CloneError>> + Send;

    /// `POST /call_new`
    ///
    /// - **Route** `POST /call_new`
    fn call_new(
        &self,
        cx: &Context,
        input: CallNewInput,
    ) -> impl Future<Output = Result<CallNewOutput, CallNewError>> + Send;

    /// `GET /try`
    ///
    /// - **Route** `GET /try`
    fn r#try(
        &self,
        cx: &Context,
        input: TryInput,
    ) -> impl Future<Output = Result<TryOutput, TryError>> + Send;

    /// `GET /async`
    ///
    /// - **Route** `GET /async`
    fn r#async(
        &self,
        cx: &Context,
        input: AsyncInput,
    ) -> impl Future<Output = Result<AsyncOutput, AsyncError>> + Send;

    /// `GET /crate`
    ///
    /// - **Route** `GET /crate`
    fn crate_(
        &self,
        cx: &Context,
        input: CrateInput,
    ) -> impl Future<Output = Result<CrateOutput, CrateError>> + Send;

    /// `GET /union`
    ///
    /// - **Route** `GET /union`
    fn union(
        &self,
        cx: &Context,
        input: UnionInput,
    ) -> impl Future<Output = Result<UnionOutput, UnionError>> + Send;

    /// `GET /handle`
    ///
    /// - **Route** `GET /handle`
    fn handle(
        &self,
        cx: &Context,
        input: HandleInput,
    ) -> impl Future<Output = Result<HandleOutput, HandleError>> + Send;

    /// `GET /operation`
    ///
    /// - **Route** `GET /operation`
    fn operation(
        &self,
        cx: &Context,
        input: OperationInput,
    ) -> impl Future<Output = Result<OperationOutput, OperationError>> + Send;

    /// `GET /result`
    ///
    /// - **Route** `GET /result`
    fn result(
        &self,
        cx: &Context,
        input: ResultInput,
    ) -> impl Future<Output = Result<ResultOutput, ResultError>> + Send;
}
