//! The depot: takes parcels in, tells of them, and is reminded by the clock.

use depot_contract::{
    LookForLate, Operations, Parcel, ParcelRegistered, ParcelRegisteredVersion, ParcelScanned,
    ParcelScannedVersion, ParcelWeighed, ParcelWeighedVersion, Publisher, RegisterParcelError,
    RegisterParcelInput, RegisterParcelOutput, Remind, Reminder, ReminderAfterHours,
    ReminderReminderId, ScanParcelError, ScanParcelInput, ScanParcelOutput, Tables,
};
use runtime::{Aws, Context, EventContext, EventError, Timestamp, Uuid};

/// The depot service.
#[derive(Debug, Clone)]
pub struct Depot {
    tables: Tables,
    publisher: Publisher,
}

impl Depot {
    /// The service on the tables and the bus that the function's environment names.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { tables: Tables::new(aws), publisher: Publisher::new(aws) }
    }
}

impl Operations for Depot {
    fn tables(&self) -> &Tables {
        &self.tables
    }

    async fn register_parcel(
        &self,
        cx: &Context,
        input: RegisterParcelInput,
    ) -> Result<RegisterParcelOutput, RegisterParcelError> {
        let parcel = Parcel {
            id: Uuid::now_v7(),
            recipient: input.body.recipient,
            weight_grams: input.body.weight_grams,
            registered_at: Timestamp::now(),
            others: Default::default(),
        };
        self.tables.parcel.put(&parcel).await?;
        let event = ParcelRegistered {
            version: ParcelRegisteredVersion::VALUE,
            parcel_id: parcel.id,
            recipient: parcel.recipient.clone(),
            weight_grams: parcel.weight_grams,
            others: Default::default(),
        };
        self.publisher.parcel_registered(cx, &event).await?;
        Ok(parcel)
    }

    /// A scanner that weighs says more, in the second version of the event.
    async fn scan_parcel(
        &self,
        cx: &Context,
        input: ScanParcelInput,
    ) -> Result<ScanParcelOutput, ScanParcelError> {
        let (parcel_id, scan) = (input.id, input.body);
        match scan.weight_grams {
            None => {
                let version = ParcelScannedVersion::VALUE;
                let (scan_id, place) = (scan.scan_id, scan.place);
                let event = ParcelScanned {
                    version,
                    parcel_id,
                    scan_id,
                    place,
                    others: Default::default(),
                };
                self.publisher.parcel_scanned(cx, &event).await?;
            }
            Some(weight_grams) => {
                let version = ParcelWeighedVersion::VALUE;
                let (scan_id, place) = (scan.scan_id, scan.place);
                let event = ParcelWeighed {
                    version,
                    parcel_id,
                    scan_id,
                    place,
                    weight_grams,
                    others: Default::default(),
                };
                self.publisher.parcel_weighed(cx, &event).await?;
            }
        }
        Ok(())
    }
}

impl Remind for Depot {
    /// A firing that comes twice has the same id, and so writes the same reminder.
    async fn look_for_late(&self, cx: &EventContext, event: LookForLate) -> Result<(), EventError> {
        let reminder = Reminder {
            reminder_id: ReminderReminderId::new(cx.event_id.clone())?,
            after_hours: ReminderAfterHours::new(event.after_hours.get())?,
            fired_at: cx.time.unwrap_or_else(Timestamp::now),
            others: Default::default(),
        };
        Ok(self.tables.reminder.put(&reminder).await?)
    }
}
