// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use runtime::{
    Attributes, Aws, Composed, Field, Index, Item, ItemKey, KeyNames, Layout, Table,
};

use crate::model::{
    Ab, AbFields2, AbFieldsKey, AbKey2, Other, OtherKey2, SelfKey, SelfType, SelfValue,
    SelfValue2, Third, ThirdKey2,
};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// self
    ///
    /// - **Variable** `SELF_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/self/x-dynamodb-table`
    pub self_: Table<SelfValue>,
    /// shared
    ///
    /// - **Variable** `SHARED_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB/x-dynamodb-table`
    pub a_b: Table<Ab>,
    /// shared
    ///
    /// - **Variable** `SHARED_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/other/x-dynamodb-table`
    pub other: Table<Other>,
    /// other
    ///
    /// - **Variable** `OTHER_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/third/x-dynamodb-table`
    pub other_2: Table<Third>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            self_: Table::new(aws),
            a_b: Table::new(aws),
            other: Table::new(aws),
            other_2: Table::new(aws),
        }
    }
}

/// The primary key of [`SelfValue`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/self/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct SelfValueKey {
    pub r#type: SelfType,
}

impl ItemKey for SelfValueKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("type", &self.r#type)
    }
}

impl Item for SelfValue {
    type Key = SelfValueKey;
    const TABLE: &'static str = "SELF_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "type",
        sort: None,
    };
    const VERSION: Option<&'static str> = Some("async");

    fn key(&self) -> SelfValueKey {
        SelfValueKey {
            r#type: self.r#type.clone(),
        }
    }
}

/// The primary key of [`Ab`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/aB/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct AbKey {
    pub key: AbKey2,
}

impl ItemKey for AbKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("PK", &runtime::composed_key("A#", &self.key, ""))
    }
}

impl Item for Ab {
    type Key = AbKey;
    const TABLE: &'static str = "SHARED_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "PK",
        sort: None,
    };
    const LAYOUT: Layout = Layout {
        renamed: &[],
        sets: &[],
        composed: &[
            Composed {
                attribute: "PK",
                before: "A#",
                of: Some("key"),
                after: "",
                is_number: false,
            },
        ],
        known: None,
        reserved: &["PK"],
    };

    fn key(&self) -> AbKey {
        AbKey { key: self.key.clone() }
    }
}

/// The primary key of [`Other`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/other/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct OtherKey {
    pub key: OtherKey2,
}

impl ItemKey for OtherKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("PK", &runtime::composed_key("B#", &self.key, ""))
    }
}

impl Item for Other {
    type Key = OtherKey;
    const TABLE: &'static str = "SHARED_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "PK",
        sort: None,
    };
    const LAYOUT: Layout = Layout {
        renamed: &[],
        sets: &[],
        composed: &[
            Composed {
                attribute: "PK",
                before: "B#",
                of: Some("key"),
                after: "",
                is_number: false,
            },
        ],
        known: None,
        reserved: &["PK"],
    };

    fn key(&self) -> OtherKey {
        OtherKey { key: self.key.clone() }
    }
}

/// The primary key of [`Third`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/third/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ThirdKey {
    pub key: ThirdKey2,
}

impl ItemKey for ThirdKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("key", &self.key)
    }
}

impl Item for Third {
    type Key = ThirdKey;
    const TABLE: &'static str = "OTHER_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "key",
        sort: None,
    };

    fn key(&self) -> ThirdKey {
        ThirdKey { key: self.key.clone() }
    }
}

/// The indexes of [`SelfValue`], for queries.
#[derive(Debug, Clone, Copy)]
pub struct SelfValueIndexes;

impl SelfValueIndexes {
    /// `by-key`
    pub const BY_KEY: Index<SelfValue> = Index::new(
        "by-key",
        KeyNames {
            partition: "key",
            sort: None,
        },
    );

    /// `by_key`
    pub const BY_KEY_2: Index<SelfValue> = Index::new(
        "by_key",
        KeyNames {
            partition: "key",
            sort: None,
        },
    );

    /// `self`
    pub const SELF: Index<SelfValue> = Index::new(
        "self",
        KeyNames {
            partition: "key",
            sort: None,
        },
    );
}

/// The attributes of [`SelfValue`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct SelfValueFields;

impl SelfValueFields {
    pub const TYPE: Field<SelfValue, SelfType> = Field::new(&["type"]);

    pub const KEY: Field<SelfValue, SelfKey> = Field::new(&["key"]);

    pub const SELF: Field<SelfValue, String> = Field::new(&["self"]);

    pub const ASYNC: Field<SelfValue, i128> = Field::new(&["async"]);

    pub const CRATE: Field<SelfValue, SelfValue2> = Field::new(&["crate"]);
}

/// The attributes of [`Ab`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct AbFields;

impl AbFields {
    pub const KEY: Field<Ab, AbKey2> = Field::new(&["key"]);

    pub const FIELDS: Field<Ab, AbFields2> = Field::new(&["fields"]);
}

/// The attributes of [`Other`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct OtherFields;

impl OtherFields {
    pub const KEY: Field<Other, OtherKey2> = Field::new(&["key"]);
}

/// The attributes of [`Third`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ThirdFields;

impl ThirdFields {
    pub const KEY: Field<Third, ThirdKey2> = Field::new(&["key"]);
}

/// The attributes of [`AbFields2`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct AbFields2Fields;

impl AbFields2Fields {
    pub const KEY: Field<AbFields2, AbFieldsKey> = Field::new(&["key"]);
}
