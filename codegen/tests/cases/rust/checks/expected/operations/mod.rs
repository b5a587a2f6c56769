// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod post_thing;

use runtime::Context;

pub use post_thing::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
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
