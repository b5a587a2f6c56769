// @generated from the contracts in spec/; edits are overwritten.

//! `PendingCheckout`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Timestamp, Uuid, Violations};

/// A checkout of the basket that began and was not finished.
///
/// Until the same checkout is sent again, the basket can be read but not changed.
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/PendingCheckout`
#[derive(Debug, Clone, PartialEq)]
pub struct PendingCheckout {
    /// A UUID (RFC 9562).
    pub checkout_id: Uuid,
    /// A date and time (RFC 3339).
    pub checkout_time: Timestamp,
    /// Whether a request after the first took the checkout up.
    ///
    /// From then on nobody can know that it was not published, so it can only be finished.
    ///
    /// - **Shape** `true` or `false`
    pub retried: bool,
}

impl PendingCheckout {
    /// Creates a value from its required fields.
    pub fn new(checkout_id: Uuid, checkout_time: Timestamp, retried: bool) -> Self {
        Self {
            checkout_id,
            checkout_time,
            retried,
        }
    }
}

const PROPERTIES: &[&str] = &["checkoutId", "checkoutTime", "retried"];

impl Decode for PendingCheckout {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let checkout_id = object.required("checkoutId");
        let checkout_time = object.required("checkoutTime");
        let retried = object.required("retried");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            checkout_id: checkout_id?,
            checkout_time: checkout_time?,
            retried: retried?,
        })
    }
}

impl Encode for PendingCheckout {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("checkoutId", &self.checkout_id);
        out.field("checkoutTime", &self.checkout_time);
        out.field("retried", &self.retried);
        out.end_map();
    }
}
