// @generated from the contracts in spec/; edits are overwritten.

//! `Venue`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{VenueCity, VenueName, VenueSeats, VenueSlug};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue`
#[derive(Debug, Clone, PartialEq)]
pub struct Venue {
    pub city: VenueCity,
    pub name: VenueName,
    pub seats: VenueSeats,
    /// What addresses call it.
    pub slug: VenueSlug,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Venue {
    /// Creates a value from its required fields.
    pub fn new(
        city: VenueCity,
        name: VenueName,
        seats: VenueSeats,
        slug: VenueSlug,
    ) -> Self {
        Self {
            city,
            name,
            seats,
            slug,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["city", "name", "seats", "slug"];

impl Decode for Venue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let city = object.required("city");
        let name = object.required("name");
        let seats = object.required("seats");
        let slug = object.required("slug");
        let others = object.others(PROPERTIES);
        Some(Self {
            city: city?,
            name: name?,
            seats: seats?,
            slug: slug?,
            others: others?,
        })
    }
}

impl Encode for Venue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("city", &self.city);
        out.field("name", &self.name);
        out.field("seats", &self.seats);
        out.field("slug", &self.slug);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
