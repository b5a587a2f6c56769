// @generated from the contracts in spec/; edits are overwritten.

//! The events of the depot service.

use runtime::{
    Aws, Bus, Context, Entry, Event, EventContext, EventError, EventHandler, PublishError,
};

use crate::model::{LookForLate, ParcelRegistered, ParcelScanned, ParcelWeighed};

/// Publishes the events of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    parcels: Bus,
}

impl Publisher {
    /// Creates a publisher for the buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            parcels: Bus::new(aws, "PARCELS_BUS"),
        }
    }

    /// A depot took a parcel in.
    ///
    /// - **From** `com.example.depot`
    /// - **Type** `ParcelRegistered`
    /// - **Version** 1
    /// - **Source** `spec/depot/asyncapi.yaml#/components/messages/ParcelRegistered`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn parcel_registered(
        &self,
        cx: &Context,
        event: &ParcelRegistered,
    ) -> Result<(), PublishError> {
        self.parcels
            .publish(cx, Entry::new("com.example.depot", "ParcelRegistered", event))
            .await
    }

    /// Publishes several events, each like [`Self::parcel_registered`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn parcel_registered_all(
        &self,
        cx: &Context,
        events: &[ParcelRegistered],
    ) -> Result<(), PublishError> {
        self.parcels
            .publish_each(cx, "com.example.depot", "ParcelRegistered", events)
            .await
    }

    /// A parcel passed a scanner.
    ///
    /// - **From** `com.example.depot`
    /// - **Type** `ParcelScanned`
    /// - **Version** 1
    /// - **Source** `spec/depot/asyncapi.yaml#/components/messages/ParcelScanned`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn parcel_scanned(
        &self,
        cx: &Context,
        event: &ParcelScanned,
    ) -> Result<(), PublishError> {
        self.parcels
            .publish(cx, Entry::new("com.example.depot", "ParcelScanned", event))
            .await
    }

    /// Publishes several events, each like [`Self::parcel_scanned`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn parcel_scanned_all(
        &self,
        cx: &Context,
        events: &[ParcelScanned],
    ) -> Result<(), PublishError> {
        self.parcels.publish_each(cx, "com.example.depot", "ParcelScanned", events).await
    }

    /// A parcel passed a scanner that weighs as well.
    ///
    /// - **From** `com.example.depot`
    /// - **Type** `ParcelScanned`
    /// - **Version** 2
    /// - **Source** `spec/depot/asyncapi.yaml#/components/messages/ParcelWeighed`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn parcel_weighed(
        &self,
        cx: &Context,
        event: &ParcelWeighed,
    ) -> Result<(), PublishError> {
        self.parcels
            .publish(cx, Entry::new("com.example.depot", "ParcelScanned", event))
            .await
    }

    /// Publishes several events, each like [`Self::parcel_weighed`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn parcel_weighed_all(
        &self,
        cx: &Context,
        events: &[ParcelWeighed],
    ) -> Result<(), PublishError> {
        self.parcels.publish_each(cx, "com.example.depot", "ParcelScanned", events).await
    }
}

/// Reminds the depot of parcels that lie too long.
///
/// - **Source** `spec/depot/asyncapi.yaml#/operations/remind`
pub trait Remind: Send + Sync + 'static {
    /// It is time to look for parcels that lie too long.
    ///
    /// - **From** `aws.events`
    /// - **Type** `Scheduled Event`
    /// - **Schedule** `cron(0 3 * * ? *)`
    /// - **Source** `spec/depot/asyncapi.yaml#/components/messages/LookForLate`
    fn look_for_late(
        &self,
        cx: &EventContext,
        event: LookForLate,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Remind`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct RemindConsumer<C>(C);

impl<C: Remind> RemindConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Remind> EventHandler for RemindConsumer<C> {
    const SERVICE: &'static str = "depot";
    const OPERATION: &'static str = "remind";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("aws.events", "Scheduled Event", _) => {
                self.0.look_for_late(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}
