// @generated from the contracts in spec/; edits are overwritten.

//! The events of the courier service.

use runtime::{
    Aws, Bus, Change, Context, Entry, Event, EventContext, EventError, EventHandler,
    PublishError, StreamHandler, WholeItem,
};

use crate::model::{
    ParcelAssigned, ParcelRegistered, ParcelScanned, ParcelWeighed, Position,
};

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

    /// A courier took a parcel over.
    ///
    /// - **From** `com.example.courier`
    /// - **Type** `ParcelAssigned`
    /// - **Version** 1
    /// - **Source** `spec/courier/asyncapi.yaml#/components/messages/ParcelAssigned`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn parcel_assigned(
        &self,
        cx: &Context,
        event: &ParcelAssigned,
    ) -> Result<(), PublishError> {
        self.parcels
            .publish(cx, Entry::new("com.example.courier", "ParcelAssigned", event))
            .await
    }

    /// Publishes several events, each like [`Self::parcel_assigned`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn parcel_assigned_all(
        &self,
        cx: &Context,
        events: &[ParcelAssigned],
    ) -> Result<(), PublishError> {
        self.parcels
            .publish_each(cx, "com.example.courier", "ParcelAssigned", events)
            .await
    }
}

/// Finds a courier for a parcel, and tells.
///
/// - **Source** `spec/courier/asyncapi.yaml#/operations/assign`
pub trait Assign: Send + Sync + 'static {
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

/// Dispatches events to an implementation of [`Assign`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct AssignConsumer<C>(C);

impl<C: Assign> AssignConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Assign> EventHandler for AssignConsumer<C> {
    const SERVICE: &'static str = "courier";
    const OPERATION: &'static str = "assign";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.depot", "ParcelRegistered", Some(1)) => {
                self.0.parcel_registered(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}

/// Notes where a parcel is.
///
/// - **Source** `spec/courier/asyncapi.yaml#/operations/follow`
pub trait Follow: Send + Sync + 'static {
    /// A parcel passed a scanner.
    ///
    /// - **From** `com.example.depot`
    /// - **Type** `ParcelScanned`
    /// - **Version** 1
    /// - **Source** `spec/depot/asyncapi.yaml#/components/messages/ParcelScanned`
    fn parcel_scanned(
        &self,
        cx: &EventContext,
        event: ParcelScanned,
    ) -> impl Future<Output = Result<(), EventError>> + Send;

    /// A parcel passed a scanner that weighs as well.
    ///
    /// - **From** `com.example.depot`
    /// - **Type** `ParcelScanned`
    /// - **Version** 2
    /// - **Source** `spec/depot/asyncapi.yaml#/components/messages/ParcelWeighed`
    fn parcel_weighed(
        &self,
        cx: &EventContext,
        event: ParcelWeighed,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Follow`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct FollowConsumer<C>(C);

impl<C: Follow> FollowConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Follow> EventHandler for FollowConsumer<C> {
    const SERVICE: &'static str = "courier";
    const OPERATION: &'static str = "follow";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.depot", "ParcelScanned", Some(1)) => {
                self.0.parcel_scanned(cx, event.decode()?).await
            }
            ("com.example.depot", "ParcelScanned", Some(2)) => {
                self.0.parcel_weighed(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}

/// Keeps which parcels are at a place.
///
/// - **Source** `spec/courier/asyncapi.yaml#/operations/locate`
pub trait Locate: Send + Sync + 'static {
    /// Processes a change of an item.
    ///
    /// - **Table** `position`
    /// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Position/x-dynamodb-table`
    fn changed(
        &self,
        cx: &EventContext,
        change: Change<Position>,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches changes to an implementation of [`Locate`]. Pass it to [`runtime::serve_stream`].
#[derive(Debug, Clone)]
pub struct LocateConsumer<C>(C);

impl<C: Locate> LocateConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Locate> StreamHandler for LocateConsumer<C> {
    type Item = Position;
    type New = WholeItem;
    type Old = WholeItem;
    const SERVICE: &'static str = "courier";
    const OPERATION: &'static str = "locate";

    async fn handle(
        &self,
        cx: &EventContext,
        change: Change<Position>,
    ) -> Result<(), EventError> {
        self.0.changed(cx, change).await
    }
}
