// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod create;
pub(crate) mod link;
pub(crate) mod build;
pub(crate) mod adopt;
pub(crate) mod park;

use runtime::Context;

use crate::tables::Tables;

pub use create::*;
pub use link::*;
pub use build::*;
pub use adopt::*;
pub use park::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// `POST /things`
    ///
    /// - **Route** `POST /things`
    fn create(
        &self,
        _cx: &Context,
        input: CreateInput,
    ) -> impl Future<Output = Result<CreateOutput, CreateError>> + Send {
        create::run(self.tables(), input)
    }

    /// Keywords beside each reference of a chain.
    ///
    /// - **Route** `POST /links`
    fn link(
        &self,
        cx: &Context,
        input: LinkInput,
    ) -> impl Future<Output = Result<LinkOutput, LinkError>> + Send;

    /// What a schema builds on, under a name and in place.
    ///
    /// - **Route** `POST /built`
    fn build(
        &self,
        cx: &Context,
        input: BuildInput,
    ) -> impl Future<Output = Result<BuildOutput, BuildError>> + Send;

    /// Alternatives with keywords beside their references.
    ///
    /// - **Route** `POST /pets`
    fn adopt(
        &self,
        cx: &Context,
        input: AdoptInput,
    ) -> impl Future<Output = Result<AdoptOutput, AdoptError>> + Send;

    /// A base and what builds on it, each in a file of its own; only `mapping` leads to the truck.
    ///
    /// - **Route** `POST /vehicles`
    fn park(
        &self,
        cx: &Context,
        input: ParkInput,
    ) -> impl Future<Output = Result<ParkOutput, ParkError>> + Send;
}
