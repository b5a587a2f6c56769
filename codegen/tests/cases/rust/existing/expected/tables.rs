// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{
    Attributes, Aws, Bytes, Composed, Decimal, Field, Index, Item, ItemKey, KeyNames,
    Layout, SetOf, Table,
};

use crate::model::{
    Customer, CustomerFullName, CustomerId, Doc, DocCopies, DocId, DocNick, DocOwnerId,
    DocPlace, DocRating, DocShelf, Order, OrderCustomerId, OrderNumber, Status, Tags,
};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// legacy-shop
    ///
    /// - **Variable** `LEGACY_SHOP_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer/x-dynamodb-table`
    pub customer: Table<Customer>,
    /// legacy-shop
    ///
    /// - **Variable** `LEGACY_SHOP_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
    pub order: Table<Order>,
    /// legacy-shop
    ///
    /// - **Variable** `LEGACY_SHOP_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/x-dynamodb-table`
    pub doc: Table<Doc>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            customer: Table::new(aws),
            order: Table::new(aws),
            doc: Table::new(aws),
        }
    }
}

/// The primary key of [`Customer`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerKey {
    pub id: CustomerId,
}

impl ItemKey for CustomerKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(
            ("PK", &runtime::composed_key("CUSTOMER#", &self.id, "")),
            ("SK", &"PROFILE".to_owned()),
        )
    }
}

impl Item for Customer {
    type Key = CustomerKey;
    const TABLE: &'static str = "LEGACY_SHOP_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "PK",
        sort: Some("SK"),
    };
    const LAYOUT: Layout = Layout {
        renamed: &[("fullName", "full_name"), ("forgetAt", "ttl")],
        sets: &[
            SetOf {
                attribute: "tags",
                required: true,
            },
            SetOf {
                attribute: "sizes",
                required: false,
            },
            SetOf {
                attribute: "keys",
                required: false,
            },
        ],
        composed: &[
            Composed {
                attribute: "PK",
                before: "CUSTOMER#",
                of: Some("id"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "SK",
                before: "PROFILE",
                of: None,
                after: "",
                is_number: false,
            },
        ],
        known: Some(&["id", "full_name", "tags", "sizes", "keys", "ttl"]),
        reserved: &[],
    };

    fn key(&self) -> CustomerKey {
        CustomerKey { id: self.id.clone() }
    }
}

/// The primary key of [`Order`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    pub customer_id: OrderCustomerId,
    pub number: OrderNumber,
}

impl ItemKey for OrderKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(
            ("PK", &runtime::composed_key("CUSTOMER#", &self.customer_id, "")),
            ("SK", &runtime::composed_key("ORDER#", &self.number, "")),
        )
    }
}

impl Item for Order {
    type Key = OrderKey;
    const TABLE: &'static str = "LEGACY_SHOP_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "PK",
        sort: Some("SK"),
    };
    const LAYOUT: Layout = Layout {
        renamed: &[("number", "order_number")],
        sets: &[],
        composed: &[
            Composed {
                attribute: "PK",
                before: "CUSTOMER#",
                of: Some("customerId"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "SK",
                before: "ORDER#",
                of: Some("order_number"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "GSI1PK",
                before: "STATUS#",
                of: Some("status"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "GSI1SK",
                before: "ORDER#",
                of: Some("order_number"),
                after: "",
                is_number: false,
            },
        ],
        known: Some(&["customerId", "order_number", "total", "status", "image"]),
        reserved: &[],
    };

    fn key(&self) -> OrderKey {
        OrderKey {
            customer_id: self.customer_id.clone(),
            number: self.number.clone(),
        }
    }
}

/// The primary key of [`Doc`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct DocKey {
    pub id: DocId,
}

impl ItemKey for DocKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(
            ("PK", &runtime::composed_key("DOC#", &self.id, "")),
            ("SK", &"DOC".to_owned()),
        )
    }
}

