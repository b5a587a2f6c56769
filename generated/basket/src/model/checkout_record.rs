// @generated from the contracts in spec/; edits are overwritten.

//! `CheckoutRecord`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{
    CheckoutReceipt, CheckoutRecordCheckoutKey, CheckoutRecordExpiresAt,
    CheckoutRecordFingerprint,
};

/// Remembers a finished checkout, so that a repetition gets the same answer.
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord`
#[derive(Debug, Clone, PartialEq)]
pub struct CheckoutRecord {
    /// The customer and the `Idempotency-Key`, with `#` between them.
    pub checkout_key: CheckoutRecordCheckoutKey,
    /// The request's digest; another request with the same key is refused.
    pub fingerprint: CheckoutRecordFingerprint,
    /// What became of a checkout.
    pub receipt: CheckoutReceipt,
    /// When the record may be forgotten, in seconds since 1970.
    pub expires_at: CheckoutRecordExpiresAt,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl CheckoutRecord {
    /// Creates a value from its required fields.
    pub fn new(
        checkout_key: CheckoutRecordCheckoutKey,
        fingerprint: CheckoutRecordFingerprint,
        receipt: CheckoutReceipt,
        expires_at: CheckoutRecordExpiresAt,
    ) -> Self {
        Self {
            checkout_key,
            fingerprint,
            receipt,
            expires_at,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["checkoutKey", "fingerprint", "receipt", "expiresAt"];

impl Decode for CheckoutRecord {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let checkout_key = object.required("checkoutKey");
        let fingerprint = object.required("fingerprint");
        let receipt = object.required("receipt");
        let expires_at = object.required("expiresAt");
        let others = object.others(PROPERTIES);
        Some(Self {
            checkout_key: checkout_key?,
            fingerprint: fingerprint?,
            receipt: receipt?,
            expires_at: expires_at?,
            others: others?,
        })
    }
}

impl Encode for CheckoutRecord {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("checkoutKey", &self.checkout_key);
        out.field("fingerprint", &self.fingerprint);
        out.field("receipt", &self.receipt);
        out.field("expiresAt", &self.expires_at);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
