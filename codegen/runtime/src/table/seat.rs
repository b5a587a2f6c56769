//! An item for tests.

use super::{Item, ItemKey, KeyNames};
use crate::{At, Attributes, Decode, Encode, Sink, Violations};

/// An item without properties, which is its own key.
pub(super) struct Seat;

impl Encode for Seat {
    fn encode(&self, out: &mut dyn Sink) {
        out.null();
    }
}

impl Decode for Seat {
    fn decode(_: &At<'_>, _: &mut Violations) -> Option<Self> {
        Some(Self)
    }
}

impl Item for Seat {
    type Key = Seat;
    const TABLE: &'static str = "SEAT_TABLE";
    const KEY: KeyNames = KeyNames { partition: "id", sort: None };
    fn key(&self) -> Seat {
        Seat
    }
}

impl ItemKey for Seat {
    fn to_key(&self) -> Attributes {
        Attributes::new()
    }
}
