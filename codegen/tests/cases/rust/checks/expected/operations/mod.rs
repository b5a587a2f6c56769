// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod post_thing;

use runtime::Context;

pub use post_thing::*;

/// What the shop service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// Takes one thing.
    ///
    /// - **Route** `POST /things`
    fn post_thing(
        &self,
        cx: &Context,
        input: PostThingInput,
    ) -> impl Future<Output = Result<PostThingOutput, PostThingError>> + Send;
}
