// @generated from the contracts in spec/; edits are overwritten.

//! `Product`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{
    Category, Price, ProductDescription, ProductId, ProductImageFile, ProductName,
};

/// Something the shop sells.
///
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Product`
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// The id of a product, given when it is created.
    pub id: ProductId,
    /// What a product is called.
    pub name: ProductName,
    pub description: Option<ProductDescription>,
    /// The file name of the product's picture.
    pub image_file: Option<ProductImageFile>,
    /// An amount of money in the shop's currency, exact to the cent.
    pub price: Price,
    /// The part of the catalogue in which a product stands.
    pub category: Category,
}

impl Product {
    /// Creates a value from its required fields.
    pub fn new(
        id: ProductId,
        name: ProductName,
        price: Price,
        category: Category,
    ) -> Self {
        Self {
            id,
            name,
            description: Default::default(),
            image_file: Default::default(),
            price,
            category,
        }
    }
}

const PROPERTIES: &[&str] = &[
    "id",
    "name",
    "description",
    "imageFile",
    "price",
    "category",
];

impl Decode for Product {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let name = object.required("name");
        let description = object.optional("description");
        let image_file = object.optional("imageFile");
        let price = object.required("price");
        let category = object.required("category");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            id: id?,
            name: name?,
            description: description?,
            image_file: image_file?,
            price: price?,
            category: category?,
        })
    }
}

impl Encode for Product {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("name", &self.name);
        out.optional("description", &self.description);
        out.optional("imageFile", &self.image_file);
        out.field("price", &self.price);
        out.field("category", &self.category);
        out.end_map();
    }
}
