// @generated from the contracts in spec/; edits are overwritten.

//! The events of the basket service.

use runtime::{Aws, Bus, Context, Entry, PublishError};

use crate::model::CheckoutBasket;

/// Publishes the events of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    swn_event_bus: Bus,
}

impl Publisher {
    /// Creates a publisher for the buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            swn_event_bus: Bus::new(aws, "SWN_EVENT_BUS"),
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
    /// The bus refused the event, or the result is unknown.
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

    /// Publishes several events, each like [`Self::checkout_basket`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn checkout_basket_all(
        &self,
        cx: &Context,
        events: &[CheckoutBasket],
    ) -> Result<(), PublishError> {
        self.swn_event_bus
            .publish_each(cx, "com.swn.basket.checkoutbasket", "CheckoutBasket", events)
            .await
    }
}