impl Item for Doc {
    type Key = DocKey;
    const TABLE: &'static str = "LEGACY_SHOP_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "PK",
        sort: Some("SK"),
    };
    const LAYOUT: Layout = Layout {
        renamed: &[("nick", "nick_name"), ("role", "role_attr")],
        sets: &[],
        composed: &[
            Composed {
                attribute: "PK",
                before: "DOC#",
                of: Some("id"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "GSI1PK",
                before: "OWNER#",
                of: Some("ownerId"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "GSI1SK",
                before: "DOC#",
                of: Some("id"),
                after: "",
                is_number: false,
            },
            Composed {
                attribute: "SK",
                before: "DOC",
                of: None,
                after: "",
                is_number: false,
            },
        ],
        known: None,
        reserved: &[
            "GSI1PK",
            "GSI1SK",
            "PK",
            "SK",
            "customerId",
            "nick_name",
            "order_number",
            "role_attr",
            "status",
            "total",
            "ttl",
        ],
    };

    fn key(&self) -> DocKey {
        DocKey { id: self.id.clone() }
    }
}

/// The indexes of [`Order`], for queries.
#[derive(Debug, Clone, Copy)]
pub struct OrderIndexes;

impl OrderIndexes {
    /// `GSI1`
    pub const GSI1: Index<Order> = Index::new(
        "GSI1",
        KeyNames {
            partition: "GSI1PK",
            sort: Some("GSI1SK"),
        },
    );

    /// `byTotal`
    pub const BY_TOTAL: Index<Order> = Index::new(
        "byTotal",
        KeyNames {
            partition: "PK",
            sort: Some("total"),
        },
    );

    /// `byStatus`: `customerId`, `status`, sorted by `total`, `number`
    pub const BY_STATUS: Index<Order> = Index::new(
            "byStatus",
            KeyNames {
                partition: "customerId",
                sort: None,
            },
        )
        .with_further(&["status", "total", "order_number"]);
}

/// The indexes of [`Doc`], for queries.
#[derive(Debug, Clone, Copy)]
pub struct DocIndexes;

impl DocIndexes {
    /// `GSI1`
    pub const GSI1: Index<Doc> = Index::new(
        "GSI1",
        KeyNames {
            partition: "GSI1PK",
            sort: Some("GSI1SK"),
        },
    );
}

/// The attributes of [`Customer`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct CustomerFields;

impl CustomerFields {
    pub const ID: Field<Customer, CustomerId> = Field::new(&["id"]);

    pub const FULL_NAME: Field<Customer, CustomerFullName> = Field::new(&["full_name"]);

    pub const TAGS: Field<Customer, Tags> = Field::new(&["tags"]);

    pub const SIZES: Field<Customer, Vec<i32>> = Field::new(&["sizes"]);

    pub const KEYS: Field<Customer, Vec<Bytes>> = Field::new(&["keys"]);

    pub const FORGET_AT: Field<Customer, i64> = Field::new(&["ttl"]);
}

/// The attributes of [`Order`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct OrderFields;

impl OrderFields {
    pub const CUSTOMER_ID: Field<Order, OrderCustomerId> = Field::new(&["customerId"]);

    pub const NUMBER: Field<Order, OrderNumber> = Field::new(&["order_number"]);

    pub const TOTAL: Field<Order, Decimal> = Field::new(&["total"]);

    pub const STATUS: Field<Order, Status> = Field::new(&["status"]);

    pub const IMAGE: Field<Order, Bytes> = Field::new(&["image"]);
}

/// The attributes of [`Doc`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct DocFields;

impl DocFields {
    pub const ID: Field<Doc, DocId> = Field::new(&["id"]);

    pub const OWNER_ID: Field<Doc, DocOwnerId> = Field::new(&["ownerId"]);

    pub const TITLE: Field<Doc, String> = Field::new(&["title"]);

    pub const NICK: Field<Doc, DocNick> = Field::new(&["nick_name"]);

    pub const ROLE: Field<Doc, String> = Field::new(&["role_attr"]);

    pub const VISITS: Field<Doc, i32> = Field::new(&["visits"]);

    pub const RATING: Field<Doc, DocRating> = Field::new(&["rating"]);

    pub const COPIES: Field<Doc, DocCopies> = Field::new(&["copies"]);

    pub const PLACE: Field<Doc, DocPlace> = Field::new(&["place"]);

    pub const SHELF: Field<Doc, DocShelf> = Field::new(&["shelf"]);
}

/// The attributes of [`DocPlace`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct DocPlaceFields;

impl DocPlaceFields {
    pub const ROOM: Field<DocPlace, String> = Field::new(&["room"]);

    pub const LEVEL: Field<DocPlace, i128> = Field::new(&["level"]);
}
