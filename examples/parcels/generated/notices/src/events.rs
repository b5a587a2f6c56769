// @generated from the contracts in spec/; edits are overwritten.

//! The events of the notices service.

use runtime::{Event, EventContext, EventError, EventHandler};

use crate::model::{ParcelAssigned, ParcelRegistered};

/// Tells the recipient that a parcel is coming.
///
/// - **Source** `spec/notices/asyncapi.yaml#/operations/announce`
pub trait Announce: Send + Sync + 'static {
    /// A depot took a parcel in.
    ///
    /// - **From** `com.example.depot`
    /// - **Type** `ParcelRegistered`
    /// - **Version** 1
    /// - **Source** `spec/depot/asyncapi.yaml#/components/messages/ParcelRegistered`
    fn parcel_registered(
        &self,
        cx: &EventContext,
        event: ParcelRegistered,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Announce`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct AnnounceConsumer<C>(C);

impl<C: Announce> AnnounceConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Announce> EventHandler for AnnounceConsumer<C> {
    const SERVICE: &'static str = "notices";
    const OPERATION: &'static str = "announce";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.depot", "ParcelRegistered", Some(1)) => {
                self.0.parcel_registered(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}

/// Tells the recipient who brings the parcel.
///
/// - **Source** `spec/notices/asyncapi.yaml#/operations/confirm`
pub trait Confirm: Send + Sync + 'static {
    /// A courier took a parcel over.
    ///
    /// - **From** `com.example.courier`
    /// - **Type** `ParcelAssigned`
    /// - **Version** 1
    /// - **Source** `spec/courier/asyncapi.yaml#/components/messages/ParcelAssigned`
    fn parcel_assigned(
        &self,
        cx: &EventContext,
        event: ParcelAssigned,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Confirm`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct ConfirmConsumer<C>(C);

impl<C: Confirm> ConfirmConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Confirm> EventHandler for ConfirmConsumer<C> {
    const SERVICE: &'static str = "notices";
    const OPERATION: &'static str = "confirm";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.courier", "ParcelAssigned", Some(1)) => {
                self.0.parcel_assigned(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}
