// @generated from the contracts in spec/; edits are overwritten.

//! Typed clients of the services, made from the same contracts as the services themselves.
//!
//! A module for each service has a `Client` with a method for each operation. Whoever has a connection of their own
//! uses the operations as [`Call`]s instead: they make the request and check the response.
//!
//! Generated from the contracts; edit the contracts instead, and generate again.

#[rustfmt::skip]
pub mod basket;
#[rustfmt::skip]
pub mod ordering;
#[rustfmt::skip]
pub mod product;

pub use runtime::client::{
    Answer, Error, Http, HttpRequest, HttpResponse, OffContract, Transport, TransportError,
};
pub use runtime::{Bytes, File};

/// An operation as a client calls it: the request that its input becomes, and what may come back.
pub trait Call {
    /// What the operation answers with success.
    type Output;
    /// How it fails by its contract.
    type Error;

    /// The request.
    fn to_http(&self) -> HttpRequest;

    /// Whose item the call is about, where the contract declares an owner (`x-owner`).
    fn owner(&self) -> Option<String> {
        None
    }

    /// The response, checked against the contract.
    ///
    /// # Errors
    /// A failure that the contract declares, or a response that it does not allow.
    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>>;
}

/// Makes a call over a transport.
///
/// # Errors
/// A failure that the contract declares, a response that it does not allow, or no response.
pub async fn send<C: Call, T: Transport>(
    transport: &T,
    call: &C,
) -> Result<C::Output, Error<C::Error>> {
    let response = transport.send(call.to_http()).await;
    C::from_http(&response.map_err(Error::Transport)?)
}
