//! Types as the generator writes them, for the other tests.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Maybe, NumberRules, Sensitive, Sink};
use runtime::{Bytes, Date, Decimal, TextFormat, TextRules, Timestamp, Uuid, Violations};

mod rules {
    use super::*;

    runtime::text_rules!(ProductName, TextRules::new().min_length(1).max_length(8));
    runtime::text_rules!(
        ImageFile,
        TextRules::new().max_length(256),
        pattern = "^[A-Za-z0-9._-]+$"
    );
    runtime::text_rules!(Email, TextRules::new().max_length(254).format(TextFormat::EMAIL));
    runtime::number_rules!(
        Price(Decimal),
        NumberRules::new().minimum("0").maximum("1e6").multiple_of("0.01")
    );
    runtime::number_rules!(Quantity(i32), NumberRules::new().minimum("1").maximum("1000"));
    runtime::number_rules!(Version(i32), NumberRules::new().one_of(&[1, 2]));
    runtime::number_rules!(Share(f64), NumberRules::new().above("0").below("1"));
    runtime::number_rules!(Pin(i32), NumberRules::new().maximum("9999"));
    runtime::scalar_rules!(Recent(Date), TextRules::new(), pattern = "^20");
}

pub type ProductName = runtime::Text<rules::ProductName>;
pub type ImageFile = runtime::Text<rules::ImageFile>;
pub type Email = runtime::Redacted<runtime::Text<rules::Email>>;
pub type Price = runtime::Scalar<rules::Price>;
pub type Quantity = runtime::Scalar<rules::Quantity>;
pub type Version = runtime::Scalar<rules::Version>;
pub type Share = runtime::Scalar<rules::Share>;
pub type Pin = runtime::Redacted<runtime::Scalar<rules::Pin>>;
pub type Recent = runtime::Scalar<rules::Recent>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payment {
    Card,
    Cash,
}

runtime::enum_type!(Payment { Card = "card", Cash = "cash" });

/// Every kind of property, each way in which it may be there.
#[derive(Debug, Clone, PartialEq)]
pub struct Everything {
    pub name: ProductName,
    pub image_file: Option<ImageFile>,
    pub email: Email,
    pub note: Option<Sensitive<String>>,
    pub price: Price,
    pub quantity: Quantity,
    pub count: i64,
    pub share: Share,
    pub ratio: f64,
    pub amount: Decimal,
    pub active: bool,
    pub id: Uuid,
    pub time: Timestamp,
    pub day: Date,
    pub picture: Bytes,
    pub payment: Payment,
    pub tags: Vec<String>,
    pub labels: BTreeMap<String, Option<i32>>,
    pub parent: Option<Box<Everything>>,
    pub color: Maybe<String>,
    pub any: Json,
    pub size: Quantity,
}

impl Decode for Everything {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let name = object.required("name");
        let image_file = object.optional("imageFile");
        let email = object.required("email");
        let note = object.optional("note");
        let price = object.required("price");
        let quantity = object.required("quantity");
        let count = object.required("count");
        let share = object.required("share");
        let ratio = object.required("ratio");
        let amount = object.required("amount");
        let active = object.required("active");
        let id = object.required("id");
        let time = object.required("time");
        let day = object.required("day");
        let picture = object.required("picture");
        let payment = object.required("payment");
        let tags =
            object.required_as("tags", runtime::list(ListRules::new().max_items(3).unique_items()));
        let labels = object.required_as("labels", runtime::map(None, Some(4)));
        let parent = object.required("parent");
        let color = object.maybe("color");
        let any = object.required("any");
        let size = object.or("size", "1");
        object.refuse_others(&[
            "name",
            "imageFile",
            "email",
            "note",
            "price",
            "quantity",
            "count",
            "share",
            "ratio",
            "amount",
            "active",
            "id",
            "time",
            "day",
            "picture",
            "payment",
            "tags",
            "labels",
            "parent",
            "color",
            "any",
            "size",
        ]);
        object.end()?;
        Some(Self {
            name: name?,
            image_file: image_file?,
            email: email?,
            note: note?,
            price: price?,
            quantity: quantity?,
            count: count?,
            share: share?,
            ratio: ratio?,
            amount: amount?,
            active: active?,
            id: id?,
            time: time?,
            day: day?,
            picture: picture?,
            payment: payment?,
            tags: tags?,
            labels: labels?,
            parent: parent?,
            color: color?,
            any: any?,
            size: size?,
        })
    }
}

impl Encode for Everything {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("name", &self.name);
        out.optional("imageFile", &self.image_file);
        out.field("email", &self.email);
        out.optional("note", &self.note);
        out.field("price", &self.price);
        out.field("quantity", &self.quantity);
        out.field("count", &self.count);
        out.field("share", &self.share);
        out.field("ratio", &self.ratio);
        out.field("amount", &self.amount);
        out.field("active", &self.active);
        out.field("id", &self.id);
        out.field("time", &self.time);
        out.field("day", &self.day);
        out.field("picture", &self.picture);
        out.field("payment", &self.payment);
        out.field("tags", &self.tags);
        out.field("labels", &self.labels);
        out.field("parent", &self.parent);
        out.maybe("color", &self.color);
        out.field("any", &self.any);
        out.field("size", &self.size);
        out.end_map();
    }
}

/// JSON that holds one of them.
pub fn everything() -> serde_json::Value {
    serde_json::json!({
        "name": "Phone", "imageFile": "a.png", "email": "ada@example.com", "note": "at the door", "price": 950.4,
        "quantity": 2, "count": -9_223_372_036_854_775_808_i64, "share": 0.5, "ratio": 1e100, "amount": 0.1,
        "active": true, "id": "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11", "time": "2026-11-01T12:00:00.000123Z",
        "day": "2026-11-01", "picture": "aGk=", "payment": "card", "tags": ["a", "b"],
        "labels": {"x": 1, "y": null}, "parent": null, "color": null, "any": {"a": [1, "b", null]}, "size": 3,
    })
}
