// @generated from the contracts in spec/; edits are overwritten.

//! The events of the basket service.

use runtime::{Aws, Bus, Context, Entry, PublishError};

use crate::model::CheckoutBasket;

/// Publishes what the service has to tell; cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    swn_event_bus: Bus,
}

impl Publisher {
    /// A publisher to the buses that the function's environment names.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            swn_event_bus: Bus::new(aws, "SWN_EVENT_BUS_BUS"),
        }
    }

    /// A customer checked a basket out.
    ///
    /// - **From** `com.swn.basket.checkoutbasket`
    /// - **Type** `CheckoutBasket`
    /// - **Version** 1
    /// - **Source** `spec/basket/asyncapi.yaml#/components/messages/CheckoutBasket`
    ///
    /// # Errors
    /// When the bus did not accept it, or nobody can tell.
    pub async fn checkout_basket(
        &self,
        cx: &Context,
        event: &CheckoutBasket,
    ) -> Result<(), PublishError> {
        self.swn_event_bus
            .publish(
                cx,
                Entry::new("com.swn.basket.checkoutbasket", "CheckoutBasket", event),
            )
            .await
    }

    /// Publishes several events as [`Self::checkout_basket`] does one.
    ///
    /// # Errors
    /// When the bus did not accept all of them, or nobody can tell.
    pub async fn checkout_basket_all(
        &self,
        cx: &Context,
        events: &[CheckoutBasket],
    ) -> Result<(), PublishError> {
        let entry = |event| Entry::new(
            "com.swn.basket.checkoutbasket",
            "CheckoutBasket",
            event,
        );
        let entries: Vec<Entry> = events.iter().map(entry).collect();
        self.swn_event_bus.publish_all(cx, &entries).await
    }
}
