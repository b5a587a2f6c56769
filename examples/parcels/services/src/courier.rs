//! The courier: takes parcels over and tells, and follows them from scan to scan.

use courier_contract::{
    Assign, Follow, Locate, ParcelAssigned, ParcelAssignedCourier, ParcelAssignedVersion, ParcelId,
    ParcelRegistered, ParcelScanned, ParcelWeighed, Place, Position, PositionKey, Presence,
    PresenceKey, Publisher, Tables, Trip, TripCourier, WeightGrams,
};
use runtime::{Aws, Change, EventContext, EventError};

/// The couriers that there are.
const COURIERS: [&str; 3] = ["Bo", "Cy", "Di"];

/// A place that no courier goes to, so that nobody can say which parcels are there.
pub const NOWHERE: &str = "nowhere";

/// The courier service.
#[derive(Debug, Clone)]
pub struct Courier {
    tables: Tables,
    publisher: Publisher,
}

impl Courier {
    /// The service on the tables and the bus that the function's environment names.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { tables: Tables::new(aws), publisher: Publisher::new(aws) }
    }

    /// Adds a place to a parcel's way. Nobody else does so at the same time, nor out of turn: the queue keeps the scans
    /// of a parcel in order, and hands the next one out when this one is done.
    async fn note(
        &self,
        parcel_id: ParcelId,
        place: Place,
        weight_grams: Option<WeightGrams>,
    ) -> Result<(), EventError> {
        let found = self.tables.position.get_consistent(&PositionKey { parcel_id }).await?;
        let mut position = found.unwrap_or(Position {
            parcel_id,
            places: Vec::new(),
            weight_grams: None,
            others: Default::default(),
        });
        position.places.push(place);
        position.weight_grams = weight_grams.or(position.weight_grams);
        Ok(self.tables.position.put(&position).await?)
    }
}

impl Assign for Courier {
    /// Everything follows from the event, so a repetition assigns the same courier and says so in the same words.
    async fn parcel_registered(
        &self,
        cx: &EventContext,
        event: ParcelRegistered,
    ) -> Result<(), EventError> {
        let courier = COURIERS[usize::from(event.parcel_id.as_bytes()[15]) % COURIERS.len()];
        let trip = Trip {
            parcel_id: event.parcel_id,
            courier: TripCourier::new(courier)?,
            others: Default::default(),
        };
        self.tables.trip.put(&trip).await?;
        let assigned = ParcelAssigned {
            version: ParcelAssignedVersion::VALUE,
            parcel_id: event.parcel_id,
            recipient: event.recipient,
            courier: ParcelAssignedCourier::new(courier)?,
            others: Default::default(),
        };
        Ok(self.publisher.parcel_assigned(cx, &assigned).await?)
    }
}

impl Follow for Courier {
    async fn parcel_scanned(
        &self,
        _cx: &EventContext,
        event: ParcelScanned,
    ) -> Result<(), EventError> {
        self.note(event.parcel_id, event.place, None).await
    }

    async fn parcel_weighed(
        &self,
        _cx: &EventContext,
        event: ParcelWeighed,
    ) -> Result<(), EventError> {
        self.note(event.parcel_id, event.place, Some(event.weight_grams)).await
    }
}

impl Locate for Courier {
    /// A repetition writes and deletes the same again. A parcel is at its new place before it leaves the old one, so it is
    /// never nowhere.
    async fn changed(
        &self,
        _cx: &EventContext,
        change: Change<Position>,
    ) -> Result<(), EventError> {
        let (old, new) = match change {
            Change::Inserted { new } => (None, Some(new)),
            Change::Modified { old, new } => (Some(old), Some(new)),
            Change::Removed { old, .. } => (Some(old), None),
        };
        let last = |position: &Option<Position>| {
            let position = position.as_ref()?;
            Some((position.places.last()?.clone(), position.parcel_id))
        };
        let (left, reached) = (last(&old), last(&new));
        if left == reached {
            return Ok(());
        }
        if let Some((place, parcel_id)) = reached {
            if place.as_str() == NOWHERE {
                return Err(EventError::Reject("nobody can be nowhere".to_owned()));
            }
            let presence = Presence { place, parcel_id, others: Default::default() };
            self.tables.presence.put(&presence).await?;
        }
        if let Some((place, parcel_id)) = left {
            self.tables.presence.delete(&PresenceKey { place, parcel_id }).await?;
        }
        Ok(())
    }
}
