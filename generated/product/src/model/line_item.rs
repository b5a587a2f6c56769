// @generated from the contracts in spec/; edits are overwritten.

//! `LineItem`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Color, Price, ProductId, ProductName, Quantity};

/// A number of pieces of one product, at the price they were put into the basket for.
///
/// - **Source** `spec/schemas/checkout.yaml#/LineItem`
#[derive(Debug, Clone, PartialEq)]
pub struct LineItem {
    /// The id of a product, given when it is created.
    pub product_id: ProductId,
    /// What a product is called.
    pub product_name: ProductName,
    /// How many pieces.
    pub quantity: Quantity,
    pub color: Option<Color>,
    /// An amount of money in the shop's currency, exact to the cent.
    pub price: Price,
}

impl LineItem {
    /// Creates a value from its required fields.
    pub fn new(
        product_id: ProductId,
        product_name: ProductName,
        quantity: Quantity,
        price: Price,
    ) -> Self {
        Self {
            product_id,
            product_name,
            quantity,
            color: Default::default(),
            price,
        }
    }
}

const PROPERTIES: &[&str] = &["productId", "productName", "quantity", "color", "price"];

impl Decode for LineItem {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let product_id = object.required("productId");
        let product_name = object.required("productName");
        let quantity = object.required("quantity");
        let color = object.optional("color");
        let price = object.required("price");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            product_id: product_id?,
            product_name: product_name?,
            quantity: quantity?,
            color: color?,
            price: price?,
        })
    }
}

impl Encode for LineItem {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("productId", &self.product_id);
        out.field("productName", &self.product_name);
        out.field("quantity", &self.quantity);
        out.optional("color", &self.color);
        out.field("price", &self.price);
        out.end_map();
    }
}
