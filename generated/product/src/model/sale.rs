// @generated from the contracts in spec/; edits are overwritten.

//! `Sale`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{Color, OrderDate, Price, ProductId, Quantity, SaleSaleId};

/// A number of pieces of one product that one order sold.
///
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Sale`
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    /// The id of a product, given when it is created.
    pub product_id: ProductId,
    /// Names the sale among those of the product; by time, then by checkout and place in the order.
    pub sale_id: SaleSaleId,
    /// When the checkout happened that became the order; two orders of one customer never have the
    /// same.
    pub sold_at: OrderDate,
    /// How many pieces.
    pub quantity: Quantity,
    pub color: Option<Color>,
    /// An amount of money in the shop's currency, exact to the cent.
    pub price: Price,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Sale {
    /// Creates a value from its required fields.
    pub fn new(
        product_id: ProductId,
        sale_id: SaleSaleId,
        sold_at: OrderDate,
        quantity: Quantity,
        price: Price,
    ) -> Self {
        Self {
            product_id,
            sale_id,
            sold_at,
            quantity,
            color: Default::default(),
            price,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "productId",
    "saleId",
    "soldAt",
    "quantity",
    "color",
    "price",
];

impl Decode for Sale {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let product_id = object.required("productId");
        let sale_id = object.required("saleId");
        let sold_at = object.required("soldAt");
        let quantity = object.required("quantity");
        let color = object.optional("color");
        let price = object.required("price");
        let others = object.others(PROPERTIES);
        Some(Self {
            product_id: product_id?,
            sale_id: sale_id?,
            sold_at: sold_at?,
            quantity: quantity?,
            color: color?,
            price: price?,
            others: others?,
        })
    }
}

impl Encode for Sale {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("productId", &self.product_id);
        out.field("saleId", &self.sale_id);
        out.field("soldAt", &self.sold_at);
        out.field("quantity", &self.quantity);
        out.optional("color", &self.color);
        out.field("price", &self.price);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
