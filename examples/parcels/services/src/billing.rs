//! Billing: charges for parcels by weight.

use billing_contract::{Charge, ChargeCents, ChargeParcel, ParcelRegistered, Settings, Tables};
use runtime::{Aws, EventContext, EventError, Failure};

/// The heaviest parcel that there is a tariff for, in grams.
const HEAVIEST: i32 = 31_500;

/// The billing service.
#[derive(Debug, Clone)]
pub struct Billing {
    tables: Tables,
    settings: Settings,
}

impl Billing {
    /// The service on the table that the function's environment names.
    #[must_use]
    pub fn new(aws: &Aws, settings: Settings) -> Self {
        Self { tables: Tables::new(aws), settings }
    }

    /// What every parcel costs, whatever it weighs.
    async fn base_cents(&self) -> Result<i32, EventError> {
        let cents = self.settings.base_cents.read().await?;
        let cents = cents.expose().parse();
        cents.map_err(|_| Failure::message("the base tariff is not a number").into())
    }
}

impl ChargeParcel for Billing {
    /// A parcel without tariff ends in the dead-letter queue, where somebody finds it, and keeps nobody up.
    async fn parcel_registered(
        &self,
        _cx: &EventContext,
        event: ParcelRegistered,
    ) -> Result<(), EventError> {
        let grams = event.weight_grams.get();
        if grams > HEAVIEST {
            return Err(EventError::Reject(format!("there is no tariff for {grams} g")));
        }
        let cents = ChargeCents::new(self.base_cents().await? + grams / 10)?;
        Ok(self
            .tables
            .charge
            .put(&Charge { parcel_id: event.parcel_id, cents, others: Default::default() })
            .await?)
    }
}
