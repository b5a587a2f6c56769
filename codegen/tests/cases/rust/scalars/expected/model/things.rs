// @generated from the contracts in spec/; edits are overwritten.

//! `Things`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Bytes, Date, Decode, Encode, Json, Sink, Timestamp, Uuid, Violations};

use super::{
    File, Name, Payment, ThingsEmail, ThingsHome, ThingsPrice, ThingsQuantity,
    ThingsShare, ThingsVersion,
};

/// One of every scalar, with and without rules.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things`
#[derive(Debug, Clone, PartialEq)]
pub struct Things {
    /// What a thing is called; see <https://example.com/names>, and \[1\].
    pub name: Name,
    pub file: Option<File>,
    pub email: Option<ThingsEmail>,
    pub home: Option<ThingsHome>,
    /// - **Default** `1`
    pub quantity: ThingsQuantity,
    pub price: ThingsPrice,
    pub share: Option<ThingsShare>,
    pub version: Option<ThingsVersion>,
    /// An integer of at most 38 digits.
    pub count: Option<i128>,
    /// A double-precision number.
    pub ratio: Option<f64>,
    /// `true` or `false`.
    ///
    /// - **Default** `true`
    pub active: bool,
    /// A UUID (RFC 9562).
    pub id: Option<Uuid>,
    /// A date and time (RFC 3339).
    pub time: Option<Timestamp>,
    /// A date (RFC 3339).
    pub day: Option<Date>,
    /// Bytes in base64 (RFC 4648).
    pub picture: Option<Bytes>,
    /// How it is paid.
    pub payment: Option<Payment>,
    /// A string.
    pub note: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Things {
    /// Creates a value from its required fields.
    pub fn new(name: Name, price: ThingsPrice) -> Self {
        Self {
            name,
            file: Default::default(),
            email: Default::default(),
            home: Default::default(),
            quantity: runtime::preset("1"),
            price,
            share: Default::default(),
            version: Default::default(),
            count: Default::default(),
            ratio: Default::default(),
            active: runtime::preset("true"),
            id: Default::default(),
            time: Default::default(),
            day: Default::default(),
            picture: Default::default(),
            payment: Default::default(),
            note: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "name",
    "file",
    "email",
    "home",
    "quantity",
    "price",
    "share",
    "version",
    "count",
    "ratio",
    "active",
    "id",
    "time",
    "day",
    "picture",
    "payment",
    "note",
];

impl Decode for Things {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let name = object.required("name");
        let file = object.optional("file");
        let email = object.optional("email");
        let home = object.optional("home");
        let quantity = object.required("quantity");
        let price = object.required("price");
        let share = object.optional("share");
        let version = object.optional("version");
        let count = object.optional("count");
        let ratio = object.optional("ratio");
        let active = object.or("active", "true");
        let id = object.optional("id");
        let time = object.optional("time");
        let day = object.optional("day");
        let picture = object.optional("picture");
        let payment = object.optional("payment");
        let note = object.optional("note");
        let others = object.others(PROPERTIES);
        Some(Self {
            name: name?,
            file: file?,
            email: email?,
            home: home?,
            quantity: quantity?,
            price: price?,
            share: share?,
            version: version?,
            count: count?,
            ratio: ratio?,
            active: active?,
            id: id?,
            time: time?,
            day: day?,
            picture: picture?,
            payment: payment?,
            note: note?,
            others: others?,
        })
    }
}

impl Encode for Things {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("name", &self.name);
        out.optional("file", &self.file);
        out.optional("email", &self.email);
        out.optional("home", &self.home);
        out.field("quantity", &self.quantity);
        out.field("price", &self.price);
        out.optional("share", &self.share);
        out.optional("version", &self.version);
        out.optional("count", &self.count);
        out.optional("ratio", &self.ratio);
        out.field("active", &self.active);
        out.optional("id", &self.id);
        out.optional("time", &self.time);
        out.optional("day", &self.day);
        out.optional("picture", &self.picture);
        out.optional("payment", &self.payment);
        out.optional("note", &self.note);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
