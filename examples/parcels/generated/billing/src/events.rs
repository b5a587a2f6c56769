// @generated from the contracts in spec/; edits are overwritten.

//! The events of the billing service.

use runtime::{Event, EventContext, EventError, EventHandler};

use crate::model::ParcelRegistered;

/// Charges for a parcel.
///
/// - **Source** `spec/billing/asyncapi.yaml#/operations/chargeParcel`
pub trait ChargeParcel: Send + Sync + 'static {
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

/// Dispatches events to an implementation of [`ChargeParcel`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct ChargeParcelConsumer<C>(C);

impl<C: ChargeParcel> ChargeParcelConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: ChargeParcel> EventHandler for ChargeParcelConsumer<C> {
    const SERVICE: &'static str = "billing";
    const OPERATION: &'static str = "chargeParcel";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.depot", "ParcelRegistered", Some(1)) => {
                self.0.parcel_registered(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}
