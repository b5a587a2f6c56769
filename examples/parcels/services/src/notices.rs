//! Notices: what recipients are told.

use notices_contract::{
    Announce, Confirm, Notice, NoticeKind, NoticeText, ParcelAssigned, ParcelId, ParcelRegistered,
    Settings, Tables,
};
use runtime::{Aws, EventContext, EventError, Failure, Uuid};

/// A recipient whom no notice reaches.
pub const UNREACHABLE: &str = "Nobody";

/// The notices service.
#[derive(Debug, Clone)]
pub struct Notices {
    tables: Tables,
    settings: Settings,
}

impl Notices {
    /// The service on the table that the function's environment names.
    #[must_use]
    pub fn new(aws: &Aws, settings: Settings) -> Self {
        Self { tables: Tables::new(aws), settings }
    }

    /// The code for which the courier hands a parcel over: nobody can tell it who does not know the seed.
    async fn code(&self, parcel: &ParcelId) -> Result<String, EventError> {
        let missing = || Failure::message("the function is not given the seed of codes");
        let seed = self.settings.code_seed.as_ref().ok_or_else(missing)?.read().await?;
        let hash = Uuid::new_v5(parcel, seed.expose().as_bytes()).simple().to_string();
        Ok(hash.chars().take(6).collect())
    }

    async fn tell(
        &self,
        recipient: &str,
        parcel_id: ParcelId,
        kind: NoticeKind,
        text: String,
    ) -> Result<(), EventError> {
        if recipient == UNREACHABLE {
            return Err(Failure::message("the recipient cannot be reached").into());
        }
        let text = NoticeText::new(text)?;
        Ok(self
            .tables
            .notice
            .put(&Notice { parcel_id, kind, text, others: Default::default() })
            .await?)
    }
}

impl Announce for Notices {
    async fn parcel_registered(
        &self,
        _cx: &EventContext,
        event: ParcelRegistered,
    ) -> Result<(), EventError> {
        let text = format!("{}, a parcel is coming", event.recipient);
        self.tell(event.recipient.as_str(), event.parcel_id, NoticeKind::Registered, text).await
    }
}

impl Confirm for Notices {
    async fn parcel_assigned(
        &self,
        _cx: &EventContext,
        event: ParcelAssigned,
    ) -> Result<(), EventError> {
        let code = self.code(&event.parcel_id).await?;
        let text = format!("{}, {} brings it for the code {code}", event.recipient, event.courier);
        self.tell(event.recipient.as_str(), event.parcel_id, NoticeKind::Assigned, text).await
    }
}
